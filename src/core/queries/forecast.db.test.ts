import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Pool } from '../../main/database/connect.ts'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { somePolicy, someProject, watched, writePlatform } from '../../main/database/testing/random-platform.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { addDays, type Instant, instantToMicros, microsToInstant } from '../instant.ts'
import { nextTransition } from '../lifecycle.ts'
import type { ProjectFacts } from '../project.ts'
import { countDue } from '../sweep/preview.ts'
import { readSpells } from '../watch/read-spells.ts'
import { forecastNights, readForecast } from './forecast.ts'
import { readPolicy } from './policy.ts'
import { type ProjectRow, readNow, rowColumns } from './projects.ts'

const nightCount = 14

let sql: Pool
let projects: string[]

beforeAll(async () => {
  const database = await createTestDatabase()
  sql = database.sql
  const rows = createRows(sql)
  projects = []
  for (let n = 0; n < 40; n += 1) projects.push(await rows.project())
})

it('tells each night as a sweep of nextTransition then would go, project by project (property)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someProject, { minLength: projects.length, maxLength: projects.length }),
      somePolicy,
      watched,
      // How long before the first night, from the very now on.
      fc.constantFrom(0, 1, 3_600_000_000, 86_400_000_000),
      async (specs, policy, edges, untilFirst) => {
        await sql.begin(async (tx) => {
          await writePlatform(tx, { policy, watched: edges, projects, specs })
          const now = await readNow(tx)
          const first = microsToInstant(instantToMicros(now) + untilFirst)
          const nights = Array.from({ length: nightCount }, (_, night) => addDays(first, night))
          const rows = await tx<ProjectRow[]>`
            select ${rowColumns(tx)} from project p join team t on t.id = p.team_id
            left join team_subscription s on s.team_id = p.team_id
            left join subscription_plan l on l.id = s.plan_id`
          const inForce = await readPolicy(tx)
          const spells = await readSpells(tx)
          const expected = nights.map((at) => ({ at, deactivated: 0, disabled: 0 }))
          // Another stage of the same project is asked of what the night before left.
          const take = (facts: ProjectFacts, from: number) => {
            const next = nextTransition(facts, inForce, spells, now)
            if (next.kind === 'rest') return
            const night = expected.findIndex(({ at }, n) => n >= from && isReached(next.dueAt, at))
            const taken = expected[night]
            if (taken === undefined) return
            if (next.stage === 'disable') taken.disabled += 1
            else {
              taken.deactivated += 1
              take({ ...facts, status: 'inactive', deactivatedAt: taken.at }, night + 1)
            }
          }
          for (const row of rows) take(row, 0)
          const forecast = await forecastNights(tx, nights)
          expect(forecast.map((night) => ({ ...night, at: instantToMicros(night.at) }))).toEqual(
            expected.map((night) => ({ ...night, at: instantToMicros(night.at) })),
          )
        })
      },
    ),
    { numRuns: 60 },
  )
})

it('says of the nights to come what previews say of them when they have come', async () => {
  await sql`delete from team_subscription`
  await sql`truncate vigie.exemption, vigie.watch_span`
  await sql`update team set status = 'active'`
  await sql`update vigie.policy set inactive_after_days = 5, disabled_after_days = 7, is_watch_required = false`
  await sql`update project p set status = 'active', deactivated_at = null, last_traffic_at = null,
    created_at = (now() at time zone 'utc') - r.n * interval '5 hours'
    from (select id, row_number() over (order by id) as n from project) r where r.id = p.id`
  await sql`update project set status = 'inactive', deactivated_at = created_at where id < '8'`
  const forecast = await readForecast(sql)
  expect(forecast).toHaveLength(nightCount)
  expect(forecast.map(({ at }) => at.slice(11, 16))).toEqual(forecast.map(() => '02:00'))
  // Rows are made old up to each night, and what is due by then adds up to what the nights would have done.
  let deactivated = 0
  let disabled = 0
  for (const night of forecast.slice(0, 7)) {
    deactivated += night.deactivated
    disabled += night.disabled
    const preview = await sql.begin(async (tx) => {
      await tx`update project p set
        created_at = p.created_at - (${night.at}::text::timestamptz - now()),
        deactivated_at = p.deactivated_at - (${night.at}::text::timestamptz - now())`
      const counts = await countDue(tx)
      await tx`update project p set
        created_at = p.created_at + (${night.at}::text::timestamptz - now()),
        deactivated_at = p.deactivated_at + (${night.at}::text::timestamptz - now())`
      return counts
    })
    expect(preview).toMatchObject({ deactivated, disabled })
  }
  expect(deactivated + disabled).toBeGreaterThan(10)
})

function isReached(due: Instant, at: Instant): boolean {
  return instantToMicros(due) <= instantToMicros(at)
}
