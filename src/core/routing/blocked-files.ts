/**
 * Vigie's own files in Traefik's directory: for every hostname of a blocked project a router to the blocked page.
 * One router per hostname, since Traefik asks for one certificate per router: so each stays as it was.
 */
import { blockedFileCount, blockedFileName, bucketOf } from './file-names.ts'
import { normaliseHostname } from './resolve-hostname.ts'
import { type EdgeSettings, isPlatformId, type RoutedProject } from './routed-project.ts'
import { entryPointsOf, hostRule, type TraefikRouter, tlsOf } from './traefik-file.ts'

/** Above the length of any rule, which is the priority of the platform's routers, and above the 10 of containers. */
export const blockedPriority = 1_000_000

export interface BlockedFiles {
  /** What each of Vigie's files must say; those that are not among them must not exist. */
  readonly contents: ReadonlyMap<string, string>
  /** How many hostnames of each project are blocked. */
  readonly hostnames: ReadonlyMap<string, number>
  /** Custom domains that another project has. */
  readonly left: readonly { readonly projectId: string; readonly hostname: string }[]
  /** Projects of which a name was left out, since it is no hostname or the platform's own. */
  readonly unusable: ReadonlySet<string>
}

/** What Vigie's files must say for these projects. Pure, and the same for the same projects in any order. */
export function planBlockedFiles(projects: readonly RoutedProject[], settings: EdgeSettings): BlockedFiles {
  const reserved = new Set(
    [settings.deployDomain, ...settings.reservedHostnames].map((name) => normaliseHostname(name)).filter(Boolean),
  )
  const lines = Array.from({ length: blockedFileCount }, (): string[] => [])
  const secureRest = lines.map((_, bucket) => restOfRouter(bucket, tlsOf(settings.urlScheme), settings))
  const plainRest = lines.map((_, bucket) => restOfRouter(bucket, {}, settings))
  const hostnames = new Map<string, number>()
  const left: { projectId: string; hostname: string }[] = []
  const unusable = new Set(projects.map(({ projectId }) => projectId).filter((id) => !isPlatformId(id)))
  const sorted = projects.filter(({ projectId }) => !unusable.has(projectId)).sort(byProjectId)
  for (const project of sorted) {
    const bucket = bucketOf(project.projectId)
    const taken = new Set<string>()
    for (const { name, hostname: text, isSecure, isElsewhere } of namesOf(project, settings)) {
      const hostname = normaliseHostname(text)
      if (hostname === null || reserved.has(hostname)) unusable.add(project.projectId)
      else if (isElsewhere) left.push({ projectId: project.projectId, hostname })
      else if (!taken.has(hostname)) {
        taken.add(hostname)
        lines[bucket]?.push(
          `"${name}": {"rule":"${hostRule(hostname)}",${isSecure ? secureRest[bucket] : plainRest[bucket]}`,
        )
      }
    }
    hostnames.set(project.projectId, taken.size)
  }
  const contents = new Map<string, string>()
  lines.forEach((routers, bucket) => {
    if (routers.length > 0) contents.set(blockedFileName(bucket), formatFile(routers, bucket, settings))
  })
  return { contents, hostnames, left, unusable }
}

function byProjectId(a: RoutedProject, b: RoutedProject): number {
  return a.projectId < b.projectId ? -1 : 1
}

interface BlockedName {
  readonly name: string
  readonly hostname: string
  /** Whether its router has certificates; the platform's redirects have none. */
  readonly isSecure: boolean
  readonly isElsewhere: boolean
}

/** Every hostname of a project, in the order in which the platform asks whose it is. */
function namesOf(project: RoutedProject, { deployDomain }: EdgeSettings): BlockedName[] {
  const { projectId, slug, aliases, domains, deploymentPrefixes } = project
  return [
    ...aliases.map(({ id, subdomain }) => ({
      name: `vigie-alias-${id}`,
      hostname: `${subdomain}.${deployDomain}`,
      isSecure: true,
      isElsewhere: false,
    })),
    ...(slug === null ? [] : deploymentPrefixes.filter(isPlatformId)).map((prefix) => ({
      name: `vigie-deployment-${prefix}-${projectId}`,
      hostname: `${slug}-id-${prefix}.${deployDomain}`,
      isSecure: true,
      isElsewhere: false,
    })),
    ...domains.map(({ id, hostname, type, isElsewhere }) => ({
      name: `vigie-domain-${id}`,
      hostname,
      isSecure: type === 'route',
      isElsewhere,
    })),
  ]
}

/** Whether a router, as Traefik's log names it, is one of Vigie's own: whoever it led got the blocked page. */
export function isBlockedRouter(router: string): boolean {
  return /(?:^|-)vigie-(?:alias|deployment|domain)-[0-9a-f-]+@file$/.test(router)
}

const serviceName = (bucket: number) => `vigie-blocked-${String(bucket).padStart(2, '0')}`

/** What follows the rule of a router. All else in a line is made of names that need no quoting. */
function restOfRouter(bucket: number, tls: Pick<TraefikRouter, 'tls'>, { urlScheme }: EdgeSettings): string {
  const rest: Omit<TraefikRouter, 'rule'> = {
    service: serviceName(bucket),
    priority: blockedPriority,
    entryPoints: entryPointsOf(urlScheme),
    ...tls,
  }
  return JSON.stringify(rest).slice(1)
}

/**
 * JSON, which is YAML: written many times faster, and one router stands on one line. Two opening braces never meet in it, so
 * that Go's templates find nothing to do. Each file has its own service, since Traefik takes each name from one file.
 */
function formatFile(routers: readonly string[], bucket: number, { gatewayUrl }: EdgeSettings): string {
  const services = { [serviceName(bucket)]: { loadBalancer: { servers: [{ url: gatewayUrl }] } } }
  return [
    '# Written by Vigie: the hostnames of sleeping projects. Changes are overwritten.',
    `{"http": {"services": ${JSON.stringify(services)}, "routers": {`,
    routers.join(',\n'),
    '}}}\n',
  ].join('\n')
}
