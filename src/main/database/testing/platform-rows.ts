import { createHash } from 'node:crypto'
import type { ProjectStatus } from '../../../core/project.ts'
import type { DomainStatus } from '../../../core/queries/project.ts'
import type { Pool } from '../connect.ts'

/** Days and hours before the database's now; the rows are old, never the clock. */
export interface Age {
  readonly days?: number
  readonly hours?: number
  readonly microseconds?: number
}

type Plan = 'none' | 'free' | 'paid' | 'cancelled' | 'expired'

export interface TeamSpec {
  readonly plan?: Plan
  readonly isDeleted?: boolean
  readonly owners?: readonly string[]
  readonly admins?: readonly string[]
  readonly members?: readonly string[]
}

export interface ProjectSpec {
  readonly team?: string
  readonly name?: string
  readonly slug?: string | null
  readonly status?: ProjectStatus
  readonly created?: Age
  /** Null: never visited. */
  readonly lastTraffic?: Age | null
  readonly deactivated?: Age | null
  readonly domains?: readonly { hostname: string; status: DomainStatus }[]
}

/** Inserts rows of the platform; names are unique within a test database. */
export function createRows(sql: Pool) {
  let counter = 0
  const nextId = (kind: string) => {
    counter += 1
    return createHash('md5').update(`${kind} ${counter}`).digest('hex')
  }
  let hasInstallation = false

  const user = async (email: string, options: { isDeleted?: boolean } = {}): Promise<number> => {
    const [row] = await sql<{ id: number }[]>`
      insert into "user" (email, username, name, status)
      values (${email}, ${nextId('username')}, ${email.split('@')[0] ?? ''}, ${options.isDeleted ? 'deleted' : 'active'})
      on conflict (email) do update set email = excluded.email
      returning id`
    return row?.id ?? 0
  }

  const team = async (spec: TeamSpec = {}): Promise<string> => {
    const id = nextId('team')
    await sql`
      insert into team (id, name, slug, status)
      values (${id}, ${`Team ${counter}`}, ${`team-${counter}`}, ${spec.isDeleted ? 'deleted' : 'active'})`
    const people = { owner: spec.owners ?? [`owner-${counter}@example.com`], admin: spec.admins, member: spec.members }
    for (const [role, emails] of Object.entries(people)) {
      for (const email of emails ?? []) {
        await sql`insert into team_member (team_id, user_id, role) values (${id}, ${await user(email)}, ${role})`
      }
    }
    const { plan = 'none' } = spec
    if (plan !== 'none') await subscribe(id, plan)
    return id
  }

  const subscribe = (teamId: string, plan: Exclude<Plan, 'none'>) => sql`
    insert into team_subscription (id, team_id, plan_id, status)
    select ${nextId('subscription')}, ${teamId}, l.id, ${plan === 'cancelled' || plan === 'expired' ? plan : 'active'}
    from subscription_plan l where l.name = ${plan === 'free' ? 'free' : 'pay_as_you_go'}
    on conflict (team_id) do update set plan_id = excluded.plan_id, status = excluded.status`

  /** Moves the team of a project to another plan. */
  const plan = async (projectId: string, to: Exclude<Plan, 'none'>): Promise<void> => {
    const [row] = await sql<{ teamId: string }[]>`select team_id as "teamId" from project where id = ${projectId}`
    await subscribe(row?.teamId ?? '', to)
  }

  const ago = (age: Age) => sql`
    (now() at time zone 'utc') - make_interval(days => ${age.days ?? 0}, hours => ${age.hours ?? 0})
      - make_interval(secs => ${(age.microseconds ?? 0) / 1e6})`

  const project = async (spec: ProjectSpec = {}): Promise<string> => {
    if (!hasInstallation) {
      await sql`insert into github_installation (installation_id) values (1) on conflict do nothing`
      hasInstallation = true
    }
    const teamId = spec.team ?? (await team())
    const id = nextId('project')
    const created = ago(spec.created ?? { days: 60 })
    await sql`
      insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, status,
        created_at, updated_at, last_traffic_at, deactivated_at)
      values (${id}, ${spec.name ?? `Project ${counter}`}, ${spec.slug === undefined ? `project-${counter}` : spec.slug},
        ${counter}, ${`example/project-${counter}`}, 1, ${teamId}, ${spec.status ?? 'active'}, ${created}, ${created},
        ${spec.lastTraffic ? ago(spec.lastTraffic) : null}, ${spec.deactivated ? ago(spec.deactivated) : null})`
    for (const domain of spec.domains ?? []) {
      await sql`
        insert into domain (project_id, hostname, status) values (${id}, ${domain.hostname}, ${domain.status})`
    }
    return id
  }

  const deployment = async (projectId: string, subdomain: string | null): Promise<string> => {
    const id = nextId('deployment')
    await sql`
      insert into deployment (id, project_id, environment_id, branch, commit_sha, repo_id, repo_full_name, status, conclusion)
      values (${id}, ${projectId}, 'prod', 'main', ${nextId('commit').slice(0, 32)}, 1, 'example/repo', 'completed', 'succeeded')`
    if (subdomain !== null) {
      await sql`insert into alias (subdomain, deployment_id, type, value) values (${subdomain}, ${id}, 'branch', 'main')`
    }
    return id
  }

  return { user, team, plan, project, deployment }
}
