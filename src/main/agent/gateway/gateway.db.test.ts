import { once } from 'node:events'
import net from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reactivateProject } from '../../../core/reactivate.ts'
import { probeUserAgent } from '../../../core/traffic/hit.ts'
import { createRows } from '../../database/testing/platform-rows.ts'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { waitUntil } from '../testing/agent-fixture.ts'
import { deployDomain, startGatewayFixture } from './testing/gateway-fixture.ts'

const database = await createTestDatabase({ maxConnections: 8 })
const { sql } = database
const rows = createRows(sql)
let gateway: Awaited<ReturnType<typeof startGatewayFixture>>
let team: string
let active: string
let asleep: string

const domain = (hostname: string, status: 'active' | 'disabled' = 'active') => [{ hostname, status }]

beforeAll(async () => {
  team = await rows.team({ owners: ['owner@gateway.example'] })
  active = await rows.project({ team, slug: 'owl', domains: domain('owl.example') })
  await rows.deployment(active, 'owl-main')
  asleep = await rows.project({
    team,
    name: 'Lark <b>',
    status: 'inactive',
    deactivated: { days: 1 },
    domains: domain('lark.example', 'disabled'),
  })
  await rows.deployment(asleep, 'lark-main')
  await rows.project({
    team,
    status: 'permanently_disabled',
    deactivated: { days: 1 },
    domains: domain('wren.example'),
  })
  gateway = await startGatewayFixture(database)
})
afterAll(() => gateway.part.stop())

const hitsOf = async (projectId: string) => {
  await sql`select vigie.ask_flush()`
  const [row] = await sql<{ hits: number }[]>`
    select coalesce(sum(hits), 0)::integer as hits from vigie.traffic_day where project_id = ${projectId}`
  return row?.hits ?? 0
}

describe('the gateway', () => {
  it('answers for the hostnames that Vigie blocks, on each of their kinds', async () => {
    for (const hostname of ['lark.example', `lark-main.${deployDomain}`, 'LARK.example.:8443']) {
      const { status, headers, body } = await gateway.visit(hostname)
      expect([hostname, status, headers['retry-after']]).toEqual([hostname, 503, '3600'])
      expect(body).toContain('<h1>Lark &lt;b&gt; is asleep</h1>')
    }
    expect((await gateway.visit('wren.example')).status).toBe(410)
  })

  it('and for no others', async () => {
    for (const hostname of ['owl.example', 'nobody.example', '127.0.0.1', '', `nothing.${deployDomain}`]) {
      const { status, headers, body } = await gateway.visit(hostname)
      expect([hostname, status, body]).toEqual([hostname, 404, 'Nothing is here.\n'])
      expect(headers['x-robots-tag']).toBe('noindex')
    }
  })

  it('in the language and form that is asked for, with any method, and to HEAD without a body', async () => {
    const french = await gateway.visit('lark.example', { headers: { 'Accept-Language': 'fr' } })
    expect(french.body).toContain('est en veille')
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND']) {
      const program = await gateway.visit('lark.example', {
        method,
        path: '/api',
        headers: { Accept: '*/*' },
        body: 'x',
      })
      expect(program).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } })
      expect(JSON.parse(program.body)).toMatchObject({ code: 'PROJECT_INACTIVE', hostname: 'lark.example' })
    }
    const head = await gateway.visit('lark.example', { method: 'HEAD' })
    expect(head).toMatchObject({ status: 503, body: '' })
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1_000)
  })

  it('says that a project wakes up while an edge still leads here', async () => {
    const project = await rows.project({ team, name: 'Robin', domains: domain('robin.example') })
    await sql`insert into vigie.edge_block (edge_id, project_id) values (1, ${project})`
    const { status, headers, body } = await gateway.visit('robin.example')
    expect([status, headers['retry-after']]).toEqual([503, '5'])
    expect(body).toContain('Robin is waking up')
  })

  it('hears at once that a project was woken', async () => {
    const project = await rows.project({
      team,
      status: 'inactive',
      deactivated: { days: 1 },
      domains: domain('finch.example', 'disabled'),
    })
    expect((await gateway.forward('finch.example')).status).toBe(503)
    await reactivateProject(database, { projectId: project, onBehalfOf: 'owner@gateway.example', reason: 'a test' })
    await waitUntil(async () => (await gateway.forward('finch.example')).status === 204)
    await waitUntil(async () => (await gateway.visit('finch.example')).status === 404)
  })
})

