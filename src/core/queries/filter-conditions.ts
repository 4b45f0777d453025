/**
 * What lets a project through a filter, said of one row, and where to look for those few that it lets through. The
 * conditions decide; the candidates only save looking at rows that could not pass.
 */
import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Stage } from '../policy.ts'
import { type PlanKind, type ProjectStatus, projectStatuses } from '../project.ts'
import type { ProjectFilter, ProjectTrait } from './projects.ts'
import { matchesRow } from './search.ts'

/** What the columns of a row tell, but for its status, over the aliases p, s and l. */
export function columnConditions(sql: Database, { planKind, idleDays }: ProjectFilter): Fragment {
  return allOf(sql, [
    ...(planKind === null ? [] : [planConditions[planKind](sql)]),
    ...(idleDays === null ? [] : [isIdle(sql, idleDays)]),
  ])
}

/** The rest of a filter, over the alias p: what is rare or looked up. */
export function lookupConditions(sql: Database, filter: ProjectFilter): Fragment {
  const { teamId, reactivations, dueWithinDays, traits, search } = filter
  return allOf(sql, [
    ...(teamId === null ? [] : [sql`p.team_id = ${teamId}`]),
    ...(reactivations === null ? [] : [sql`p.reactivation_count >= ${reactivations}`]),
    ...(dueWithinDays === null ? [] : [isDue(sql, dueWithinDays)]),
    ...traits.map((trait) => traitConditions[trait](sql)),
    ...(search === null ? [] : [matchesRow(sql, search)]),
  ])
}

/** The statuses that a project may have to pass a filter: those it names, without those that its other parts rule out. */
export function possibleStatuses(filter: ProjectFilter): readonly ProjectStatus[] {
  return projectStatuses.filter(
    (status) =>
      (filter.statuses.length === 0 || filter.statuses.includes(status)) &&
      (filter.dueWithinDays === null || stageOf(status) !== null) &&
      (!filter.traits.includes('pushedAsleep') || isAsleep(status)),
  )
}

/** The stage whose turn it is with a project of a status. */
export function stageOf(status: ProjectStatus): Stage | null {
  if (status === 'active') return 'deactivate'
  return status === 'inactive' ? 'disable' : null
}

/** Those that a sweep would take so many days from now: the rule itself, asked of a later time. */
export function overdueWithin(sql: Database, stage: Stage, days: number): Fragment {
  return sql`vigie.overdue(${stage}, make_interval(days => ${days}))`
}

/** For each part of a filter that an index serves, but for its search, the ids of all that it may let through. */
export function candidateSets(sql: Database, filter: ProjectFilter): readonly Fragment[] {
  const { teamId, idleDays, reactivations, dueWithinDays, traits } = filter
  return [
    ...(teamId === null ? [] : [sql`select p.id from project p where p.team_id = ${teamId}`]),
    ...traits.flatMap((trait) => traitCandidates[trait]?.(sql) ?? []),
    ...(reactivations === null ? [] : [sql`select p.id from project p where p.reactivation_count >= ${reactivations}`]),
    ...(dueWithinDays === null ? [] : [dueCandidates(sql, filter, dueWithinDays)]),
    ...(idleDays === null ? [] : [idleCandidates(sql, filter, idleDays)]),
  ]
}

function allOf(sql: Database, conditions: readonly Fragment[]): Fragment {
  return conditions.reduce((all, condition) => sql`${all} and ${condition}`, sql`true`)
}

function isAsleep(status: ProjectStatus): boolean {
  return status === 'inactive' || status === 'permanently_disabled'
}

const planConditions: Readonly<Record<PlanKind, (sql: Database) => Fragment>> = {
  // A case, of which the planner takes half of the rows to be left; of the plain "or" nearly none, and it would join all
  // subscriptions to each status rather than go along the order.
  free: (sql) => sql`case when s.id is null then true else l.name = 'free' end`,
  paid: (sql) => sql`(l.name <> 'free' and s.status = 'active')`,
  lapsed: (sql) => sql`(l.name <> 'free' and s.status <> 'active')`,
}

/** Nobody is idle for longer than they exist: what sorts by creation begins where that can be. */
function isIdle(sql: Database, days: number): Fragment {
  const since = sql`(now() at time zone 'utc') - make_interval(days => ${days})`
  return sql`(greatest(p.last_traffic_at, p.created_at) <= ${since} and p.created_at <= ${since})`
}

function isDue(sql: Database, days: number): Fragment {
  const isOverdue = (stage: Stage) =>
    sql`(select true from ${overdueWithin(sql, stage, days)} o where o.project_id = p.id and o.is_due limit 1)`
  return sql`case p.status when 'active' then ${isOverdue('deactivate')} else ${isOverdue('disable')} end`
}

/** Scalar subqueries, since the planner would gather all of an `exists` before it looks at the first row. */
const traitConditions: Readonly<Record<ProjectTrait, (sql: Database) => Fragment>> = {
  mailFailed: (sql) => sql`(
    select true
    from vigie.mail m left join vigie.mail g on g.id = m.digest_id and m.status = 'digested'
    where m.project_id = p.id and coalesce(g.status, m.status) in ('failed', 'dead')
      and m.event_id = (
        select e.id from vigie.event e
        where e.project_id = p.id and e.kind in (
          'deactivated', 'permanently_disabled', 'reactivated', 'reverted', 'woken_by_upgrade', 'changed_outside')
        order by e.created_at desc, e.id desc limit 1)
    limit 1)`,
  exempt: (sql) => sql`(
    select true from vigie.exemption e
    where (e.project_id = p.id or e.team_id = p.team_id) and (e.until is null or e.until > now()) limit 1)`,
  pushedAsleep: (sql) => sql`(
    p.deactivated_at is not null and p.status in ('inactive', 'permanently_disabled')
    and (select true from deployment d where d.project_id = p.id and d.created_at > p.deactivated_at limit 1))`,
}

const traitCandidates: Readonly<Partial<Record<ProjectTrait, (sql: Database) => Fragment>>> = {
  mailFailed: (sql) => sql`
    select m.project_id from vigie.mail m where m.status in ('failed', 'dead') and m.project_id is not null
    union all
    select m.project_id
    from vigie.mail g
    join vigie.mail m on m.run_id = g.run_id and m.user_id = g.user_id and m.digest_id = g.id and m.status = 'digested'
    where g.status in ('failed', 'dead') and g.project_id is null`,
  exempt: (sql) => sql`
    select e.project_id from vigie.exemption e
    where e.project_id is not null and (e.until is null or e.until > now())
    union all
    select p.id from vigie.exemption e join project p on p.team_id = e.team_id
    where e.until is null or e.until > now()`,
}

function dueCandidates(sql: Database, filter: ProjectFilter, days: number): Fragment {
  return possibleStatuses(filter)
    .flatMap((status) => stageOf(status) ?? [])
    .map((stage) => sql`select o.project_id from ${overdueWithin(sql, stage, days)} o where o.is_due`)
    .reduce((all, arm) => sql`${all} union all ${arm}`, sql`select null::varchar where false`)
}

/** By status, as the index begins with it. */
function idleCandidates(sql: Database, filter: ProjectFilter, days: number): Fragment {
  return possibleStatuses(filter)
    .map((status) => sql`select p.id from project p where p.status = ${status} and ${isIdle(sql, days)}`)
    .reduce((all, arm) => sql`${all} union all ${arm}`, sql`select null::varchar where false`)
}
