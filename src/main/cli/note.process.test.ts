import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster

beforeAll(async () => {
  cluster = await startTemporaryCluster()
})
afterAll(() => cluster.stop())

it('a note is taken on the command line, stands on the timeline, and is refused in words', async () => {
  const { connection: server } = cluster
  const sql = openPool({
    address: { ...server, password: undefined, sslMode: 'disable', database: 'vigie' },
    origin: testOrigin,
    maxConnections: 2,
  })
  await migrate(sql, { log: silentLog, wantsSample: false })
  const projectId = await createRows(sql).project()
  await sql.end()
  const env = {
    DATABASE_URL: `postgresql://${server.user}@/vigie?host=${encodeURIComponent(server.host)}&port=${server.port}`,
  }
  const vigie = (...args: string[]) => runVigie([...args, '--json'], env)

  const added = await vigie('note', projectId, '--text', 'The owner asked for <b>a week</b>')
  expect([added.exitCode, added.json()]).toEqual([0, { noteId: expect.any(Number), at: expect.any(String) }])
  expect((await vigie('project', projectId)).json()).toMatchObject({
    timeline: { events: [{ kind: 'note', reason: 'The owner asked for <b>a week</b>', entry: 'cli' }] },
  })
  const refused = [await vigie('note', projectId), await vigie('note', 'abc', '--text', 'x')]
  expect(refused.map(({ exitCode, json }) => [exitCode, json()])).toEqual([
    [3, { error: expect.objectContaining({ code: 'NOTE_EMPTY' }) }],
    [3, { error: expect.objectContaining({ code: 'PROJECT_NOT_FOUND' }) }],
  ])
})
