import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { type ProjectRow, readNow, rowColumns } from './projects.ts'
import { readTimeline, type TimelinePage } from './timeline.ts'

export const domainStatuses = ['pending', 'active', 'disabled', 'failed'] as const
export type DomainStatus = (typeof domainStatuses)[number]

export interface ProjectDomain {
  readonly id: number
  readonly hostname: string
  readonly type: 'route' | '301' | '302' | '307' | '308'
  readonly status: DomainStatus
  readonly message: string | null
  /** Whether a reactivation gives it back, unless it is active elsewhere. */
  readonly isDisabledByVigie: boolean
  readonly isActiveElsewhere: boolean
}

/** Somebody of the team; owners and admins whose account is active can be named when staff reactivate. */
export interface TeamPerson {
  readonly userId: number
  readonly name: string | null
  readonly email: string
  readonly role: 'owner' | 'admin' | 'member'
  readonly isDeleted: boolean
}

export interface ProjectDetail extends ProjectRow {
  readonly updatedAt: Instant
  readonly domains: readonly ProjectDomain[]
  /** Subdomains of the platform's deploy domain that lead to it. */
  readonly subdomains: readonly string[]
  readonly people: readonly TeamPerson[]
  /** Asleep since the platform's first version: nothing is remembered, all its disabled domains would return. */
  readonly isFirstVersionSleeper: boolean
  readonly timeline: TimelinePage
  readonly now: Instant
}

type OwnDetail = Omit<ProjectDetail, 'domains' | 'subdomains' | 'people' | 'timeline' | 'now'>

const timelinePageSize = 50

/** A project with all that its page shows. Errors: PROJECT_NOT_FOUND, also for ids that are none. */
export async function readProject(sql: Database, projectId: string): Promise<ProjectDetail> {
  const row = await readProjectRow(sql, projectId)
  const [domains, subdomains, people, timeline, now] = await Promise.all([
    selectDomains(sql, projectId),
    selectSubdomains(sql, projectId),
    selectPeople(sql, row.teamId),
    readTimeline(sql, { projectId, before: null, limit: timelinePageSize }),
    readNow(sql),
  ])
  return { ...row, domains, subdomains, people, timeline, now }
}

/** What the project's own row and its team say. Errors: PROJECT_NOT_FOUND, also for ids that are none. */
export async function readProjectRow(sql: Database, projectId: string): Promise<OwnDetail> {
  const [row] = isProjectId(projectId) ? await selectProject(sql, projectId) : []
  if (row === undefined) {
    throw new VigieError('PROJECT_NOT_FOUND', 'No project has this id. Check the id and try again.')
  }
  return row
}

/** Ids are 32 lower-case hex digits at most (ARCHITECTURE.md, The platform); anything else names no project. */
export function isProjectId(text: string): boolean {
  return /^[0-9a-f]{1,32}$/.test(text)
}

function selectProject(sql: Database, projectId: string) {
  return sql<OwnDetail[]>`
    select ${rowColumns(sql)}, p.updated_at as "updatedAt",
      p.status = 'inactive' and not exists (
        select from vigie.sleeper a where a.project_id = p.id and a.deactivated_at is not distinct from p.deactivated_at
      ) as "isFirstVersionSleeper"
    from project p
    join team t on t.id = p.team_id
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id
    where p.id = ${projectId}`
}

function selectDomains(sql: Database, projectId: string) {
  return sql<ProjectDomain[]>`
    select d.id, d.hostname, d.type, d.status, d.message,
      exists (select from vigie.disabled_domain x where x.domain_id = d.id and x.project_id = d.project_id)
        and d.status = 'disabled' as "isDisabledByVigie",
      exists (select from domain o where o.hostname = d.hostname and o.project_id <> d.project_id and o.status = 'active')
        as "isActiveElsewhere"
    from domain d where d.project_id = ${projectId}
    order by d.hostname, d.id`
}

async function selectSubdomains(sql: Database, projectId: string) {
  const rows = await sql<{ subdomain: string }[]>`
    select a.subdomain from alias a join deployment d on d.id = a.deployment_id
    where d.project_id = ${projectId} order by a.subdomain`
  return rows.map((row) => row.subdomain)
}

function selectPeople(sql: Database, teamId: string) {
  return sql<TeamPerson[]>`
    select u.id as "userId", u.name, u.email, m.role, u.status = 'deleted' as "isDeleted"
    from team_member m join "user" u on u.id = m.user_id
    where m.team_id = ${teamId}
    order by array_position(array['owner', 'admin', 'member'], m.role::text), m.created_at, u.id`
}
