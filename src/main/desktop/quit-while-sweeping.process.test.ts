import { afterAll, beforeAll, expect, it } from 'vitest'
import { listRuns } from '../../core/queries/runs.ts'
import { defaultBatchSize } from '../../core/sweep/run.ts'
import { openPool, type Pool } from '../database/connect.ts'
import { openEmbeddedDatabase } from '../database/embedded/embedded.ts'
import { testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { type DesktopWorkbench, makeDesktopWorkbench } from './testing/desktop-process.ts'

const channel = 'vigie:rpc'
const frame = { origin: 'app://vigie', isMainFrame: true, isDetached: false }
const overdueProjects = 30_000

let bench: DesktopWorkbench

beforeAll(async () => {
  bench = await makeDesktopWorkbench()
})
afterAll(() => bench.remove())

async function withDatabase<T>(dataDir: string, work: (sql: Pool) => Promise<T>): Promise<T> {
  const database = await openEmbeddedDatabase({ dataDir })
  const { connection } = database
  const address = { ...connection, password: connection.password, sslMode: 'disable' } as const
  const sql = openPool({ address, origin: testOrigin, maxConnections: 1 })
  try {
    return await work(sql)
  } finally {
    await sql.end()
    await database.stop()
  }
}

async function insertOverdueProjects(sql: Pool): Promise<void> {
  // So many at once are what the brakes are there for.
  await sql`update vigie.policy set many_projects = 1000000, many_median_projects = 1000000`
  const { team, project } = createRows(sql)
  const teamId = await team({ plan: 'free' })
  await project({ team: teamId })
  await sql`
    insert into project (id, name, repo_id, repo_full_name, github_installation_id, team_id, created_at, updated_at)
    select md5('overdue ' || n), 'Overdue ' || n, n, 'example/overdue', 1, ${teamId},
      (now() at time zone 'utc') - interval '60 days', (now() at time zone 'utc') - interval '60 days'
    from generate_series(1, ${overdueProjects}) n`
}

it('ends the sweep between two batches', async () => {
  const dataDir = bench.newPath()
  const desktop = bench.start({ VIGIE_DATA_DIR: dataDir })
  await desktop.nextEvent('load')
  const replies: unknown[] = []
  const swept = new Promise<void>((resolve) => {
    desktop.onSend((_channel, [reply]) => {
      replies.push(reply)
      if (JSON.stringify(reply).includes('"kind":"sweep"')) resolve()
    })
  })
  const call = (id: string, type: string, path: string) =>
    desktop.ask('sendFromPage', channel, [{ kind: 'call', id, type, path }], frame)
  await call('1', 'subscription', 'changes')
  await expect.poll(() => JSON.stringify(replies), { timeout: 60_000 }).toContain('"connected"')
  await withDatabase(dataDir, insertOverdueProjects)

  await call('2', 'mutation', 'sweeps.start')
  await swept
  await desktop.ask('closeWindow').catch(() => undefined)
  expect((await desktop.exited)[0]).toBe(0)

  const [run] = await withDatabase(dataDir, (sql) => listRuns(sql, { beforeId: null, limit: 1 }))
  expect(run).toMatchObject({ outcome: 'cancelled', entry: 'desktop', failed: 0, error: null })
  const moved = (run?.deactivated ?? 0) + (run?.disabled ?? 0)
  expect(moved).toBeGreaterThanOrEqual(defaultBatchSize)
  expect(moved).toBeLessThan(overdueProjects)
})
