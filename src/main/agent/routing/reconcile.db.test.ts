import { expect, it } from 'vitest'
import { retireEdge } from '../../../core/routing/edges.ts'
import { asideFileName, platformFileName } from '../../../core/routing/file-names.ts'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { createEdgeFixture } from './testing/edge-fixture.ts'

const database = await createTestDatabase()
const { sql } = database
const platform = createEdgeFixture(database)

it('blocks every hostname of a project, and brings its file back byte for byte', async () => {
  const edge = await platform.openEdge()
  const project = await platform.project()
  const { id } = project
  const text = await edge.writePlatformFile(id, { prefix: '# the platform’s own words\n' })
  await platform.sleep(id)
  expect(await platform.isBlocked(id)).toBe(false)

  expect(await edge.reconcile()).toMatchObject({ ownFiles: 1, setAside: 1, outOfStep: 0, error: null })
  const asleep = await edge.load()
  for (const hostname of [project.alias, project.domain, project.redirect, project.ownHostname]) {
    expect([hostname, asleep.serviceOf(hostname)]).toEqual([hostname, expect.stringMatching(/^vigie-blocked-\d\d$/)])
  }
  expect(await edge.names()).toContain(asideFileName(id))
  expect(await platform.isBlocked(id)).toBe(true)
  expect(await platform.readEvents(id)).toEqual([{ kind: 'blocked', after: { hostnames: 4 } }])

  expect(await edge.reconcile()).toMatchObject({ ownFiles: 0, setAside: 0, broughtBack: 0, served: [] })

  await platform.wake(id)
  const pass = await edge.reconcile()
  expect(pass).toMatchObject({ ownFiles: 1, broughtBack: 1, outOfStep: 0, served: [{ projectId: id }] })
  expect(await edge.names()).toEqual([platformFileName(id)])
  expect(await edge.read(platformFileName(id))).toBe(text)
  expect((await edge.load()).serviceOf(project.domain)).toBe(`deployment-${project.deploymentId}@docker`)
  expect((await platform.readEvents(id)).map(({ kind }) => kind)).toEqual(['blocked', 'unblocked'])
  expect((await edge.reconcile()).served).toEqual([])
})

it('writes the file as the platform would when something changed meanwhile', async () => {
  const edge = await platform.openEdge()
  const { id, domain, redirect } = await platform.project()
  await edge.writePlatformFile(id)
  await platform.sleep(id)
  await edge.reconcile()
  await sql`delete from domain where hostname = ${redirect}`
  await platform.wake(id)
  await edge.reconcile()
  const { serviceOf } = await edge.load()
  expect([serviceOf(redirect), serviceOf(domain)]).toEqual([null, expect.stringContaining('@docker')])
  expect(await edge.names()).toEqual([platformFileName(id)])
})

it('leaves no file when no router remains, nor when the project is gone', async () => {
  const edge = await platform.openEdge()
  const [one, other] = [await platform.project(), await platform.project()]
  for (const { id } of [one, other]) {
    await edge.writePlatformFile(id)
    await platform.sleep(id)
  }
  await edge.reconcile()
  await sql`delete from alias where subdomain = ${one.alias.split('.')[0] ?? ''}`
  await platform.wake(one.id)
  await sql`delete from project where id = ${other.id}`
  expect(await edge.reconcile()).toMatchObject({ outOfStep: 0, error: null })
  expect(await edge.names()).toEqual([])
})

