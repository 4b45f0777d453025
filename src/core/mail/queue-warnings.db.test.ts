import { beforeEach, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { queueWarnings } from './queue-warnings.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const warn = () => queueWarnings(database, new AbortController().signal)

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.event, vigie.mail`
  await sql`update vigie.policy set is_warning_mailed = true, warning_hours = 48`
})

it('warns nobody unless the policy says so', async () => {
  await rows.project({ lastTraffic: { days: 4 } })
  await sql`update vigie.policy set is_warning_mailed = false`
  expect(await warn()).toBe(0)
  expect(await sql`select id from vigie.mail`).toEqual([])
})

it('warns once, of what will be due within 48 hours', async () => {
  const soon = await rows.project({ lastTraffic: { days: 3, hours: 1 } })
  await rows.project({ lastTraffic: { days: 2, hours: 23 } })
  await rows.project({ team: await rows.team({ plan: 'paid' }), lastTraffic: { days: 4 } })
  await rows.project({ status: 'inactive', lastTraffic: { days: 9 }, deactivated: { days: 6 } })
  expect(await warn()).toBe(1)
  expect(await warn()).toBe(0)
  expect(await sql`select project_id, template, status from vigie.mail`).toEqual([
    { project_id: soon, template: 'project-warning', status: 'queued' },
  ])
  expect(await sql`select kind, project_id from vigie.event`).toEqual([{ kind: 'warned', project_id: soon }])
})

it('warns again when the project was visited and goes unvisited again', async () => {
  const id = await rows.project({ lastTraffic: { days: 4 } })
  expect(await warn()).toBe(1)
  await sql`select vigie.ensure_partitions(now() - interval '4 days')`
  await sql`update vigie.event set created_at = now() - interval '3 days 12 hours' where project_id = ${id}`
  await sql`update project set last_traffic_at = (now() at time zone 'utc') - interval '3 days 6 hours' where id = ${id}`
  expect(await warn()).toBe(1)
})

it('warns of more than a batch, each once, also when two do it at once', async () => {
  for (let n = 0; n < 30; n += 1) await rows.project({ lastTraffic: { days: 4 } })
  await Promise.all([warn(), warn(), warn()])
  await warn()
  const [counts] = await sql`
    select count(*) as events, count(distinct project_id) as projects from vigie.event where kind = 'warned'`
  expect(counts).toEqual({ events: 30, projects: 30 })
})
