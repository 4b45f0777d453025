import fc from 'fast-check'
import type { Database } from '../../../core/context.ts'
import { projectStatuses } from '../../../core/project.ts'

/** Microseconds around both thresholds, at the boundary, and anywhere. */
const age = fc.oneof(
  fc.constantFrom(4, 5, 6, 7, 8).chain((days) => fc.constantFrom(-1, 0, 1).map((d) => days * 86_400_000_000 + d)),
  fc.integer({ min: 0, max: 30 * 86_400_000_000 }),
)

/** When an exemption ends: now, at the end of some days ahead, or in between. */
const around = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(-1, 0, 1).map((d) => 86_400_000_000 + d),
  fc.integer({ min: 0, max: 9 * 86_400_000_000 }),
)

/** What the rules look at, as ages and times to come in microseconds. */
export const someProject = fc.record({
  status: fc.constantFrom(...projectStatuses),
  plan: fc.constantFrom('none', 'free', 'paid', 'cancelled', 'expired'),
  isTeamDeleted: fc.boolean(),
  created: age,
  traffic: fc.option(age),
  deactivated: fc.option(age),
  exemption: fc.option(fc.record({ isTeams: fc.boolean(), inMicros: fc.option(around) }), {
    freq: 3,
  }),
})

/** When an intake watched, in microseconds before now; the breaks are anything from a moment to days. */
export const watched = fc.uniqueArray(
  fc.oneof(
    age,
    fc.constant(0),
    fc.integer({ min: 0, max: 9 }).map((d) => d * 43_200_000_000),
  ),
  {
    maxLength: 12,
  },
)

export const somePolicy = fc.record({
  inactive: fc.integer({ min: 1, max: 9 }),
  disabled: fc.integer({ min: 1, max: 9 }),
  lapsed: fc.boolean(),
  gapMinutes: fc.constantFrom(1, 60, 1_440),
  isWatchRequired: fc.boolean(),
  hoursAhead: fc.constantFrom(0, 0, 48),
})

type Spec<Generator> = Generator extends fc.Arbitrary<infer Value> ? Value : never

interface RandomPlatform {
  readonly policy: Omit<Spec<typeof somePolicy>, 'hoursAhead'>
  /** Ages at which an intake began or ended to watch. */
  readonly watched: readonly number[]
  /** For each of the projects, which have a team each, what it is. */
  readonly projects: readonly string[]
  readonly specs: readonly Spec<typeof someProject>[]
}

/** Makes these projects, their teams and the policy what the generators say. In a transaction, so that now() stands still. */
export async function writePlatform(
  tx: Database,
  { policy, watched: edges, projects, specs }: RandomPlatform,
): Promise<void> {
  await tx`update vigie.policy set inactive_after_days = ${policy.inactive},
    disabled_after_days = ${policy.disabled}, is_lapsed_paid_swept = ${policy.lapsed},
    watch_gap_minutes = ${policy.gapMinutes}, is_watch_required = ${policy.isWatchRequired}`
  await tx`truncate vigie.watch_span`
  const ends = edges.toSorted((a, b) => b - a)
  const spans = ends.flatMap((from, n) => (n % 2 === 0 ? [{ from, to: ends[n + 1] ?? from }] : []))
  await tx`
    insert into vigie.watch_span (intake_id, span_from, span_to)
    select 1, now() - s."from" * interval '1 microsecond', now() - s."to" * interval '1 microsecond'
    from jsonb_to_recordset(${tx.json(spans)}) as s ("from" bigint, "to" bigint)`
  await tx`truncate vigie.exemption`
  await tx`delete from team_subscription`
  const changes = specs.map((spec, at) => ({ ...spec, id: projects[at] ?? '' }))
  await tx`
    with change as (select * from jsonb_to_recordset(${tx.json(changes)}) as c (
      id varchar, status text, plan text, "isTeamDeleted" boolean, created bigint, traffic bigint,
      deactivated bigint, exemption jsonb)),
    teams as (
      update team t set status = case when c."isTeamDeleted" then 'deleted' else 'active' end::team_status
      from change c join project p on p.id = c.id where t.id = p.team_id),
    plans as (
      insert into team_subscription (id, team_id, plan_id, status)
      select p.id, p.team_id, l.id,
        case when c.plan in ('cancelled', 'expired') then c.plan else 'active' end::subscription_status
      from change c join project p on p.id = c.id
      join subscription_plan l on l.name = case when c.plan = 'free' then 'free' else 'pay_as_you_go' end
      where c.plan <> 'none'),
    exemptions as (
      insert into vigie.exemption (project_id, team_id, until, reason)
      select case when (c.exemption ->> 'isTeams')::boolean then null else p.id end,
        case when (c.exemption ->> 'isTeams')::boolean then p.team_id end,
        now() + (c.exemption ->> 'inMicros')::bigint * interval '1 microsecond', 'test'
      from change c join project p on p.id = c.id where jsonb_typeof(c.exemption) = 'object')
    update project p set status = c.status::project_status,
      created_at = (now() at time zone 'utc') - c.created * interval '1 microsecond',
      last_traffic_at = (now() at time zone 'utc') - c.traffic * interval '1 microsecond',
      deactivated_at = (now() at time zone 'utc') - c.deactivated * interval '1 microsecond'
    from change c where p.id = c.id`
}
