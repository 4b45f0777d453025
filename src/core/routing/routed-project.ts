import type { Instant } from '../instant.ts'
import type { ProjectStatus } from '../project.ts'

/** A project as its routing sees it: every hostname that is its own, and what the platform would route to it. */
export interface RoutedProject {
  readonly projectId: string
  readonly status: ProjectStatus
  readonly deactivatedAt: Instant | null
  readonly slug: string | null
  readonly aliases: readonly RoutedAlias[]
  readonly domains: readonly RoutedDomain[]
  /** The first 7 of the ids of its deployments whose containers may run. */
  readonly deploymentPrefixes: readonly string[]
}

export interface RoutedAlias {
  readonly id: number
  readonly subdomain: string
  readonly deploymentId: string
  /** Whether that deployment's conclusion is succeeded. */
  readonly isSucceeded: boolean
  /** Of an alias of the type `environment_id`. */
  readonly environmentId: string | null
}

/** A custom domain that is routed while the project is awake. */
export interface RoutedDomain {
  readonly id: number
  readonly hostname: string
  readonly type: 'route' | '301' | '302' | '307' | '308'
  readonly environmentId: string | null
  /** False: Vigie, or the platform's first version, has disabled it with its project. */
  readonly isActive: boolean
  /** Another project has the hostname. */
  readonly isElsewhere: boolean
}

/** What the files of an edge depend on besides the projects. */
export interface EdgeSettings {
  readonly deployDomain: string
  readonly urlScheme: 'http' | 'https'
  /** Where Traefik reaches the blocked page. */
  readonly gatewayUrl: string
  /** The platform's own hostnames, which no project may take, whatever its rows say. */
  readonly reservedHostnames: readonly string[]
}

/** Ids of project and deployment as they may stand in names of files and routers: lower-case hex. */
export function isPlatformId(text: string): boolean {
  return /^[0-9a-f]{1,32}$/.test(text)
}
