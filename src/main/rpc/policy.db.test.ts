import { expect, it } from 'vitest'
import { createAppDouble } from '../console/testing/app-double.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { createTestDatabase } from '../database/testing/test-database.ts'
import { appRouter } from './router.ts'

const database = await createTestDatabase()
const { sql, origin } = database
const rows = createRows(sql)
const caller = appRouter.createCaller({ app: { ...createAppDouble(true).app, ...database } })

it('keeps on record what was changed and paused, the latest first', async () => {
  await caller.policy.set({ changes: { inactiveAfterDays: 6 }, reason: 'Winter' })
  await caller.pauses.pause({ part: 'mail', reason: 'The server moves' })
  await caller.pauses.resume({ part: 'mail', reason: 'It has moved' })
  const record = await caller.policy.record({ beforeId: null, limit: 10 })
  expect(record).toMatchObject([
    { kind: 'resumed', reason: 'It has moved', after: { part: 'mail' } },
    { kind: 'paused', reason: 'The server moves', after: { part: 'mail' } },
    { kind: 'policy_changed', reason: 'Winter', before: { inactiveAfterDays: 5 }, after: { inactiveAfterDays: 6 } },
  ])
  expect(record[0]).toMatchObject({ entry: origin.entry, machine: origin.machine })
  const older = await caller.policy.record({ beforeId: record[0]?.id ?? 0, limit: 1 })
  expect(older).toEqual([record[1]])
})

it('names teams, and finds one by its slug or id', async () => {
  const id = await rows.team()
  const [team] = await caller.policy.teams({ ids: [id, 'abc'] })
  expect(team).toMatchObject({ id })
  expect(await caller.policy.teams({ ids: [] })).toEqual([])
  expect(await caller.policy.findTeam({ name: ` ${team?.slug} ` })).toEqual(team)
  expect(await caller.policy.findTeam({ name: id })).toEqual(team)
  await expect(caller.policy.findTeam({ name: 'nowhere' })).rejects.toMatchObject({ cause: { code: 'TEAM_NOT_FOUND' } })
})

it('lists the runs of all jobs or of one, and knows which was taken back and why one was held', async () => {
  const inserted = await sql<{ id: number }[]>`
    insert into vigie.job_run (job, entry, machine, version, finished_at, outcome)
    values ('sweep', 'agent', 'm', '1', now(), 'done'), ('counts', 'agent', 'm', '1', now(), 'done'),
      ('sweep', 'agent', 'm', '1', now(), 'held')
    returning id`
  const [swept = 0, counted = 0, held = 0] = inserted.map((row) => row.id)
  await sql`
    insert into vigie.job_run (job, entry, machine, version, finished_at, outcome, reverts_run_id, deactivated)
    values ('revert', 'console', 'm', '1', now(), 'done', ${swept}, 1)`
  await sql`
    insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled)
    values (${held}, now() + interval '3 days', '[]', 4, 0)`
  const all = await caller.sweeps.runs({ job: null, beforeId: null, limit: 10 })
  expect(all.map((run) => run.job)).toEqual(['revert', 'sweep', 'counts', 'sweep'])
  expect(all.at(-1)).toMatchObject({ id: swept, revertedByRunId: all[0]?.id })
  expect(all[0]).toMatchObject({ revertsRunId: swept, revertedByRunId: null })
  expect(all[1]).toMatchObject({ id: held, hold: { status: 'open', deactivated: 4, disabled: 0 } })
  expect(await caller.sweeps.runs({ job: 'counts', beforeId: null, limit: 10 })).toMatchObject([{ id: counted }])
  expect(await caller.sweeps.runs({ job: null, beforeId: counted, limit: 10 })).toMatchObject([{ id: swept }])
  expect(await caller.holds.ofRun({ runId: held })).toMatchObject({ runId: held, deactivated: 4, status: 'open' })
  expect(await caller.holds.ofRun({ runId: swept })).toBeNull()
})

it('tells when each job is due next; no sweep while the mode is off', async () => {
  const { ticks, now } = await caller.overview.summary()
  expect(Object.keys(ticks).toSorted()).toEqual(['cleanup', 'counts', 'pruning', 'sweep'])
  for (const tick of Object.values(ticks)) expect(Date.parse(tick ?? '')).toBeGreaterThan(Date.parse(now))
  await caller.policy.set({ changes: { sweepMode: 'off' }, reason: 'Summer' })
  expect((await caller.overview.summary()).ticks).toMatchObject({ sweep: null, counts: ticks.counts })
})
