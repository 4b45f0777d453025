import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import type { Log } from '../../../core/context.ts'
import { platformFileName } from '../../../core/routing/file-names.ts'
import { loadLikeTraefik } from '../../../core/routing/testing/traefik-double.ts'
import { openChangeFeed } from '../../database/change-feed.ts'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { createRoutingPart, type RoutingOptions } from './routing-part.ts'
import { createEdgeFixture, edgeSettings } from './testing/edge-fixture.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const platform = createEdgeFixture(database)
const feed = openChangeFeed(sql, database.log)
const releasers: (() => Promise<unknown>)[] = []
const patience = { timeout: 50_000, interval: 20 }
vi.setConfig({ testTimeout: 60_000 })

afterEach(async () => {
  for (const release of releasers.splice(0).reverse()) await release()
})

async function startPart(options: Partial<RoutingOptions> = {}) {
  const folder = options.directory ?? (await mkdtemp(path.join(tmpdir(), 'vigie-routing-')))
  await platform.retireEdges()
  const lines: { level: string; message: string; fields: Readonly<Record<string, unknown>> }[] = []
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, message, fields })
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') }
  const part = createRoutingPart(
    { ...database, log, watchChanges: feed.watch },
    {
      directory: folder,
      settings: edgeSettings,
      traefikUrl: null,
      intervalMs: 600_000,
      gaps: { blockingMs: 0, wakingMs: 0 },
      ...options,
    },
  )
  await part.start()
  releasers.push(async () => {
    await part.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { part, folder, lines }
}

const notify = (id: string) =>
  sql`select pg_notify('vigie', json_build_object('kind', 'project', 'projectId', ${id}::text)::text)`

/** A Traefik that routes by its files as they are, with the project's and the blocked page's answers. */
async function startTraefik(folder: string) {
  const asked: { hostname: string; userAgent: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    const hostname = request.headers.host ?? ''
    asked.push({ hostname, userAgent: request.headers['user-agent'] })
    const service = (await loadLikeTraefik(folder)).serviceOf(hostname)
    if (service === null) response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found\n')
    else if (service.startsWith('vigie-blocked')) {
      response.writeHead(503, { 'X-Robots-Tag': 'noindex', 'Cache-Control': 'no-store' }).end('asleep')
    } else response.writeHead(200).end('Hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  releasers.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }
}

it('follows what the database notifies, and proves that a woken project is reachable', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'vigie-routing-'))
  const traefik = await startTraefik(directory)
  const { part } = await startPart({ directory, traefikUrl: traefik.url, proof: { intervalMs: 10 } })
  const { id, alias } = await platform.project()
  await platform.sleep(id)
  await notify(id)
  await vi.waitFor(async () => expect(await platform.isBlocked(id)).toBe(true), patience)
  expect((await loadLikeTraefik(directory)).serviceOf(alias)).toMatch(/^vigie-blocked/)

  await platform.wake(id)
  await sql`
    insert into vigie.event (kind, project_id, entry, machine, version, created_at)
    values ('reactivated', ${id}, 'cli', 'm', '1', now() - interval '3 seconds')`
  await notify(id)
  await vi.waitFor(
    async () => expect((await platform.readEvents(id)).map(({ kind }) => kind)).toContain('reachable'),
    patience,
  )
  const told = (await platform.readEvents(id)).find(({ kind }) => kind === 'reachable')
  expect(told?.after).toEqual({ hostname: alias, afterSeconds: expect.any(Number) })
  expect(traefik.asked.at(-1)).toEqual({ hostname: alias, userAgent: 'Vigie-Probe/0.0.0' })
  expect(part.report?.()).toMatchObject({ error: null, directory, projectsOutOfStep: 0 })
})

