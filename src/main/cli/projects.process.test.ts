import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRows } from '../database/testing/platform-rows.ts'
import { type PreparedDatabase, prepareDatabase } from './testing/prepared-database.ts'
import { builtCli, runVigie } from './testing/run-vigie.ts'

let prepared: PreparedDatabase
let team: string

beforeAll(async () => {
  prepared = await prepareDatabase()
  const { sql } = prepared
  const rows = createRows(sql)
  team = await rows.team()
  await rows.project({ team, name: '=1+1', status: 'inactive', deactivated: { days: 1 } })
  await sql`
    insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, status, created_at, updated_at)
    select md5('many' || n), 'Many ' || lpad(n::text, 5, '0'), null, n, 'example/many', 1, ${team}, 'active',
      now() at time zone 'utc' - interval '3 days', now() at time zone 'utc'
    from generate_series(1, 5000) n`
})
afterAll(() => prepared.stop())

const run = (...args: string[]) => runVigie(['projects', ...args], prepared.env)

it('writes the list as CSV without a mark before it, or as one JSON object, narrowed as in the console', async () => {
  const all = await run()
  expect(all.exitCode).toBe(0)
  const lines = all.stdout.split('\r\n')
  expect(lines).toHaveLength(1 + 5_001 + 1)
  expect(lines[0]).toMatch(/^id,name,slug,status,/)
  expect(lines[1]).toContain(`,"'=1+1",`)
  const asleep = await run('--status', 'inactive', '--status', 'paused', '--team', team, '--json')
  expect(asleep.json()).toMatchObject({
    exportedAt: expect.stringMatching(/Z$/),
    projects: [{ name: '=1+1', status: 'inactive' }],
  })
  const idle = await run('--idle-days', '3', '--search', 'Many 0000', '--descending', '--json')
  expect(idle.json().projects).toHaveLength(9)
  expect(idle.json()).toMatchObject({ projects: [{ name: 'Many 00009' }, {}, {}, {}, {}, {}, {}, {}, {}] })
})

it('refuses what makes no sense, and ends when nobody reads on', async () => {
  expect((await run('--status', 'tired', '--json')).json()).toMatchObject({ error: { code: 'USAGE' } })
  expect((await run('--team', 'nowhere', '--json')).json()).toMatchObject({ error: { code: 'TEAM_NOT_FOUND' } })
  expect((await run('--search', 'ab')).exitCode).toBe(2)
  const command = `"${process.execPath}" "${builtCli}" projects | head -n 2`
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], {
    env: { PATH: process.env.PATH, ...prepared.env },
  })
  expect(stdout.split('\r\n')).toHaveLength(3)
  expect(stderr).toBe('')
})
