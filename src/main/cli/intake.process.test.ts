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

it('a silent intake holds the sweep by name, until it is retired', async () => {
  await createRows(sql).project({ lastTraffic: { days: 30 } })
  expect((await runVigie(['intake', 'list', '--json'], env)).json()).toEqual({ intakes: [] })
  await sql`
    insert into vigie.intake (machine, kind, source, enrolled_at)
    values ('edge-1', 'access_log', '/var/log/access.log', now() - interval '2 hours')`
  const held = await runVigie(['sweep', '--json'], env)
  const intake = { machine: 'edge-1', kind: 'access_log', source: '/var/log/access.log' }
  expect([held.exitCode, held.json()]).toMatchObject([4, { hold: { brakes: [{ brake: 'intake_silent', intake }] } }])
  const shown = await runVigie(['hold', 'show'], env)
  expect(shown.stdout).toContain('Nothing was heard of the access log /var/log/access.log on edge-1 since 20')

  const refused = await runVigie(['intake', 'retire', '1', '--json'], env)
  expect([refused.exitCode, refused.json()]).toMatchObject([3, { error: { code: 'REASON_REQUIRED' } }])
  const unknown = await runVigie(['intake', 'retire', '7', '--reason', 'Gone', '--json'], env)
  expect([unknown.exitCode, unknown.json()]).toMatchObject([3, { error: { code: 'INTAKE_NOT_FOUND' } }])
  expect((await runVigie(['intake', 'retire', 'one', '--reason', 'Gone', '--json'], env)).exitCode).toBe(2)
  const retired = await runVigie(['intake', 'retire', '1', '--reason', 'Moved away', '--json'], env)
  expect([retired.exitCode, retired.json()]).toEqual([0, { intakeId: 1, isChanged: true }])
  expect((await runVigie(['intake', 'list'], env)).stdout).toMatch(
    /^1 {2}access log \/var\/log\/access\.log on edge-1 {2}retired /,
  )
  expect((await runVigie(['sweep', '--json'], env)).json()).toMatchObject({ run: { outcome: 'done' } })
})