describe('forward auth', () => {
  it('lets an active project’s request pass and counts it once', async () => {
    const before = await hitsOf(active)
    for (const hostname of ['owl.example', `owl-main.${deployDomain}`, 'OWL.example:443']) {
      expect(await gateway.forward(hostname)).toMatchObject({ status: 204, body: '' })
    }
    await waitUntil(async () => (await hitsOf(active)) === before + 3)
    const [last] = await sql`select hostname from vigie.last_hit where project_id = ${active}`
    expect(last).toEqual({ hostname: 'owl.example' })
    const [intake] = await sql`select kind, retired_at as "retiredAt" from vigie.intake`
    expect(intake).toEqual({ kind: 'forward_auth', retiredAt: null })
  })

  it('gives the visitor of a blocked one the page itself, and counts nothing', async () => {
    const forwarded = await gateway.forward('lark.example', { Accept: 'text/html' })
    const visited = await gateway.visit('lark.example')
    expect([forwarded.status, forwarded.body]).toEqual([visited.status, visited.body])
    expect(await hitsOf(asleep)).toBe(0)
  })

  it('counts no probe of Vigie’s own', async () => {
    const before = await hitsOf(active)
    await gateway.forward('owl.example', { 'User-Agent': probeUserAgent('1.0.0') })
    await gateway.forward('owl.example', { 'User-Agent': 'Mozilla/5.0' })
    await waitUntil(async () => (await hitsOf(active)) > before)
    expect(await hitsOf(active)).toBe(before + 1)
  })

  it('lets pass what nobody owns, whatever the header holds', async () => {
    const odd = fc.oneof(
      fc.constantFrom(
        '',
        '..',
        '../..',
        '{{ .Host }}',
        '`owl.example`',
        'a'.repeat(10_240),
        '[::1]',
        'xn--',
        'owl.example, lark.example',
      ),
      fc.string({ unit: fc.constantFrom(...'abcXYZ019.-_:/\\{}`$%&<>"\' '), maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('é', 'ü', 'ÿ', '.', 'a'), maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(odd, async (hostname) => {
        expect(await gateway.forward(hostname)).toMatchObject({ status: 204 })
        expect((await gateway.visit(hostname)).status).toBe(404)
      }),
      { numRuns: 60 },
    )
    const twice = await gateway.forward('', { 'X-Forwarded-Host': ['owl.example', 'lark.example'] })
    expect(twice.status).toBe(204)
  })

  it('knows a hostname by its punycode', async () => {
    await rows.project({
      team,
      status: 'inactive',
      deactivated: { days: 1 },
      domains: domain('xn--hibou-fsa.example', 'disabled'),
    })
    expect((await gateway.forward('xn--HIBOU-fsa.example')).status).toBe(503)
  })

  it('takes the headers of a visitor with a great many cookies', async () => {
    expect((await gateway.forward('owl.example', { Cookie: 'x'.repeat(200_000) })).status).toBe(204)
  })

  it('is not there unless it was asked for', async () => {
    const plain = await startGatewayFixture(database, { isForwardAuth: false })
    try {
      expect((await plain.forward('owl.example')).status).toBe(404)
      expect((await plain.visit('lark.example')).status).toBe(503)
    } finally {
      await plain.part.stop()
    }
  })
})

describe('a client that misbehaves', () => {
  it.each([
    ['no HTTP', 'HELO\r\n\r\n', /^HTTP\/1.1 400/],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1.1 400/],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(2_000_000)}`, /^HTTP\/1.1 431/],
  ])('%s is refused', async (_name, text, expected) => {
    const socket = net.connect(gateway.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(text)
    const [data] = await once(socket, 'data')
    expect(String(data)).toMatch(expected)
    socket.destroy()
  })
})
