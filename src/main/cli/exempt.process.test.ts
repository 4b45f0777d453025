import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool, type Pool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster
let sql: Pool
let env: Readonly<Record<string, string>>
let project: string
let team: string

beforeAll(async () => {
  cluster = await startTemporaryCluster()
  const { host, port, user, database } = cluster.connection
  const address = { host, port, user, database, password: undefined, sslMode: 'disable' as const }
  sql = openPool({ address, origin: testOrigin, maxConnections: 2 })
  await migrate(sql, { log: silentLog, wantsSample: false })
  const rows = createRows(sql)
  team = await rows.team()
  project = await rows.project({ team, lastTraffic: { days: 40 } })
  env = { DATABASE_URL: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}` }
})
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await cluster.stop()
})

const vigie = async (...args: string[]) => {
  const { exitCode, json } = await runVigie([...args, '--json'], env)
  return { exitCode, answer: json() }
}
const reason = ['--reason', 'A conference']

it('a project is exempted to the end of a day, listed, prolonged and no longer exempt', async () => {
  expect(await vigie('exempt', project, '--until', '2199-12-12', ...reason)).toMatchObject({
    exitCode: 0,
    answer: {
      exemption: { scope: 'project', until: '2199-12-12T23:59:59.999999Z', reason: 'A conference' },
      former: null,
      end: { projects: 1, dueAtEnd: 1, after: { kind: 'due_at_end', stage: 'deactivate' } },
    },
  })
  expect(await vigie('sweep', '--preview')).toMatchObject({ answer: { deactivated: 0 } })
  expect(await vigie('exempt', 'list')).toMatchObject({
    answer: { total: 1, exemptions: [{ id: project, dueAtEnd: 1 }] },
  })
  expect(await vigie('exempt', 'list', '--ending-within', '7')).toMatchObject({ answer: { total: 0 } })
  expect(await vigie('exempt', project, '--forever', ...reason)).toMatchObject({
    answer: { exemption: { until: null }, former: { until: '2199-12-12T23:59:59.999999Z' } },
  })
  expect(await vigie('exempt', 'end', project, ...reason)).toMatchObject({
    exitCode: 0,
    answer: { ended: { until: null } },
  })
  expect(await vigie('exempt', 'end', project, ...reason)).toMatchObject({
    exitCode: 3,
    answer: { error: { code: 'EXEMPTION_NOT_FOUND' } },
  })
})

it('a team is named by its slug, and what happens at the end is said in words', async () => {
  const [row] = await sql<{ slug: string }[]>`select slug from team where id = ${team}`
  const { stdout } = await runVigie(['exempt', row?.slug ?? '', '--until', '2199-12-12T10:00:00Z', ...reason], env)
  expect(stdout).toBe(
    [
      'The team is exempt until 2199-12-12T10:00:00.000Z.',
      'Due then, by a clock that goes on: 1 of 1. The first sweep after takes them.',
      '',
    ].join('\n'),
  )
  expect(await vigie('exempt', 'end', `team:${team}`, ...reason)).toMatchObject({ exitCode: 0 })
})

it.each([
  [['exempt', 'nobody', '--forever', '--reason', 'x'], 3, 'PROJECT_NOT_FOUND'],
  [['exempt', 'team:nobody', '--forever', '--reason', 'x'], 3, 'TEAM_NOT_FOUND'],
  [['exempt', '#', '--until', '2020-01-01', '--reason', 'x'], 3, 'EXEMPTION_DATE'],
  [['exempt', '#', '--until', '2026-02-30', '--reason', 'x'], 2, 'USAGE'],
  [['exempt', '#', '--reason', 'x'], 2, 'USAGE'],
  [['exempt', '#', '--until', '2199-01-01', '--forever', '--reason', 'x'], 2, 'USAGE'],
  [['exempt', '#', '--forever'], 3, 'REASON_REQUIRED'],
  [['exempt', '#', '--forever', '--reason', 'x'.repeat(2_001)], 3, 'REASON_TOO_LONG'],
  [['exempt', 'list', '--ending-within', '0'], 2, 'USAGE'],
] as const)('vigie %j is refused', async (args, exitCode, code) => {
  const named = args.map((arg) => (arg === '#' ? project : arg))
  expect(await vigie(...named)).toMatchObject({ exitCode, answer: { error: { code } } })
})