it('sets a file aside again that the platform writes while its project sleeps, later each time', async () => {
  const edge = await platform.openEdge()
  const { id, alias, domain } = await platform.project()
  await edge.writePlatformFile(id)
  await platform.sleep(id)
  await edge.reconcile()
  await edge.writePlatformFile(id)
  expect(await edge.reconcile()).toMatchObject({ setAside: 0, ownFiles: 0, outOfStep: 1 })
  expect((await edge.load()).serviceOf(alias)).toMatch(/^vigie-blocked/)
  edge.wait(61_000)
  expect(await edge.reconcile()).toMatchObject({ setAside: 1, outOfStep: 0 })
  await edge.writePlatformFile(id)
  edge.wait(61_000)
  expect(await edge.reconcile()).toMatchObject({ setAside: 0, outOfStep: 1 })

  // What it wrote last lacks the domains, which were disabled then.
  await platform.wake(id)
  await edge.reconcile()
  expect(await edge.names()).toEqual([platformFileName(id)])
  expect((await edge.load()).serviceOf(domain)).toMatch(/@docker$/)
})

it('takes what the platform wrote just now for newer than what it has read', async () => {
  const edge = await platform.openEdge()
  const { id, redirect } = await platform.project()
  await edge.writePlatformFile(id)
  await platform.sleep(id)
  await edge.reconcile()
  await platform.wake(id)
  const text = await edge.writePlatformFile(id, { prefix: '# newer\n', isFresh: true })
  await sql`delete from domain where hostname = ${redirect}`
  await edge.reconcile()
  expect(await edge.names()).toEqual([platformFileName(id)])
  expect(await edge.read(platformFileName(id))).toBe(text)
})

it('leaves a hostname to the project that has it, and tells of it once', async () => {
  const edge = await platform.openEdge()
  const { id, domain, alias } = await platform.project()
  await platform.sleep(id)
  await sql`update domain set status = 'disabled' where hostname = ${domain}`
  const other = await platform.rows.project({ domains: [{ hostname: domain, status: 'active' }] })
  await edge.reconcile()
  edge.restart()
  await edge.reconcile()
  const { serviceOf } = await edge.load()
  expect([serviceOf(domain), serviceOf(alias)]).toEqual([null, expect.stringMatching(/^vigie-blocked/)])
  expect(await platform.readEvents(id)).toEqual([
    { kind: 'blocked', after: { hostnames: 3 } },
    { kind: 'hostname_left', after: { hostname: domain } },
  ])
  await sql`delete from project where id = ${other}`
  await edge.reconcile()
  expect((await edge.load()).serviceOf(domain)).toMatch(/^vigie-blocked/)
})

it('blocks no hostname of somebody else’s that a row of domain claims', async () => {
  const edge = await platform.openEdge()
  const victim = await platform.project()
  const { id } = await platform.project()
  for (const hostname of [victim.alias, victim.ownHostname, 'platform.example', 'apps.example', 'a`) || Host(`b']) {
    await sql`insert into domain (project_id, hostname, status) values (${id}, ${hostname}, 'active')`
  }
  await platform.sleep(id)
  expect(await edge.reconcile()).toMatchObject({ error: null, unusable: new Set([id]) })
  const { serviceOf } = await edge.load()
  for (const hostname of [victim.alias, victim.ownHostname, 'platform.example', 'apps.example', 'b']) {
    expect([hostname, serviceOf(hostname)]).toEqual([hostname, null])
  }
})

it('leaves alone what was not routed: domains that are pending, failed, or that their owner had disabled', async () => {
  const edge = await platform.openEdge()
  const { id } = await platform.project()
  await platform.sleep(id)
  for (const status of ['pending', 'failed', 'disabled']) {
    await sql`insert into domain (project_id, hostname, status) values (${id}, ${`${status}.${id}.example`}, ${status})`
  }
  await edge.reconcile()
  const { routers } = await edge.load()
  expect([...routers.values()].filter(({ rule }) => rule.includes(id))).toEqual([])
  // Of a sleeper of the first version nothing is remembered.
  await sql`delete from vigie.sleeper where project_id = ${id}`
  await edge.reconcile()
  expect((await edge.load()).serviceOf(`disabled.${id}.example`)).toMatch(/^vigie-blocked/)
})

