/**
 * The platform's own file of a project, as the platform would write it now (ARCHITECTURE.md, The platform), to give a woken
 * project its routers back when the file that was set aside no longer says what it should.
 */
import { parse, stringify } from 'yaml'
import { normaliseHostname } from './resolve-hostname.ts'
import { type EdgeSettings, isPlatformId, type RoutedDomain, type RoutedProject } from './routed-project.ts'
import {
  entryPointsOf,
  hostRule,
  type RedirectMiddleware,
  type TraefikFile,
  type TraefikRouter,
  tlsOf,
} from './traefik-file.ts'

type PlatformSettings = Pick<EdgeSettings, 'deployDomain' | 'urlScheme'>

/** What the platform's file must say; null when no router remains, and so no file. */
export function platformFile(project: RoutedProject, settings: PlatformSettings): TraefikFile | null {
  if (project.status === 'deleted') return null
  const { deployDomain, urlScheme } = settings
  const entryPoints = entryPointsOf(urlScheme)
  const routers: Record<string, TraefikRouter> = {}
  const middlewares: Record<string, RedirectMiddleware> = {}
  const aliases = project.aliases.filter((alias) => alias.isSucceeded && isPlatformId(alias.deploymentId))
  const routeTo = (hostname: string, deploymentId: string): TraefikRouter => ({
    rule: hostRule(hostname),
    service: `deployment-${deploymentId}@docker`,
    entryPoints,
    ...tlsOf(urlScheme),
  })

  for (const { id, subdomain, deploymentId } of aliases) {
    const hostname = usableHostname(`${subdomain}.${deployDomain}`)
    if (hostname !== null) routers[`router-alias-${id}`] = routeTo(hostname, deploymentId)
  }
  for (const domain of project.domains) {
    const hostname = usableHostname(domain.hostname)
    const alias = aliases.find(({ environmentId }) => environmentId !== null && environmentId === domain.environmentId)
    if (!domain.isActive || hostname === null || alias === undefined) continue
    const target = usableHostname(`${alias.subdomain}.${deployDomain}`)
    if (domain.type === 'route') routers[`router-domain-${domain.id}`] = routeTo(hostname, alias.deploymentId)
    else if (target !== null) {
      const redirect = `redirect-${domain.id}`
      routers[`router-${redirect}`] = {
        rule: hostRule(hostname),
        service: 'noop@internal',
        middlewares: [redirect],
        entryPoints,
      }
      middlewares[redirect] = redirectTo(hostname, target, domain.type)
    }
  }
  if (Object.keys(routers).length === 0) return null
  return { http: { routers, ...(Object.keys(middlewares).length > 0 && { middlewares }) } }
}

function redirectTo(hostname: string, target: string, type: RoutedDomain['type']): RedirectMiddleware {
  return {
    redirectRegex: {
      regex: `^https?://${hostname}/(.*)`,
      replacement: `https://${target}/$1`,
      permanent: type === '301' || type === '308',
    },
  }
}

/** A hostname as its row has it, if it is made of what hostnames are made of; else in the form in which they are compared. */
function usableHostname(text: string): string | null {
  const normal = normaliseHostname(text)
  return normal !== null && text.toLowerCase() === normal ? text : normal
}

/** The text of a platform's file. */
export function formatPlatformFile(file: TraefikFile): string {
  return stringify(file, { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false })
}

/**
 * Whether a file of the platform's leads the same hostnames to the same places. What else it says (its comments, its order,
 * options that Vigie does not know) is the platform's, and no reason to write it anew.
 */
export function saysTheSame(text: string, file: TraefikFile): boolean {
  const found = readRoutes(text)
  const wanted = routesOf(file)
  return found !== null && found.size === wanted.size && [...wanted].every(([name, route]) => found.get(name) === route)
}

function routesOf(file: unknown): Map<string, string> {
  const http = fieldOf(file, 'http')
  const routes = new Map<string, string>()
  for (const [name, router] of entriesOf(fieldOf(http, 'routers'))) {
    routes.set(`router ${name}`, JSON.stringify([fieldOf(router, 'rule'), fieldOf(router, 'service')]))
  }
  for (const [name, middleware] of entriesOf(fieldOf(http, 'middlewares'))) {
    const redirect = fieldOf(middleware, 'redirectRegex')
    const parts = ['regex', 'replacement', 'permanent'].map((key) => fieldOf(redirect, key))
    routes.set(`middleware ${name}`, JSON.stringify(parts))
  }
  return routes
}

function readRoutes(text: string): Map<string, string> | null {
  try {
    return routesOf(parse(text, { logLevel: 'error' }))
  } catch {
    // Not YAML, perhaps a template: it can't be told what it says.
    return null
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return entriesOf(value).find(([name]) => name === key)?.[1] ?? null
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** What is to be done with the file of a project that is no longer blocked. */
export type Restoration =
  /** The platform's file is in place as it should be, or newer than what Vigie knows. */
  | { readonly kind: 'keep' }
  /** Byte for byte. */
  | { readonly kind: 'bring_back' }
  | { readonly kind: 'write'; readonly text: string }
  /** No router remains. */
  | { readonly kind: 'nothing' }

export interface FoundFiles {
  readonly inPlace: { readonly text: string; readonly ageMs: number } | null
  readonly aside: string | null
}

/** The platform writes its file about when it changes its rows: what it wrote just now is newer than what was read. */
const freshMs = 10_000

/** Decides how a woken project gets its file back. `should` null: no router remains. */
export function decideRestoration(should: TraefikFile | null, { inPlace, aside }: FoundFiles): Restoration {
  if (inPlace !== null && (inPlace.ageMs < freshMs || (should !== null && saysTheSame(inPlace.text, should)))) {
    return { kind: 'keep' }
  }
  if (should === null) return { kind: 'nothing' }
  if (aside !== null && saysTheSame(aside, should)) return { kind: 'bring_back' }
  return { kind: 'write', text: formatPlatformFile(should) }
}
