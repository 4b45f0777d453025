import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { unfiltered } from '../../core/queries/projects.ts'
import { createBulkActs } from '../bulk-acts.ts'
import { withSession } from '../database/connect.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { createTestDatabase } from '../database/testing/test-database.ts'
import { createExports } from '../exports.ts'
import type { RpcApp } from '../rpc/trpc.ts'
import { type AppDouble, createAppDouble } from './testing/app-double.ts'
import { type ConsoleFixture, createConsoleFixture, enterConsole } from './testing/console-fixture.ts'
import { openRaw, sendRaw } from './testing/raw-request.ts'
import { closeOf } from './testing/sockets.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const patience = { timeout: 30_000, interval: 20 }
let fixture: ConsoleFixture
let projects: number

// Long names: an export is then larger than what the sockets on its way can hold.
beforeAll(async () => {
  fixture = await createConsoleFixture()
  const teamId = await rows.team()
  await rows.project({ team: teamId, name: '=cmd|"/c calc"!A1' })
  await rows.project({ team: teamId, name: '<b>naïve</b> \u202egnp.exe, שלום' })
  await sql`
    insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, status, created_at, updated_at)
    select md5('many' || n), rpad('Many ' || n, 100, '界'), null, n, rpad('example/many', 255, '-'), 1, ${teamId}, 'active',
      now() at time zone 'utc' - make_interval(secs => n), now() at time zone 'utc'
    from generate_series(1, 20000) n`
  projects = 20_002
})
afterAll(() => fixture.remove())
afterEach(() => fixture.stopAll())

const view = { ...unfiltered, sort: 'name', direction: 'ascending' } as const

function pathOf(change: object = {}): string {
  const request = { exportId: randomUUID(), format: 'csv', source: { kind: 'projects', view }, ...change }
  return `/export?request=${encodeURIComponent(JSON.stringify(request))}`
}

async function start() {
  const inSession: RpcApp['withSession'] = (work) => withSession(sql, work)
  const bulk = createBulkActs({ ...database, withSession: inSession, nowMs: () => 0 })
  const exports = createExports({ withSession: inSession, bulk })
  const double: AppDouble = createAppDouble(true)
  const app: RpcApp = { ...double.app, ...database, withSession: inSession, bulk, exports }
  const served = await fixture.start({ ...double, app })
  const cookie = await enterConsole(served)
  return {
    served,
    exports,
    get: (path: string, headers = {}) => sendRaw(served.port, { path, headers: { cookie, ...headers } }),
    open: (path: string) => openRaw(served.port, { path, headers: { cookie } }),
  }
}

it('is a download of every row of the view, in its order, with names that are nothing but text', async () => {
  const { get } = await start()
  const { status, headers, body } = await get(pathOf())
  expect(status).toBe(200)
  expect(headers['content-disposition']).toMatch(/^attachment; filename="vigie-projects-\d{4}-\d\d-\d\d\.csv"$/)
  expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'x-content-type-options': 'nosniff' })
  const lines = body.split('\r\n')
  expect(lines).toHaveLength(1 + projects + 1)
  expect(lines[0]).toMatch(/^id,name,slug,status,/)
  expect(body).toContain(`"'=cmd|""/c calc""!A1"`)
  expect(body).toContain('"<b>naïve</b> gnp.exe, שלום"')
  const json = JSON.parse((await get(pathOf({ format: 'json' }))).body)
  expect(json.projects).toHaveLength(projects)
  expect(new Set(json.projects.map(({ id }: { id: string }) => id)).size).toBe(projects)
  const names = json.projects.map(({ name }: { name: string }) => name)
  expect(names.slice(0, 2)).toEqual(['<b>naïve</b> \u202egnp.exe, שלום', '=cmd|"/c calc"!A1'])
  expect(json.projects[0]).toMatchObject({ status: 'active', planKind: 'free', next: 'inactive', isExempt: false })
})

it('begins with the mark by which spreadsheets know UTF-8, in CSV alone', async () => {
  const { open } = await start()
  const first = async (format: string) => {
    const answer = await open(pathOf({ format, source: { kind: 'projects', view: { ...view, statuses: ['paused'] } } }))
    return Buffer.concat(await answer.toArray()).subarray(0, 3)
  }
  expect([...(await first('csv'))]).toEqual([0xef, 0xbb, 0xbf])
  expect((await first('json')).toString()).toBe('{"e')
})

it('is all of one instant: what moves in the order meanwhile is neither missed nor met twice', async () => {
  const { open } = await start()
  const byActivity = { ...view, sort: 'lastActivity', direction: 'descending' }
  const answer = await open(pathOf({ format: 'json', source: { kind: 'projects', view: byActivity } }))
  answer.setEncoding('utf8')
  let text = ''
  let hasMoved = false
  for await (const chunk of answer) {
    text += chunk
    if (hasMoved) continue
    hasMoved = true
    // From the end of the list to its beginning, and some are renamed.
    await sql`
      update project set last_traffic_at = now() at time zone 'utc'
      where id in (select id from project order by created_at limit 500)`
  }
  const ids = JSON.parse(text).projects.map(({ id }: { id: string }) => id)
  expect([ids.length, new Set(ids).size]).toEqual([projects, projects])
})

it('ends when the browser goes away, and lets go of its connection and its snapshot', async () => {
  const { open, exports } = await start()
  const exportId = randomUUID()
  const answer = await open(pathOf({ exportId, format: 'json' }))
  await once(answer, 'readable')
  answer.destroy()
  await expect.poll(() => exports.get(exportId)?.state, patience).toBe('cancelled')
  await expect
    .poll(
      () => sql`select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      patience,
    )
    .toHaveLength(0)
})

it('that is cancelled is broken off, so that nobody takes it for whole', async () => {
  const { open, exports } = await start()
  const exportId = randomUUID()
  const answer = await open(pathOf({ exportId, format: 'json' }))
  await once(answer, 'readable')
  exports.cancel(exportId)
  await closeOf(answer)
  expect(answer.complete).toBe(false)
  await expect.poll(() => exports.get(exportId)?.state, patience).toBe('cancelled')
})

it('reads no faster than it is taken, and one of the platform runs at a time', async () => {
  const { open, get, exports } = await start()
  const exportId = randomUUID()
  const answer = await open(pathOf({ exportId, format: 'json' }))
  await once(answer, 'readable')
  expect((await get(pathOf())).body).toContain('Another export is running')
  // What nobody takes stays unread: sockets hold some hundreds of kilobytes, and no more pages are read then.
  expect(exports.get(exportId)).toMatchObject({ state: 'running' })
  expect(exports.get(exportId)?.rows ?? projects).toBeLessThan(projects)
  answer.destroy()
  await expect.poll(() => exports.get(exportId)?.state, patience).toBe('cancelled')
})

it('is for this console’s own page alone, and for requests that make sense', async () => {
  const { served, get } = await start()
  expect((await sendRaw(served.port, { path: pathOf() })).status).toBe(401)
  expect((await get(pathOf(), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await sendRaw(served.port, { path: pathOf(), host: 'evil.example' })).status).toBe(421)
  expect((await sendRaw(served.port, { path: pathOf(), method: 'HEAD' })).status).toBe(405)
  for (const path of [
    '/export',
    '/export?request=',
    '/export?request={',
    pathOf({ format: 'exe' }),
    pathOf({ source: { kind: 'projects', view: { ...view, sort: 'id; drop table project' } } }),
    pathOf({ exportId: '../x' }),
  ]) {
    expect((await get(path)).status).toBe(400)
  }
})