it('blocks a project when every enrolled edge has confirmed, and tells of it once', async () => {
  const one = await platform.openEdge()
  const two = await platform.openEdge({ machine: 'two', isBeside: true })
  const { id } = await platform.project()
  await one.reconcile()
  await two.reconcile()
  await platform.sleep(id)
  await one.reconcile()
  expect([await platform.isBlocked(id), await platform.readEvents(id)]).toEqual([false, []])
  await two.reconcile()
  await one.reconcile()
  expect(await platform.isBlocked(id)).toBe(true)
  expect((await platform.readEvents(id)).map(({ kind }) => kind)).toEqual(['blocked'])

  await sql`update project set status = 'permanently_disabled', deactivated_at = now() at time zone 'utc' where id = ${id}`
  expect(await platform.isBlocked(id)).toBe(false)
  await one.reconcile()
  await two.reconcile()
  expect(await platform.isBlocked(id)).toBe(true)
  expect(await platform.readEvents(id)).toHaveLength(1)

  await sql`update project set status = 'inactive' where id = ${id}`
  await platform.wake(id)
  expect((await two.reconcile()).served).toEqual([])
  expect((await one.reconcile()).served).toMatchObject([{ projectId: id }])
  expect((await platform.readEvents(id)).map(({ kind }) => kind)).toEqual(['blocked', 'unblocked'])

  await platform.sleep(id)
  await one.reconcile()
  const { edgeId } = two
  expect(await retireEdge(database, { edgeId, reason: 'it is gone' })).toEqual({ isChanged: true })
  expect(await retireEdge(database, { edgeId, reason: 'it is gone' })).toEqual({ isChanged: false })
  await expect(retireEdge(database, { edgeId: 0, reason: 'no' })).rejects.toMatchObject({ code: 'EDGE_NOT_FOUND' })
  expect(await platform.isBlocked(id)).toBe(true)
})

it('leaves a woken project on the blocked page until its containers run', async () => {
  const edge = await platform.openEdge()
  const { id, alias, deploymentId } = await platform.project()
  await edge.writePlatformFile(id)
  await platform.sleep(id)
  await edge.reconcile()
  await sql`insert into vigie.stopped_container (deployment_id, project_id, container_id) values (${deploymentId}, ${id}, 'c1')`
  await sql`
    insert into vigie.agent (id, entry, machine, version, parts)
    values (gen_random_uuid(), 'agent', 'm', '1', '{containers}')`
  await platform.wake(id)
  expect(await edge.reconcile()).toMatchObject({ ownFiles: 0, broughtBack: 0, served: [] })
  expect((await edge.load()).serviceOf(alias)).toMatch(/^vigie-blocked/)
  expect(await platform.isBlocked(id)).toBe(false)
  await sql`delete from vigie.stopped_container where project_id = ${id}`
  expect(await edge.reconcile()).toMatchObject({ broughtBack: 1, served: [{ projectId: id }] })
  await sql`delete from vigie.agent`
})

it('writes nothing while routing is paused or an outage waits for a person', async () => {
  const edge = await platform.openEdge()
  const { id } = await platform.project()
  await platform.sleep(id)
  await sql`insert into vigie.pause (part, reason) values ('routing', 'a test')`
  expect(await edge.reconcile()).toMatchObject({ isHeld: true, ownFiles: 0 })
  await sql`delete from vigie.pause`
  await sql`insert into vigie.gap (last_heartbeat_at) values (now())`
  expect(await edge.reconcile()).toMatchObject({ isHeld: true, ownFiles: 0 })
  expect([await edge.names(), await platform.isBlocked(id)]).toEqual([[], false])
  await sql`delete from vigie.gap`
  expect((await edge.reconcile()).isHeld).toBe(false)
  expect(await edge.names()).not.toEqual([])
})

it('is refused once another agent keeps the directory', async () => {
  const edge = await platform.openEdge()
  const { id } = await platform.project()
  await platform.sleep(id)
  await platform.openEdge({ folder: edge.folder, isBeside: true })
  await expect(edge.reconcile()).rejects.toMatchObject({ code: 'CLAIM_LOST' })
  expect(await edge.names()).toEqual([])
})