it('takes up the proof that an agent before it was cut off from, and no other', async () => {
  const { id, alias } = await platform.project()
  const [proved, elsewhere, old] = [await platform.project(), await platform.project(), await platform.project()]
  const tell = (projectId: string, kind: string, ago: string, machine = database.origin.machine) => sql`
    insert into vigie.event (kind, project_id, entry, machine, version, created_at)
    values (${kind}, ${projectId}, 'agent', ${machine}, '1', now() - ${ago}::interval)`
  for (const projectId of [id, proved.id]) await tell(projectId, 'unblocked', '20 seconds')
  await tell(proved.id, 'reachable', '10 seconds')
  await tell(elsewhere.id, 'unblocked', '20 seconds', 'another')
  await tell(old.id, 'unblocked', '2 hours')
  const asked: string[] = []
  await startPart({
    traefikUrl: 'http://127.0.0.1:1',
    proof: {
      ask: async ({ hostname }) => {
        asked.push(hostname)
        return { status: 200, headers: {}, body: 'Hello' }
      },
    },
  })
  await vi.waitFor(
    async () => expect((await platform.readEvents(id)).map(({ kind }) => kind)).toEqual(['unblocked', 'reachable']),
    patience,
  )
  expect(asked).toEqual([alias])
})

it('says why a woken project is not reachable', async () => {
  const { folder } = await startPart({
    traefikUrl: 'http://127.0.0.1:1',
    proof: { patienceMs: 0, ask: async () => ({ status: 502, headers: {}, body: 'Bad Gateway' }) },
  })
  const { id, alias } = await platform.project()
  await platform.sleep(id)
  await notify(id)
  await vi.waitFor(async () => expect(await platform.isBlocked(id)).toBe(true), patience)
  await platform.wake(id)
  await notify(id)
  await vi.waitFor(
    async () => expect((await platform.readEvents(id)).map(({ kind }) => kind)).toContain('unreachable'),
    patience,
  )
  const told = (await platform.readEvents(id)).find(({ kind }) => kind === 'unreachable')
  expect(told?.after).toMatchObject({ hostname: alias, code: 'BAD_GATEWAY', message: expect.stringContaining('502') })
  expect(await readdir(folder)).toEqual([platformFileName(id)])
})

it('writes again only after a while, and then all that came meanwhile', async () => {
  const { folder, part } = await startPart({ gaps: { blockingMs: 600_000, wakingMs: 0 } })
  const [first, second] = [await platform.project(), await platform.project()]
  await platform.sleep(first.id)
  await notify(first.id)
  await vi.waitFor(async () => expect(await platform.isBlocked(first.id)).toBe(true), patience)
  const [name = ''] = await readdir(folder)
  const before = await readFile(path.join(folder, name), 'utf8')
  await platform.sleep(second.id)
  await notify(second.id)
  await part.stop()
  expect([await readdir(folder), await readFile(path.join(folder, name), 'utf8')]).toEqual([[name], before])
  expect(await platform.isBlocked(second.id)).toBe(false)
})

it('a project that wakes waits for no gap, also while a pass waits that only blocks', async () => {
  const [first, second] = [await platform.project(), await platform.project()]
  await platform.sleep(first.id)
  const { folder } = await startPart({ gaps: { blockingMs: 600_000, wakingMs: 0 } })
  await vi.waitFor(async () => expect(await platform.isBlocked(first.id)).toBe(true), patience)
  await platform.sleep(second.id)
  await notify(second.id)
  await platform.wake(first.id)
  await notify(first.id)
  const serviceOf = async (hostname: string) => (await loadLikeTraefik(folder)).serviceOf(hostname)
  await vi.waitFor(async () => expect(await serviceOf(first.alias)).toMatch(/^deployment-/), patience)
  expect(await serviceOf(second.alias)).toMatch(/^vigie-blocked/)
})

it('logs once what is wrong with its directory, and that it works again', async () => {
  const { folder, part, lines } = await startPart({ intervalMs: 20 })
  await rm(folder, { recursive: true, force: true })
  await writeFile(folder, 'a file in its place')
  const { id } = await platform.project()
  await platform.sleep(id)
  await vi.waitFor(() => expect(part.report?.().error).toMatchObject({ code: 'EDGE_DIRECTORY_MISSING' }), patience)
  await rm(folder)
  await mkdir(folder)
  await vi.waitFor(async () => expect(await platform.isBlocked(id)).toBe(true), patience)
  await vi.waitFor(() => expect(part.report?.().error).toBeNull(), patience)
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  expect(lines.map(({ message }) => message)).toContain('Traefik’s directory can be worked with again.')
})
