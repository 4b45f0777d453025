import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('a project tells who visits it and why that counts, and what its visitors get', async ({ vigie, folder }) => {
  const id = 'e2e0000000000000000000000000beef'
  await folder.withSql(async (sql) => {
    await sql`
      insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, created_at, last_traffic_at)
      select ${id}, 'watched-shop', 'watched-shop', 1, 'example/shop', i.installation_id, t.id,
        now() at time zone 'utc' - interval '40 days', now() at time zone 'utc' - interval '3 days'
      from team t, github_installation i where t.status = 'active' limit 1`
    await sql`
      insert into deployment (id, project_id, environment_id, branch, commit_sha, repo_id, repo_full_name, status, conclusion,
        container_id, container_status)
      values ('e2ed000000000000000000000000beef', ${id}, 'prod', 'main', 'c0ffee', 1, 'example/shop', 'completed', 'succeeded',
        'feedc0de0123456789', 'running')`
    await sql`
      insert into alias (subdomain, deployment_id, type, value)
      values ('watched-shop-main', 'e2ed000000000000000000000000beef', 'branch', 'main')`
    await sql`
      insert into vigie.traffic_day (project_id, day, hits)
      values (${id}, (now() at time zone 'utc')::date - 4, 40), (${id}, (now() at time zone 'utc')::date - 3, 7)`
    await sql`
      with x as (
        insert into vigie.exclusion (kind, pattern, status, reason, applied_at)
        values ('user_agent', 'ShopWatch', 'applied', 'Ours', now()) returning id
      ), day as (
        insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
        select ${id}, (now() at time zone 'utc')::date, id, false, 12, now() from x
      )
      insert into vigie.last_hit (project_id, is_excluded, at, hostname, client, intake_id, exclusion_id)
      select ${id}, false, now() - interval '3 days', 'shop.example.com', 'browser', 1, null::integer
      union all select ${id}, true, now(), 'shop.example.com', 'monitor', 1, id from x`
    await sql`insert into vigie.intake (machine, kind, source) values ('lighthouse', 'forward_auth', '127.0.0.1:9465')`
    await sql`insert into vigie.edge (machine, directory) values ('edge-1', '/traefik'), ('edge-2', '/traefik')`
  })
  await vigie.evaluate((project) => {
    window.location.hash = `#/projects?project=${project}`
  }, id)
  const traffic = vigie.getByRole('region', { name: 'Traffic', exact: true })
  await expect(
    traffic.getByRole('img', { name: /^Hits per day\. 47 hits in the last 30 days, on 2 of them\./ }),
  ).toBeVisible()
  await expect(traffic).toContainText('12 more were excluded and did not count.')
  await expect(traffic).toContainText('a browser')
  await expect(traffic).toContainText('not counted: user agent “ShopWatch”')
  await expect(traffic).toContainText('it does not keep the project awake')
  await expect(traffic).toContainText('counts when it opens.')

  const domains = vigie.getByRole('region', { name: 'Domains', exact: true })
  const alias = domains.getByRole('listitem').filter({ hasText: 'watched-shop-main' })
  const own = domains.getByRole('listitem').filter({ hasText: 'watched-shop-id-e2ed000' })
  await expect(alias).toContainText('Served')
  await expect(own).toContainText('Served')

  await folder.withSql(async (sql) => {
    await sql`
      update project set status = 'inactive', deactivated_at = now() at time zone 'utc' where id = ${id}`
    await sql`
      insert into vigie.edge_block (edge_id, project_id, deactivated_at)
      select e.id, p.id, p.deactivated_at from vigie.edge e, project p where e.machine = 'edge-1' and p.id = ${id}`
    await sql`select pg_notify('vigie', '{"kind": "edge"}')`
  })
  await expect(alias).toContainText('Being blocked: 1 of 2 edges have confirmed')
  await folder.withSql(async (sql) => {
    await sql`
      insert into vigie.edge_block (edge_id, project_id, deactivated_at)
      select e.id, p.id, p.deactivated_at from vigie.edge e, project p where e.machine = 'edge-2' and p.id = ${id}`
    await sql`
      insert into vigie.stopped_container (deployment_id, project_id, container_id, attempts, error)
      values ('e2ed000000000000000000000000beef', ${id}, 'feedc0de0123456789', 2,
        '{"code": "ENGINE_UNREACHABLE", "message": "The engine does not answer."}')`
    await sql`update deployment set container_status = 'stopped' where project_id = ${id}`
    await sql`select pg_notify('vigie', '{"kind": "edge"}')`
  })
  await expect(alias).toContainText('Blocked page (503)')
  await expect(own).toContainText('Blocked page (503)')
  const container = vigie.getByRole('region', { name: 'Containers', exact: true }).getByRole('listitem')
  await expect(container).toContainText('feedc0de0123')
  await expect(container).toContainText('Stopped by Vigie')
  await expect(container).toContainText('The engine does not answer. ENGINE_UNREACHABLE')
  await expect(container).toContainText('2 attempts failed')

  await folder.withSql(async (sql) => {
    await sql`update project set status = 'active', deactivated_at = null where id = ${id}`
    await sql`select pg_notify('vigie', '{"kind": "edge"}')`
  })
  await expect(alias).toContainText('Waiting for containers')
})

test('the sample has a month of traffic, and says so in French too', async ({ vigie, folder }) => {
  const [visited] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select project_id as id from vigie.traffic_day group by 1 having count(*) > 20 order by 1 limit 1`,
  )
  await vigie.evaluate((id) => {
    window.location.hash = `#/projects?project=${id}&lang=fr`
    window.location.reload()
  }, visited?.id ?? '')
  await expect(vigie.getByRole('img', { name: /^Requêtes par jour\. .* requêtes ces 30 derniers jours/ })).toBeVisible()
})
