import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Pool } from '../main/database/connect.ts'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { type Instant, instantToMicros, microsPerDay } from './instant.ts'
import { nextTransition } from './lifecycle.ts'
import { stages } from './policy.ts'
import { projectStatuses } from './project.ts'
import { readPolicy } from './queries/policy.ts'
import {
  listProjects,
  type ProjectPageRequest,
  type ProjectRow,
  readNow,
  rowColumns,
  unfiltered,
} from './queries/projects.ts'
import { deadlineOf } from './watch/deadline.ts'
import { readSpells } from './watch/read-spells.ts'

const firstPage: ProjectPageRequest = {
  ...unfiltered,
  sort: 'lastActivity',
  direction: 'ascending',
  cursor: null,
  towards: 'forward',
  limit: 100,
}

let sql: Pool
let projects: string[]

beforeAll(async () => {
  const database = await createTestDatabase()
  sql = database.sql
  const rows = createRows(sql)
  projects = []
  for (let n = 0; n < 40; n += 1) projects.push(await rows.project())
})

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

const someProject = fc.record({
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
const watched = fc.uniqueArray(
  fc.oneof(
    age,
    fc.constant(0),
    fc.integer({ min: 0, max: 9 }).map((d) => d * 43_200_000_000),
  ),
  {
    maxLength: 12,
  },
)

it('vigie.due and nextTransition say the same of any project (property)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someProject, { minLength: projects.length, maxLength: projects.length }),
      fc.record({
        inactive: fc.integer({ min: 1, max: 9 }),
        disabled: fc.integer({ min: 1, max: 9 }),
        lapsed: fc.boolean(),
        gapMinutes: fc.constantFrom(1, 60, 1_440),
        isWatchRequired: fc.boolean(),
        hoursAhead: fc.constantFrom(0, 0, 48),
      }),
      watched,
      async (specs, policy, edges) => {
        // One transaction, so that now() stands still between the two.
        await sql.begin(async (tx) => {
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

          const inForce = await readPolicy(tx)
          const now = await readNow(tx)
          const spells = await readSpells(tx)
          // The one instant of the database is, to the microsecond, the latest whose own deadline has passed.
          const [cutoff] = await tx<{ at: Instant; next: Instant }[]>`
            select c.at, c.at + interval '1 microsecond' as next
            from vigie.idle_cutoff(${policy.inactive}, make_interval(hours => ${policy.hoursAhead})) as c (at)`
          const ahead = instantToMicros(now) + policy.hoursAhead * 3_600_000_000
          const hasPassed = (since: Instant) =>
            instantToMicros(deadlineOf(since, policy.inactive, spells, now).at) <= ahead
          expect([cutoff && hasPassed(cutoff.at), cutoff && hasPassed(cutoff.next)]).toEqual([true, false])
          const rows = await tx<ProjectRow[]>`
            select ${rowColumns(tx)} from project p join team t on t.id = p.team_id
            left join team_subscription s on s.team_id = p.team_id
            left join subscription_plan l on l.id = s.plan_id`
          expect(rows).toHaveLength(projects.length)
          for (const stage of stages) {
            const due = await tx<{ id: string }[]>`select d.project_id as id from vigie.due(${stage}) d`
            const expected = rows.filter((row) => {
              const next = nextTransition(row, inForce, spells, now)
              return next.kind === 'transition' && next.stage === stage && next.isDue
            })
            expect(due.map((row) => row.id).sort()).toEqual(expected.map((row) => row.id).sort())
          }
          for (const dueWithinDays of [0, 1, policy.disabled]) {
            const until = instantToMicros(now) + dueWithinDays * microsPerDay
            const expected = rows.filter((row) => {
              const next = nextTransition(row, inForce, spells, now)
              return next.kind === 'transition' && instantToMicros(next.dueAt) <= until
            })
            const found = await listProjects(tx, { ...firstPage, dueWithinDays })
            expect(found.rows.map((row) => row.id).sort()).toEqual(expected.map((row) => row.id).sort())
          }
        })
      },
    ),
    { numRuns: 60 },
  )
})

it('pages through what is due in one order, without a gap', async () => {
  await sql`update team set status = 'active'`
  await sql`truncate vigie.exemption, vigie.watch_span`
  await sql`delete from team_subscription`
  await sql`update vigie.policy set inactive_after_days = 5`
  // Equal times: the id decides.
  await sql`update project set status = 'active', deactivated_at = null,
    created_at = (now() at time zone 'utc') - interval '6 days', last_traffic_at = null`
  const seen: string[] = []
  let after: { at: string; id: string } | null = null
  for (;;) {
    const page: { id: string; at: string }[] = await sql`
      select d.project_id as id, d.sort_at as at
      from vigie.due('deactivate', ${after?.at ?? null}::text::timestamp, ${after?.id ?? null}, 7) d`
    if (page.length === 0) break
    seen.push(...page.map((row) => row.id))
    after = page.at(-1) ?? null
  }
  expect(seen).toEqual([...projects].sort())
})
