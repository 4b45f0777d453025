import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Pool } from '../main/database/connect.ts'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { somePolicy, someProject, watched, writePlatform } from '../main/database/testing/random-platform.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { type Instant, instantToMicros, microsPerDay } from './instant.ts'
import { nextTransition } from './lifecycle.ts'
import { type Stage, stages } from './policy.ts'
import { readPolicy } from './queries/policy.ts'
import {
  listProjects,
  type ProjectPageRequest,
  type ProjectRow,
  projectSorts,
  readNow,
  rowColumns,
  unfiltered,
} from './queries/projects.ts'
import { countDue, type Thresholds } from './sweep/preview.ts'
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

let runs = 0
let sql: Pool
let projects: string[]

beforeAll(async () => {
  const database = await createTestDatabase()
  sql = database.sql
  const rows = createRows(sql)
  projects = []
  for (let n = 0; n < 40; n += 1) projects.push(await rows.project())
})

it('vigie.due and nextTransition say the same of any project (property)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someProject, { minLength: projects.length, maxLength: projects.length }),
      somePolicy,
      watched,
      fc.record({
        inactiveAfterDays: fc.integer({ min: 1, max: 9 }),
        disabledAfterDays: fc.integer({ min: 1, max: 9 }),
      }),
      async (specs, policy, edges, other) => {
        // One transaction, so that now() stands still between the two.
        await sql.begin(async (tx) => {
          await writePlatform(tx, { policy, watched: edges, projects, specs })
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
          // The list of projects that are due within some days, in each way in which it is read.
          const dueWithinDays = [0, 1, policy.disabled][runs % 3] ?? 0
          const sort = projectSorts[runs % projectSorts.length] ?? 'name'
          runs += 1
          const until = instantToMicros(now) + dueWithinDays * microsPerDay
          const wanted = rows.filter((row) => {
            const next = nextTransition(row, inForce, spells, now)
            const isListed = sort !== 'deactivated' || row.deactivatedAt !== null
            return next.kind === 'transition' && instantToMicros(next.dueAt) <= until && isListed
          })
          for (const limits of [
            undefined,
            { fewCandidates: 0, walkLength: 1_000 },
            { fewCandidates: 0, walkLength: 5 },
          ]) {
            const found = await listProjects(tx, { ...firstPage, sort, dueWithinDays }, limits)
            expect(found.rows.map((row) => row.id).sort()).toEqual(wanted.map((row) => row.id).sort())
          }

          // Other thresholds count what a policy that had them would make due; the policy's own count what is.
          const countAt = (thresholds: Thresholds) => {
            const asked = { ...inForce, ...thresholds }
            const dueIn = (stage: Stage) =>
              rows.filter((row) => {
                const next = nextTransition(row, asked, spells, now)
                return next.kind === 'transition' && next.stage === stage && next.isDue
              }).length
            return { deactivated: dueIn('deactivate'), disabled: dueIn('disable') }
          }
          expect(await countDue(tx, other)).toMatchObject(countAt(other))
          expect(await countDue(tx, inForce)).toEqual(await countDue(tx))
        })
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)

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
