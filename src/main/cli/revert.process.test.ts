import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool, type Pool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster
let sql: Pool

beforeAll(async () => {
  cluster = await startTemporaryCluster({ settings: {} })
  const { host, port, user, database } = cluster.connection
  const address = { host, port, user, database, password: undefined, sslMode: 'disable' as const }
  sql = openPool({ address, origin: testOrigin, maxConnections: 2, statementTimeoutMs: 0 })
  await migrate(sql, { log: silentLog, wantsSample: false })
})
afterAll(async () => {
  await sql.end()
  await cluster.stop()
})

it('a sweep is taken back and listed; what can’t be is refused with exit code 3', async () => {
  const { host, port, user, database } = cluster.connection
  const url = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
  const vigie = async (...args: string[]) => {
    const result = await runVigie([...args, '--json'], { DATABASE_URL: url })
    return [result.json(), result.exitCode]
  }
  const projectId = await createRows(sql).project({ lastTraffic: { days: 6 } })
  expect(await vigie('sweep')).toMatchObject([{ run: { id: 1 }, deactivated: 1 }, 0])

  expect(await vigie('sweep', 'revert', '1')).toMatchObject([{ error: { code: 'REASON_REQUIRED' } }, 3])
  expect(await vigie('sweep', 'revert', '9', '--reason', 'x')).toMatchObject([{ error: { code: 'RUN_NOT_FOUND' } }, 3])
  expect(await vigie('sweep', 'revert', 'one', '--reason', 'x')).toMatchObject([{ error: { code: 'USAGE' } }, 2])
  expect(await vigie('sweep', 'revert')).toMatchObject([{ error: { code: 'USAGE' } }, 2])
  expect(await vigie('sweep', 'revert', '1', '--reason', 'The recorder was silent')).toMatchObject([
    {
      run: { id: 2, kind: 'revert', outcome: 'done' },
      revertsRunId: 1,
      reason: 'The recorder was silent',
      madeActive: 1,
      madeInactive: 0,
      leftAlone: { gone: 0, teamDeleted: 0, revertedBefore: 0, reactivated: 0, changed: 0 },
      skipped: 0,
      failed: 0,
    },
    0,
  ])
  expect(await sql`select status from project where id = ${projectId}`).toEqual([{ status: 'active' }])
  expect(await vigie('sweep', 'revert', '1', '--reason', 'Once more')).toMatchObject([
    { error: { code: 'RUN_NOT_REVERTIBLE', why: 'nothing_left' } },
    3,
  ])
  expect(await vigie('sweep', 'revert', '2', '--reason', 'x')).toMatchObject([
    { error: { code: 'RUN_NOT_REVERTIBLE', why: 'not_a_sweep' } },
    3,
  ])

  expect(await vigie('runs')).toMatchObject([
    {
      runs: [
        { id: 2, job: 'revert', revertsRunId: 1, deactivated: 1 },
        { id: 1, job: 'sweep', revertedByRunId: 2 },
      ],
    },
    0,
  ])
  expect(await vigie('runs', '--before', '2', '--limit', '1')).toMatchObject([{ runs: [{ id: 1 }] }, 0])
  expect(await vigie('runs', '--limit', '0')).toMatchObject([{ error: { code: 'USAGE' } }, 2])
  const text = await runVigie(['runs'], { DATABASE_URL: url })
  expect(text.stdout).toMatch(/^2 {2}\S+ {2}revert {2}done {2}sweep 1: active again 1/)
})
