import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  cluster = await startTemporaryCluster()
  const { host, port, user, database } = cluster.connection
  const address = { host, port, user, database, password: undefined, sslMode: 'disable' as const }
  const sql = openPool({ address, origin: testOrigin, maxConnections: 2 })
  await migrate(sql, { log: silentLog, wantsSample: false })
  await sql.end({ timeout: 1 })
  env = { DATABASE_URL: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}` }
})
afterAll(() => cluster.stop())

const exclusion = async (...args: string[]) => {
  const { exitCode, json } = await runVigie(['exclusion', ...args, '--json'], env)
  return { exitCode, answer: json() }
}

it('an exclusion is added, previewed, applied and ended', async () => {
  const reason = ['--reason', 'Monitors are no visitors']
  expect(await exclusion('add', 'list:monitors', ...reason)).toEqual({
    exitCode: 0,
    answer: { id: 1, status: 'observed' },
  })
  expect(await exclusion('preview', '1')).toMatchObject({ exitCode: 0, answer: { projects: 0, list: [] } })
  expect(await exclusion('apply', '1', ...reason)).toEqual({ exitCode: 0, answer: { id: 1, status: 'applied' } })
  expect(await exclusion('end', '1', ...reason)).toEqual({
    exitCode: 0,
    answer: { id: 1, hits: 0, moved: 0, status: 'ended' },
  })
  expect(await exclusion('list')).toMatchObject({ answer: { exclusions: [{ kind: 'list', status: 'ended' }] } })
})

it.each([
  [['add', 'address:10.0.0.0/33', '--reason', 'x'], 3, 'EXCLUSION_INVALID'],
  [['add', 'list:everything', '--reason', 'x'], 3, 'EXCLUSION_INVALID'],
  [['add', 'user-agent:curl'], 3, 'REASON_REQUIRED'],
  [['add', 'colour:red', '--reason', 'x'], 2, 'USAGE'],
  [['apply', '99', '--reason', 'x'], 3, 'EXCLUSION_NOT_FOUND'],
  [['end', 'one', '--reason', 'x'], 2, 'USAGE'],
] as const)('exclusion %j is refused', async (args, exitCode, code) => {
  expect(await exclusion(...args)).toMatchObject({ exitCode, answer: { error: { code } } })
})
