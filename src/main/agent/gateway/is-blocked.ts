import type { ProjectStatus } from '../../../core/project.ts'

/** Whether the visitors of a project get the blocked page. */
export function isBlocked(status: ProjectStatus): status is 'inactive' | 'permanently_disabled' {
  return status === 'inactive' || status === 'permanently_disabled'
}
