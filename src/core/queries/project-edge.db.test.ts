import { describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { listProjectContainers } from './project-containers.ts'
import { listProjectHostnames } from './project-hostnames.ts'
import { readProjectTraffic } from './project-traffic.ts'

const { sql } = await createTestDatabase()
const rows = createRows(sql)

async function enrolEdge(machine: string): Promise<number> {
  const [edge] = await sql<{ id: number }[]>`
    insert into vigie.edge (machine, directory) values (${machine}, '/traefik') returning id`
  return edge?.id ?? 0
}

const confirm = (edgeId: number, projectId: string) => sql`
  insert into vigie.edge_block (edge_id, project_id, deactivated_at)
  select ${edgeId}, p.id, p.deactivated_at from project p where p.id = ${projectId}`

const getsOf = async (projectId: string) =>
  (await listProjectHostnames(sql, projectId)).map((hostname) => hostname.gets.kind)

describe('traffic', () => {
  it('has thirty days, the last of them today, with what was kept apart and what the project became', async () => {
    const id = await rows.project()
    await sql`
      insert into vigie.traffic_day (project_id, day, hits)
      values (${id}, (now() at time zone 'utc')::date, 12), (${id}, (now() at time zone 'utc')::date - 29, 3),
        (${id}, (now() at time zone 'utc')::date - 30, 99)`
    await sql`
      insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
      select ${id}, (now() at time zone 'utc')::date, x.id, x.is_counted, x.hits, now()
      from (values (1, false, 5), (2, false, 2), (3, true, 70)) x (id, is_counted, hits)`
    await sql`select vigie.ensure_partitions(now() - make_interval(days => back)) from generate_series(0, 2) back`
    await sql`
      insert into vigie.event (kind, project_id, entry, machine, version, after, created_at)
      values ('deactivated', ${id}, 'agent', 'm', '1', '{"status": "inactive"}', now() - interval '2 days'),
        ('changed_outside', ${id}, 'agent', 'm', '1', '{"status": "permanently_disabled"}', now() - interval '1 day'),
        ('woken_by_upgrade', ${id}, 'agent', 'm', '1', '{"status": "active"}', now() - interval '1 day'),
        ('reactivated', ${id}, 'agent', 'm', '1', '{"status": "active"}', now())`
    const { days } = await readProjectTraffic(sql, id)
    expect(days).toHaveLength(30)
    expect(days.at(-1)).toMatchObject({ hits: 12, excluded: 7, became: ['active'] })
    expect(days[0]).toMatchObject({ hits: 3, excluded: 0 })
    expect(days.map((day) => day.became).filter((became) => became.length > 0)).toEqual([
      ['inactive'],
      ['active', 'permanently_disabled'],
      ['active'],
    ])
    expect(days.map((day) => day.day).toSorted()).toEqual(days.map((day) => day.day))
  })

  it('has the last counted and the last excluded hit, with why', async () => {
    const id = await rows.project()
    expect(await readProjectTraffic(sql, id)).toMatchObject({ lastCounted: null, lastExcluded: null, intakeKinds: [] })
    const [intake] = await sql<{ id: number }[]>`
      insert into vigie.intake (machine, kind, source) values ('edge-1', 'access_log', '/a.log') returning id`
    await sql`
      insert into vigie.intake (machine, kind, source, retired_at, retired_by)
      values ('edge-2', 'forward_auth', 'x', now(), 'ada')`
    const [exclusion] = await sql<{ id: number }[]>`
      insert into vigie.exclusion (kind, pattern, status, reason, applied_at)
      values ('list', 'monitors', 'applied', 'No visitors', now()) returning id`
    await sql`
      insert into vigie.watch_span (intake_id, span_from, span_to)
      values (${intake?.id ?? 0}, '2026-01-01T00:00:00Z', now())`
    await sql`
      insert into vigie.last_hit (project_id, is_excluded, at, hostname, client, intake_id, exclusion_id)
      values (${id}, false, '2026-02-01T00:00:00Z', 'shop.example.com', 'browser', ${intake?.id ?? 0}, null),
        (${id}, true, '2026-02-02T00:00:00Z', 'shop.example.com', 'monitor', 999, ${exclusion?.id ?? 0})`
    expect(await readProjectTraffic(sql, id)).toMatchObject({
      watchedSince: '2026-01-01T00:00:00.000Z',
      intakeKinds: ['access_log'],
      lastCounted: {
        at: '2026-02-01T00:00:00.000000Z',
        hostname: 'shop.example.com',
        client: 'browser',
        intake: { machine: 'edge-1', kind: 'access_log' },
        exclusion: null,
      },
      lastExcluded: { client: 'monitor', intake: null, exclusion: { kind: 'list', pattern: 'monitors' } },
    })
  })
})

describe('hostnames', () => {
  it('of a project that is none there are none', async () => {
    expect(await listProjectHostnames(sql, 'beef')).toEqual([])
  })

  it('tell what visitors get, from the sleep to the way back', async () => {
    const id = await rows.project({
      slug: 'shop',
      status: 'inactive',
      deactivated: { days: 1 },
      domains: [
        { hostname: 'off.example.com', status: 'failed' },
        { hostname: 'shop.example.com', status: 'disabled' },
      ],
    })
    const deployment = await rows.deployment(id, 'shop-main')
    await sql`
      update deployment set container_id = 'c1', container_status = 'running' where id = ${deployment}`
    expect(await listProjectHostnames(sql, id)).toMatchObject([
      { kind: 'alias', label: 'shop-main', gets: { kind: 'notBlocked' } },
      { kind: 'domain', gets: { kind: 'unrouted' } },
      { kind: 'domain', gets: { kind: 'notBlocked' } },
      { kind: 'deployment', label: `shop-id-${deployment.slice(0, 7)}`, gets: { kind: 'notBlocked' } },
    ])
    const [first, second] = [await enrolEdge('edge-1'), await enrolEdge('edge-2')]
    await confirm(first, id)
    expect((await listProjectHostnames(sql, id))[0]).toMatchObject({
      gets: { kind: 'beingBlocked', status: 503, confirmed: 1, edges: 2 },
    })
    await confirm(second, id)
    expect(await getsOf(id)).toEqual(['blocked', 'unrouted', 'blocked', 'blocked'])
    // A later deactivation has to be confirmed anew.
    await sql`
      update project set status = 'permanently_disabled', deactivated_at = now() at time zone 'utc' where id = ${id}`
    expect((await listProjectHostnames(sql, id))[0]).toMatchObject({
      gets: { kind: 'beingBlocked', status: 410, confirmed: 0, edges: 2 },
    })
    await sql`update project set status = 'active', deactivated_at = null where id = ${id}`
    await sql`
      insert into vigie.stopped_container (deployment_id, project_id, container_id) values (${deployment}, ${id}, 'c1')`
    expect(await getsOf(id)).toEqual(['waitingForContainers', 'unrouted', 'unrouted', 'waitingForContainers'])
    await sql`delete from vigie.stopped_container`
    await sql`delete from vigie.edge_block where edge_id = ${first}`
    expect((await listProjectHostnames(sql, id))[0]).toMatchObject({
      gets: { kind: 'beingServed', freed: 1, edges: 2 },
    })
    await sql`update vigie.edge set retired_at = now(), retired_by = 'ada'`
    expect((await getsOf(id))[0]).toBe('served')
  })

  it('that another project has are that one’s', async () => {
    const hostname = 'both.example.com'
    const other = await rows.project({ name: 'The other', domains: [{ hostname, status: 'active' }] })
    const sleeper = await rows.project({
      status: 'inactive',
      deactivated: { days: 1 },
      domains: [{ hostname, status: 'disabled' }],
    })
    expect(await listProjectHostnames(sql, sleeper)).toMatchObject([
      { kind: 'domain', gets: { kind: 'elsewhere', projectId: other, projectName: 'The other' } },
    ])
    expect(await getsOf(other)).toEqual(['served'])
  })
})

describe('containers', () => {
  it('are told with what Vigie did to them and what went wrong', async () => {
    const id = await rows.project()
    expect(await listProjectContainers(sql, id)).toEqual({ containers: [], total: 0 })
    const [old, running, gone] = [
      await rows.deployment(id, null),
      await rows.deployment(id, 'running'),
      await rows.deployment(id, null),
    ]
    await sql`
      update deployment d set container_id = v.container, container_status = v.status::deployment_container_status,
        created_at = (now() at time zone 'utc') - make_interval(days => v.days)
      from (values (${old}, 'old', 'stopped', 2), (${running}, 'new', 'running', 1), (${gone}, 'gone', 'removed', 0))
        v (id, container, status, days)
      where d.id = v.id`
    await sql`
      insert into vigie.stopped_container (deployment_id, project_id, container_id, attempts, error)
      values (${old}, ${id}, 'old', 2, '{"code": "ENGINE_UNREACHABLE", "message": "No answer."}')`
    const { containers, total } = await listProjectContainers(sql, id)
    expect(total).toBe(2)
    expect(containers).toMatchObject([
      { deploymentId: running, containerId: 'new', status: 'running', isReferenced: true, stop: null },
      {
        deploymentId: old,
        status: 'stopped',
        isReferenced: false,
        stop: { attempts: 2, error: { code: 'ENGINE_UNREACHABLE', message: 'No answer.' } },
      },
    ])
  })
})
