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
  const { team, project } = createRows(sql)
  const teamId = await team({ plan: 'free' })
  await project({ team: teamId })
  await sql`
    insert into project (id, name, repo_id, repo_full_name, github_installation_id, team_id, created_at, updated_at)
    select md5('overdue ' || n), 'Overdue ' || n, n, 'example/overdue', 1, ${teamId},
      (now() at time zone 'utc') - interval '60 days', (now() at time zone 'utc') - interval '60 days'
    from generate_series(1, ${overdueProjects}) n`
}

/** Opens a new desktop on the sample platform and waits until it hears of changes. */
async function openDesktop(dataDir: string, onReply: (reply: string) => void) {
  const desktop = bench.start({ VIGIE_DATA_DIR: dataDir })
  await desktop.nextEvent('load')
  let replies = ''
  desktop.onSend((_channel, [reply]) => {
    replies += JSON.stringify(reply)
    onReply(JSON.stringify(reply))
  })
  const call = (id: string, type: string, path: string) =>
    desktop.ask('sendFromPage', channel, [{ kind: 'call', id, type, path }], frame)
  await call('1', 'subscription', 'changes')
  await expect.poll(() => replies, { timeout: 60_000 }).toContain('"connected"')
  return { desktop, startSweep: () => call('2', 'mutation', 'sweeps.start') }
}

it('notifies of a sweep that is held, which is on record', async () => {
  const dataDir = await bench.newDataDir()
  const { desktop, startSweep } = await openDesktop(dataDir, () => {})
  await withDatabase(dataDir, insertOverdueProjects)
  await startSweep()
  expect(await desktop.nextEvent('notification')).toMatchObject({ title: 'A sweep is held' })
  await desktop.ask('clickNotification')
  expect(await desktop.nextEvent('load')).toMatchObject({ url: 'app://vigie/#/sweeps' })
  await desktop.ask('closeWindow').catch(() => undefined)
  expect((await desktop.exited)[0]).toBe(0)
  const [run] = await withDatabase(dataDir, (sql) => listRuns(sql, { beforeId: null, limit: 1 }))
  expect(run).toMatchObject({ outcome: 'held', entry: 'desktop', deactivated: 0, disabled: 0 })
})

it('ends the sweep between two batches', async () => {
  const dataDir = await bench.newDataDir()
  let onSwept = () => {}
  const swept = new Promise<void>((resolve) => {
    onSwept = resolve
  })
  const { desktop, startSweep } = await openDesktop(dataDir, (reply) => {
    if (reply.includes('"kind":"sweep"')) onSwept()
  })
  await withDatabase(dataDir, async (sql) => {
    await insertOverdueProjects(sql)
    // So many at once are what the brakes are there for.
    await sql`update vigie.policy set many_projects = 1000000, many_median_projects = 1000000`
  })
  await startSweep()
  await swept
  await desktop.ask('closeWindow').catch(() => undefined)
  expect((await desktop.exited)[0]).toBe(0)

  const [run] = await withDatabase(dataDir, (sql) => listRuns(sql, { beforeId: null, limit: 1 }))
  expect(run).toMatchObject({ outcome: 'cancelled', entry: 'desktop', failed: 0, error: null })
  const moved = (run?.deactivated ?? 0) + (run?.disabled ?? 0)
  expect(moved).toBeGreaterThanOrEqual(defaultBatchSize)
  expect(moved).toBeLessThan(overdueProjects)
})
