import { once } from 'node:events'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findEdgeProgram } from '../../../../scripts/edge-programs.mjs'
import { createRows } from '../../database/testing/platform-rows.ts'
import { type AgentFixture, createAgentFixture, waitUntil } from '../testing/agent-fixture.ts'
import { fetchRaw, type RawRequest } from './testing/fetch-raw.ts'
import { findFreePort, startProxy, startSite } from './testing/proxies.ts'

/* The sample configurations of resources/forward-auth/, with the proxies that Debian has, in front of a small site. */

let fixture: AgentFixture
let rows: ReturnType<typeof createRows>
let site: Awaited<ReturnType<typeof startSite>>
let gatewayPort: number
let agent: ReturnType<AgentFixture['startAgent']>

const startAgent = async () => {
  agent = fixture.startAgent({
    args: ['--without', 'scheduler,mail', '--gateway', `127.0.0.1:${gatewayPort}`, '--forward-auth'],
  })
  await waitUntil(() => agent.log.some(({ msg }) => msg === 'The agent works.'), { timeoutMs: 60_000 })
}

beforeAll(async () => {
  fixture = await createAgentFixture()
  rows = createRows(fixture.sql)
  site = await startSite()
  gatewayPort = await findFreePort()
  await startAgent()
})
afterAll(async () => {
  await site.stop()
  await fixture.stop()
})

describe.each(['caddy', 'nginx'] as const)('%s asks about each request', (name) => {
  const program = findEdgeProgram(name, process.env)
  if (program === null) {
    console.warn(`SKIPPED: there is no ${name} here. \`npm test\` fetches it on Debian, as root.`)
    it.skip('is not installed', () => {})
    return
  }
  let proxy: Awaited<ReturnType<typeof startProxy>>
  let active: string
  const hostname = `owl-${name}.example`
  const asleep = `lark-${name}.example`
  const disabled = `wren-${name}.example`

  beforeAll(async () => {
    const team = await rows.team({ owners: [`${name}@proxies.example`] })
    const add = (host: string, spec: Parameters<typeof rows.project>[0]) =>
      rows.project({
        team,
        name: host,
        slug: host.replace('.', '-'),
        domains: [{ hostname: host, status: 'active' }],
        ...spec,
      })
    active = await add(hostname, {})
    await add(asleep, { status: 'inactive', deactivated: { days: 1 } })
    await add(disabled, { status: 'permanently_disabled', deactivated: { days: 1 } })
    proxy = await startProxy(name, program, { site: site.port, gateway: gatewayPort })
  })
  afterAll(() => proxy.stop())

  const visit = (host: string, request: RawRequest = {}) =>
    fetchRaw(proxy.port, { ...request, headers: { Host: host, Accept: 'text/html', ...request.headers } })
  const hits = async () => {
    await fixture.sql`select vigie.ask_flush()`
    const [row] = await fixture.sql<{ hits: number }[]>`
      select coalesce(sum(hits), 0)::integer as hits from vigie.traffic_day where project_id = ${active}`
    return row?.hits ?? 0
  }
  const expectHits = (count: number) =>
    waitUntil(async () => (await hits()) >= count, { timeoutMs: 60_000, intervalMs: 50 }).then(async () =>
      expect(await hits()).toBe(count),
    )

  it('and a site that is awake is served, whatever the method, and counted once', async () => {
    const before = await hits()
    expect(await visit(hostname, { path: '/a?b=c' })).toMatchObject({ status: 200, body: 'site: GET /a?b=c' })
    expect(await visit(hostname, { method: 'POST', body: 'x=y' })).toMatchObject({ status: 200, body: 'site: POST /' })
    expect((await visit('nobody.example')).body).toContain('site: GET /')
    await expectHits(before + 2)
  })

  it('and a visitor of one that sleeps gets the blocked page as it is', async () => {
    const direct = await fetchRaw(gatewayPort, { headers: { Host: asleep, Accept: 'text/html' } })
    for (const request of [{}, { method: 'POST', body: 'x=y' }]) {
      const answer = await visit(asleep, request)
      expect([answer.status, answer.body]).toEqual([503, direct.body])
      for (const header of [
        'retry-after',
        'x-robots-tag',
        'cache-control',
        'content-security-policy',
        'content-type',
      ]) {
        expect([header, answer.headers[header]]).toEqual([header, direct.headers[header]])
      }
    }
    expect((await visit(disabled)).status).toBe(410)
    const program = await visit(asleep, { headers: { Accept: 'application/json' } })
    expect(program.headers['content-type']).toBe('application/problem+json')
  })

  it('and one who forges the headers is not taken for somebody else’s visitor', async () => {
    const before = await hits()
    const forged = await visit(asleep, { headers: { 'X-Forwarded-Host': hostname, 'X-Forwarded-Uri': '/' } })
    expect(forged.status).toBe(503)
    expect((await visit(hostname, { headers: { 'X-Forwarded-Host': asleep } })).status).toBe(200)
    await expectHits(before + 1)
  })

  it('and a connection that lasts counts when it is opened', async () => {
    const before = await hits()
    const socket = net.connect(proxy.port, '127.0.0.1')
    try {
      socket.write(
        `GET /live HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      )
      const [data] = await once(socket, 'data')
      expect(String(data)).toMatch(/^HTTP\/1.1 101 /)
      await expectHits(before + 1)
    } finally {
      socket.destroy()
    }
  })

  it('and while the agent is down every site is served', async () => {
    await fixture.kill(agent)
    try {
      expect(await visit(hostname)).toMatchObject({ status: 200, body: 'site: GET /' })
      expect((await visit(asleep)).status).toBe(200)
    } finally {
      await startAgent()
    }
    await waitUntil(async () => (await visit(asleep)).status === 503, { timeoutMs: 60_000 })
  })
})
