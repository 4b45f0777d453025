import type { ProjectStatus } from '../../../core/project.ts'
import type { HostnameMap } from '../../../core/routing/hostname-map.ts'

/** Whose a hostname is, and in which state. */
export type HostnameOwner = NonNullable<ReturnType<HostnameMap['lookup']>>

/** Whether the visitors of a project get the blocked page. */
export function isBlocked(status: ProjectStatus): status is 'inactive' | 'permanently_disabled' {
  return status === 'inactive' || status === 'permanently_disabled'
}
