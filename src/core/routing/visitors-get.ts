/**
 * What a visitor of a hostname gets now: told from what the database knows, for people to read. It decides nothing; who
 * keeps Traefik's files does.
 */
import type { ProjectStatus } from '../project.ts'

/** How a project stands at the edge. */
export interface EdgeState {
  readonly status: ProjectStatus
  /** Enrolled edges. */
  readonly edges: number
  /** Those of them that have confirmed to block this deactivation. */
  readonly confirmed: number
  /** Those of them that block it, since whichever deactivation. */
  readonly blocking: number
  /** Containers that Vigie stopped, that serve it when it is active, and that do not run again yet. */
  readonly stopped: number
}

/** How a hostname stands by itself. */
export interface HostnameState {
  /** Whether it leads to the project when that is active. */
  readonly isRouted: boolean
  /** The active project that has it instead. */
  readonly takenBy: { readonly projectId: string; readonly projectName: string } | null
}

export type VisitorsGet =
  | { readonly kind: 'served' }
  /** Another project's pages. */
  | { readonly kind: 'elsewhere'; readonly projectId: string; readonly projectName: string }
  /** The hostname leads nowhere: its deployment or domain is not active. */
  | { readonly kind: 'unrouted' }
  /** Paused and deleted projects are the platform's to route. */
  | { readonly kind: 'platform' }
  | { readonly kind: 'blocked'; readonly status: 503 | 410 }
  | { readonly kind: 'beingBlocked'; readonly status: 503 | 410; readonly confirmed: number; readonly edges: number }
  /** It sleeps, and no edge is enrolled that could block it. */
  | { readonly kind: 'notBlocked' }
  | { readonly kind: 'waitingForContainers' }
  | { readonly kind: 'beingServed'; readonly freed: number; readonly edges: number }

/** Tells what visitors get. */
export function tellVisitorsGet(project: EdgeState, hostname: HostnameState): VisitorsGet {
  if (hostname.takenBy !== null) return { kind: 'elsewhere', ...hostname.takenBy }
  if (!hostname.isRouted) return { kind: 'unrouted' }
  const { edges, confirmed, blocking } = project
  switch (project.status) {
    case 'paused':
    case 'deleted':
      return { kind: 'platform' }
    case 'active':
      if (project.stopped > 0) return { kind: 'waitingForContainers' }
      return blocking > 0 ? { kind: 'beingServed', freed: edges - blocking, edges } : { kind: 'served' }
    case 'inactive':
    case 'permanently_disabled': {
      const status = project.status === 'inactive' ? 503 : 410
      if (edges === 0) return { kind: 'notBlocked' }
      return confirmed < edges ? { kind: 'beingBlocked', status, confirmed, edges } : { kind: 'blocked', status }
    }
  }
}
