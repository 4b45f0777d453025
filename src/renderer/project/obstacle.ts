import type { ProjectDetail, TeamPerson } from '../../core/queries/project.ts'
import type { Words } from '../i18n/en.ts'

/** Owners and admins with an account: on whose behalf staff may act. */
export function candidatesOf(project: Pick<ProjectDetail, 'people'>): TeamPerson[] {
  return project.people.filter(({ role, isDeleted }) => role !== 'member' && !isDeleted)
}

/** Why nobody can reactivate it, in words; null if somebody can. The database decides in the end. */
export function reactivationObstacle(
  project: Pick<ProjectDetail, 'status' | 'isTeamDeleted' | 'people'>,
  isReadOnly: boolean,
  { reactivate }: Words['project'],
): string | null {
  if (project.status !== 'inactive') return reactivate.notFor[project.status]
  if (project.isTeamDeleted) return reactivate.teamDeleted
  if (candidatesOf(project).length === 0) return reactivate.nobody
  return isReadOnly ? reactivate.readOnly : null
}
