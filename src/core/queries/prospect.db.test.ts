import { beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { instantToMicros, microsPerDay } from '../instant.ts'
import { nextTransition } from '../lifecycle.ts'
import { pausePart, resumePart } from '../pauses.ts'
import { readPolicy } from './policy.ts'
import { readProject } from './project.ts'
import { readProspect } from './prospect.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)

beforeEach(async () => {
  await sql`update vigie.policy set sweep_mode = 'on', sweep_schedule = '30 2 * * *'`
  await sql`delete from vigie.hold`
})

const nothing = { tick: null, missed: null, pausedAt: null, hold: null }

describe('the first night that finds a project due', () => {
  it('is the first tick from its deadline on', async () => {
    const projectId = await rows.project({ lastTraffic: { days: 1 } })
    const project = await readProject(sql, projectId)
    const next = nextTransition(project, await readPolicy(sql), [], project.now)
    if (next.kind !== 'transition') throw new Error('it will be due')
    const { tick } = await readProspect(sql, projectId)
    expect(tick).toMatch(/T02:30:00\.000Z$/)
    const wait = instantToMicros(tick ?? '') - instantToMicros(next.dueAt)
    expect(wait).toBeGreaterThanOrEqual(0)
    expect(wait).toBeLessThan(microsPerDay)
  })

  it('is that very tick when the deadline is on it, and a day later when it is a microsecond after', async () => {
    const projectId = await rows.project({ created: { days: 50 } })
    const at = (micros: number) => sql`
      update project set last_traffic_at = (now() at time zone 'utc')::date - 1 + time '02:30'
        + make_interval(secs => ${micros / 1e6})
      where id = ${projectId}`
    await at(0)
    const first = await readProspect(sql, projectId)
    expect(first.missed).toBeNull()
    await at(1)
    const second = await readProspect(sql, projectId)
    expect(instantToMicros(second.tick ?? '') - instantToMicros(first.tick ?? '')).toBe(microsPerDay)
    expect(second.missed).toBe(first.tick)
  })

  it('is the coming one for what is due already', async () => {
    const projectId = await rows.project({ lastTraffic: { days: 9 } })
    const [row] = await sql<{ now: string }[]>`select now() as now`
    const wait = instantToMicros((await readProspect(sql, projectId)).tick ?? '') - instantToMicros(row?.now ?? '')
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(microsPerDay)
  })

  it('is none when unattended sweeps are off, and for what will never be due', async () => {
    const due = await rows.project({ lastTraffic: { days: 9 } })
    const paid = await rows.project({ team: await rows.team({ plan: 'paid' }) })
    expect(await readProspect(sql, paid)).toEqual(nothing)
    await sql`update vigie.policy set sweep_mode = 'off'`
    expect(await readProspect(sql, due)).toEqual(nothing)
  })
})

it('a pause is told, and a held sweep to those that are on its list', async () => {
  const [listed, other] = [await rows.project({ lastTraffic: { days: 9 } }), await rows.project()]
  const [run] = await sql<{ id: number }[]>`
    insert into vigie.job_run (job, entry, machine, version, runner, finished_at, outcome)
    values ('sweep', 'agent', 'm', '1', gen_random_uuid(), now(), 'held') returning id`
  const runId = run?.id ?? 0
  await sql`insert into vigie.run_project (run_id, stage, project_id) values (${runId}, 'deactivate', ${listed})`
  await sql`
    insert into vigie.hold (run_id, brakes, deactivated, disabled, expires_at)
    values (${runId}, '[]', 1, 0, now() + interval '2 days')`
  await pausePart(database, { part: 'sweep', reason: 'Maintenance' })
  const prospect = await readProspect(sql, listed)
  expect(prospect).toMatchObject({ pausedAt: expect.stringMatching(/Z$/), hold: { runId, isExpired: false } })
  expect((await readProspect(sql, other)).hold).toBeNull()
  await resumePart(database, { part: 'sweep', reason: 'Done' })
  expect((await readProspect(sql, listed)).pausedAt).toBeNull()
})

it('of no project there is none', async () => {
  await expect(readProspect(sql, 'abc')).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' })
})
