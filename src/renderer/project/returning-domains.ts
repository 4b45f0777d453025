import type { ProjectDetail, ProjectDomain } from '../../core/queries/project.ts'

/** Whether a reactivation gives the domain back, if it is not active elsewhere (migrations/functions/reactivate.sql). */
export function returnsOnReactivation(
  project: Pick<ProjectDetail, 'status' | 'isFirstVersionSleeper'>,
  domain: ProjectDomain,
): boolean {
  if (project.status !== 'inactive' || domain.status !== 'disabled') return false
  return project.isFirstVersionSleeper || domain.isDisabledByVigie
}

/** The hostnames that a reactivation gives back, and those that stay with another project. */
export function returningDomains(project: ProjectDetail): { returning: string[]; left: string[] } {
  const candidates = project.domains.filter((domain) => returnsOnReactivation(project, domain))
  return {
    returning: candidates.filter((domain) => !domain.isActiveElsewhere).map((domain) => domain.hostname),
    left: candidates.filter((domain) => domain.isActiveElsewhere).map((domain) => domain.hostname),
  }
}
