import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRows } from '../database/testing/platform-rows.ts'
import { type PreparedDatabase, prepareDatabase } from './testing/prepared-database.ts'
import { runVigie } from './testing/run-vigie.ts'

let database: PreparedDatabase
let sql: PreparedDatabase['sql']
let env: PreparedDatabase['env']

beforeAll(async () => {
  database = await prepareDatabase()
  ;({ sql, env } = database)
})
afterAll(() => database.stop())

const vigie = async (...args: string[]) => {
  const { exitCode, json } = await runVigie([...args, '--json'], env)
  return { exitCode, answer: json() }
}

it('policy get and set, with names as in the database or not', async () => {
  expect(await vigie('policy', 'get')).toMatchObject({ exitCode: 0, answer: { inactiveAfterDays: 5, mailZone: 'UTC' } })
  expect(await vigie('policy', 'set', 'inactive_after_days', '6', '--reason', 'Winter')).toEqual({
    exitCode: 0,
    answer: { before: { inactiveAfterDays: 5 }, after: { inactiveAfterDays: 6 } },
  })
  await vigie('policy', 'set', 'isWarningMailed', 'true', '--reason', 'Asked for')
  await vigie('policy', 'set', 'sweepSchedule', '30 1 * * *', '--reason', 'Earlier')
  expect(await vigie('policy', 'get', 'inactive-after-days')).toEqual({ exitCode: 0, answer: { inactiveAfterDays: 6 } })
  expect((await vigie('policy', 'get')).answer).toMatchObject({ isWarningMailed: true, sweepSchedule: '30 1 * * *' })
})

it.each([
  ['inactiveAfterDays', '-3'],
  ['inactiveAfterDays', 'many'],
  ['manyPercent', '101'],
  ['sweepSchedule', '0 0 31 2 *'],
  ['mailZone', 'Mars/Olympus'],
  ['isWarningMailed', 'perhaps'],
  ['coffee', '1'],
])('policy set %s %s is refused with that name', async (field, value) => {
  expect(await vigie('policy', 'set', field, value, '--reason', 'x')).toMatchObject({
    exitCode: 3,
    answer: { error: { code: 'POLICY_INVALID', field } },
  })
})

it('policy set needs a reason, and refuses what it does not know', async () => {
  expect(await vigie('policy', 'set', 'inactiveAfterDays', '7')).toMatchObject({
    exitCode: 3,
    answer: { error: { code: 'REASON_REQUIRED' } },
  })
  expect(await vigie('policy', 'set', 'inactiveAfterDays', '7', '--raeson', 'x')).toMatchObject({ exitCode: 2 })
  expect(await vigie('policy', 'set', 'inactiveAfterDays')).toMatchObject({ exitCode: 2 })
})

it('mode shows and switches what unattended sweeps do', async () => {
  const id = await createRows(sql).team({ owners: ['owner@example.com'] })
  const [team] = await sql<{ slug: string }[]>`select slug from team where id = ${id}`
  expect(await vigie('mode')).toEqual({ exitCode: 0, answer: { sweepMode: 'observe', canaryTeamIds: [] } })
  expect(await vigie('mode', 'canary', '--reason', 'x')).toMatchObject({
    answer: { error: { field: 'canaryTeamIds' } },
  })
  expect(await vigie('mode', 'canary', '--teams', team?.slug ?? '', '--reason', 'Begin small')).toEqual({
    exitCode: 0,
    answer: { sweepMode: 'canary', canaryTeamIds: [id] },
  })
  expect(await vigie('mode', 'canary', '--teams', 'nobody', '--reason', 'x')).toMatchObject({
    exitCode: 3,
    answer: { error: { code: 'TEAM_NOT_FOUND', team: 'nobody', message: expect.stringContaining('“nobody”') } },
  })
  expect(await vigie('mode', 'sometimes', '--reason', 'x')).toEqual({
    exitCode: 2,
    answer: {
      error: { code: 'USAGE', message: 'The mode can’t be “sometimes”: it is one of off, observe, canary, on.' },
    },
  })
  expect(await vigie('mode', 'on')).toMatchObject({ exitCode: 3, answer: { error: { code: 'REASON_REQUIRED' } } })
  expect(await vigie('mode', 'on', '--reason', 'It works')).toMatchObject({ answer: { sweepMode: 'on' } })
})

it('pause and resume', async () => {
  const paused = { part: 'mail', isPaused: true, isChanged: true }
  expect(await vigie('pause', 'mail', '--reason', 'Storm')).toEqual({ exitCode: 0, answer: paused })
  expect(await sql`select part, reason from vigie.pause`).toEqual([{ part: 'mail', reason: 'Storm' }])
  expect(await vigie('resume', 'mail', '--reason', 'Calm')).toMatchObject({
    answer: { isPaused: false, isChanged: true },
  })
  expect(await vigie('pause', 'coffee', '--reason', 'x')).toMatchObject({ exitCode: 2 })
  expect(await vigie('pause', 'sweep')).toMatchObject({ exitCode: 3, answer: { error: { code: 'REASON_REQUIRED' } } })
})
