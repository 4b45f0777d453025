import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import type { Exemption, PlanKind } from '../project.ts'
import { readNow } from './projects.ts'
import { countTeamByStatus, type StatusCounts } from './stats.ts'

/** Somebody of the team. Their address is not needed to know whom one looks at, and not read. */
export interface TeamMember {
  readonly userId: number
  readonly name: string | null
  readonly username: string | null
  readonly role: 'owner' | 'admin' | 'member'
  readonly isDeleted: boolean
  readonly since: Instant
}

export interface TeamSubscription {
  readonly status: 'active' | 'cancelled' | 'expired'
  readonly since: Instant
}

export interface TeamDetail {
  readonly id: string
  readonly name: string
  readonly slug: string | null
  readonly isDeleted: boolean
  readonly createdAt: Instant
  /** The plan's name as the platform shows it; null without a subscription. */
  readonly planName: string | null
  readonly planKind: PlanKind
  readonly subscription: TeamSubscription | null
  /** Of the team itself; a project may have one of its own. */
  readonly exemption: (Exemption & { readonly reason: string; readonly actor: string }) | null
  readonly counts: StatusCounts
  /** Owners first, then admins; at most {@link maxMembers}. */
  readonly members: readonly TeamMember[]
  readonly memberCount: number
  readonly now: Instant
}

const maxMembers = 100

/** A team with all that its page shows but its projects. Errors: TEAM_NOT_FOUND. */
export async function readTeam(sql: Database, teamId: string): Promise<TeamDetail> {
  const [team] = await selectTeam(sql, teamId)
  if (team === undefined) throw new VigieError('TEAM_NOT_FOUND', 'No team has this id. Check the id and try again.')
  const [counts, members, now] = await Promise.all([
    countTeamByStatus(sql, teamId),
    selectMembers(sql, teamId),
    readNow(sql),
  ])
  return { ...team, counts, members, now }
}

function selectTeam(sql: Database, teamId: string) {
  return sql<Omit<TeamDetail, 'counts' | 'members' | 'now'>[]>`
    select t.id, t.name, t.slug, t.status = 'deleted' as "isDeleted", t.created_at as "createdAt",
      l.display_name as "planName", vigie.plan_kind(s.id is not null, l.name, s.status::text) as "planKind",
      case when s.id is not null then
        json_build_object('status', s.status, 'since', vigie.instant(s.created_at)) end as subscription,
      (select json_build_object(
          'until', vigie.instant(e.until at time zone 'utc'), 'reason', e.reason, 'actor', e.actor)
        from vigie.exemption e
        where e.team_id = t.id and (e.until is null or e.until > now())
        order by e.until desc nulls first, e.id limit 1) as exemption,
      (select count(*) from team_member m where m.team_id = t.id) as "memberCount"
    from team t
    left join team_subscription s on s.team_id = t.id
    left join subscription_plan l on l.id = s.plan_id
    where t.id = ${teamId}`
}

function selectMembers(sql: Database, teamId: string) {
  return sql<TeamMember[]>`
    select u.id as "userId", u.name, u.username, m.role, u.status = 'deleted' as "isDeleted", m.created_at as since
    from team_member m join "user" u on u.id = m.user_id
    where m.team_id = ${teamId}
    order by array_position(array['owner', 'admin', 'member'], m.role::text), m.created_at, u.id
    limit ${maxMembers}`
}
