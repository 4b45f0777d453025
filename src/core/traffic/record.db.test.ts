import { describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { initialiseTraffic } from './initialise.ts'
import { recordTraffic } from './record.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const deployDomain = 'apps.example'
const record = (hostname: string, at: string | null = null) => recordTraffic(database, { hostname, at, deployDomain })

let hostnames = 0
function nextHostname() {
  hostnames += 1
  return `site-${hostnames}.example`
}

async function projectRow(id: string) {
  const [row] = await sql`
    select status, last_traffic_at, updated_at,
      last_traffic_at > (now() at time zone 'utc') - interval '1 minute' as "isFresh",
      last_traffic_at > (now() at time zone 'utc') as "isFuture"
    from project where id = ${id}`
  return row
}

describe('traffic to an active project', () => {
  it('moves its clock forward and touches nothing else', async () => {
    const hostname = nextHostname()
    const id = await rows.project({ lastTraffic: { days: 4 }, domains: [{ hostname, status: 'active' }] })
    const before = await projectRow(id)
    expect(await record(hostname)).toMatchObject({ projectId: id, decision: 'pass' })
    expect(await projectRow(id)).toMatchObject({ isFresh: true, updated_at: before?.updated_at })
  })

  it('never moves it back', async () => {
    const hostname = nextHostname()
    const id = await rows.project({ lastTraffic: { days: 1 }, domains: [{ hostname, status: 'active' }] })
    const before = await projectRow(id)
    const recorded = await record(hostname, '2020-01-01T00:00:00.000Z')
    expect(recorded).toEqual({
      projectId: id,
      decision: 'pass',
      lastTrafficAt: before?.last_traffic_at,
      isFuture: false,
    })
  })

  it('counts a time in the future as now', async () => {
    const hostname = nextHostname()
    const id = await rows.project({ lastTraffic: null, domains: [{ hostname, status: 'active' }] })
    expect(await record(hostname, '2999-01-01T00:00:00.000Z')).toMatchObject({ isFuture: true })
    expect(await projectRow(id)).toMatchObject({ isFresh: true, isFuture: false })
  })

  it('keeps an exact time in UTC, whatever the zone of the process', async () => {
    const hostname = nextHostname()
    await rows.project({ lastTraffic: null, domains: [{ hostname, status: 'active' }] })
    const recorded = await record(hostname, '2026-03-08T07:30:00.123Z')
    expect(recorded.lastTrafficAt).toBe('2026-03-08T07:30:00.123Z')
    const [stored] = await sql`select last_traffic_at::text as at from project where id = ${recorded.projectId}`
    expect(stored).toEqual({ at: '2026-03-08 07:30:00.123' })
  })
})

it.each([
  ['inactive', 'blocked'],
  ['permanently_disabled', 'blocked'],
  ['paused', 'pass'],
] as const)('traffic to a project that is %s is %s and changes nothing', async (status, decision) => {
  const hostname = nextHostname()
  const id = await rows.project({ status, lastTraffic: { days: 9 }, domains: [{ hostname, status: 'disabled' }] })
  const before = await projectRow(id)
  expect(await record(hostname)).toMatchObject({ projectId: id, decision })
  expect(await projectRow(id)).toEqual(before)
})

describe('a hostname', () => {
  it('under the deploy domain leads through alias and deployment', async () => {
    const id = await rows.project()
    await rows.deployment(id, 'shop')
    for (const name of ['shop.apps.example', 'SHOP.apps.example.', 'shop.apps.example:8443']) {
      expect(await record(name)).toMatchObject({ projectId: id, decision: 'pass' })
    }
  })

  it('of a deployment leads to its project', async () => {
    const id = await rows.project({ slug: 'my-id-shop' })
    const deployment = await rows.deployment(id, null)
    expect(await record(`my-id-shop-id-${deployment.slice(0, 7)}.apps.example`)).toMatchObject({ projectId: id })
    expect(await record('my-id-shop-id-0000000.apps.example')).toMatchObject({ decision: 'unknown' })
  })

  it('on several projects is the active one’s, then the oldest’s', async () => {
    const hostname = nextHostname()
    const oldest = await rows.project({ domains: [{ hostname, status: 'disabled' }] })
    const active = await rows.project({ domains: [{ hostname, status: 'active' }] })
    expect(await record(hostname)).toMatchObject({ projectId: active })
    await sql`update domain set status = 'failed' where project_id = ${active}`
    await sql`update domain set created_at = created_at - interval '1 day' where project_id = ${oldest}`
    expect(await record(hostname)).toMatchObject({ projectId: oldest })
  })

  it('in another script is compared in punycode', async () => {
    const id = await rows.project({ domains: [{ hostname: 'xn--bcher-kva.example', status: 'active' }] })
    expect(await record('Bücher.example')).toMatchObject({ projectId: id })
  })

  it.each([
    'nobody.example',
    'nobody.apps.example',
    'a.b.apps.example',
    'apps.example',
    '',
    '..',
    '-.example',
    "x'; drop table project; --.example",
    'a\0b.example',
    'x'.repeat(10_000_000),
    '{{ template }}.example',
  ])('that is nobody’s, or none at all, is unknown', async (name) => {
    expect(await record(name)).toEqual({ projectId: null, decision: 'unknown', lastTrafficAt: null, isFuture: false })
  })
})

describe('the first initialisation', () => {
  it('gives every project without traffic the time of its last edit, once', async () => {
    await sql`truncate project cascade`
    const edited = await rows.project({ created: { days: 10 }, lastTraffic: null })
    const future = await rows.project({ created: { days: -10 }, lastTraffic: null })
    const visited = await rows.project({ lastTraffic: { days: 2 } })
    const before = await projectRow(visited)
    expect(await initialiseTraffic(sql, { source: 'updated-at', batchSize: 1 })).toBe(2)
    expect(await initialiseTraffic(sql, { source: 'updated-at' })).toBe(0)
    const row = await projectRow(edited)
    expect(row?.last_traffic_at).toBe(row?.updated_at)
    expect(await projectRow(future)).toMatchObject({ isFuture: false, isFresh: true })
    expect(await projectRow(visited)).toEqual(before)
  })

  it('or now', async () => {
    const id = await rows.project({ lastTraffic: null })
    expect(await initialiseTraffic(sql, { source: 'now' })).toBe(1)
    expect(await projectRow(id)).toMatchObject({ isFresh: true })
  })
})
