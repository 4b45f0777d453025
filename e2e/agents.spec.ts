import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

async function openAgents(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Agents', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Intakes' })).toBeVisible()
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('Agents tells who acts, where traffic is seen and blocked, and what is out of step', async ({ vigie, folder }) => {
  await openAgents(vigie)
  await expect(card(vigie, 'Intakes').getByText('No intake is enrolled.')).toBeVisible()
  await expect(card(vigie, 'Edges').getByText('No edge is enrolled.')).toBeVisible()
  await folder.withSql(async (sql) => {
    await sql`
      insert into vigie.agent (id, entry, machine, version, parts, heartbeat_at, report)
      values (gen_random_uuid(), 'agent', 'lighthouse', '9.8.7', '{scheduler,containers}', now() + interval '10 minutes',
        '{"containers": {"error": {"code": "ENGINE_UNREACHABLE", "message": "The engine does not answer."}}}')`
    await sql`
      with intake as (
        insert into vigie.intake (machine, kind, source, flushed_at, covered_until, garbage_lines)
        values ('lighthouse', 'access_log', '/logs/traefik.json', now() + interval '10 minutes', now(), 17) returning id
      ), span as (
        insert into vigie.watch_span select id, now() - interval '80 hours', now() + interval '10 minutes' from intake
      )
      insert into vigie.intake_hour (intake_id, hour, hits, excluded)
      select id, date_trunc('hour', now()), 4321, 5 from intake`
    await sql`
      insert into vigie.edge (machine, directory, reconciled_at, out_of_step, error)
      values ('lighthouse', '/traefik/dynamic', now() + interval '10 minutes', 3,
        '{"code": "EDGE_DIRECTORY_FULL", "message": "The disk is full."}')`
    await sql`select pg_notify('vigie', '{"kind": "agent"}')`
  })
  const agent = card(vigie, 'Agents').getByRole('listitem').filter({ hasText: 'lighthouse' })
  await expect(agent.first()).toContainText('9.8.7')
  await expect(agent.first()).toContainText('scheduler, containers')
  await expect(agent.first()).toContainText('The engine does not answer. ENGINE_UNREACHABLE')
  const intake = card(vigie, 'Intakes').getByRole('listitem').filter({ hasText: 'lighthouse' })
  await expect(intake).toContainText('/logs/traefik.json')
  await expect(intake).toContainText('Alive')
  await expect(intake).toContainText('3 days ago')
  await expect(intake).toContainText('4,321, 5 excluded')
  await expect(intake).toContainText('17')
  const edge = card(vigie, 'Edges').getByRole('listitem').filter({ hasText: 'lighthouse' })
  await expect(edge).toContainText('The disk is full. EDGE_DIRECTORY_FULL')

  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  const overview = card(vigie, 'Traffic and containers')
  await expect(overview).toContainText('1 of 1 intake alive')
  await expect(overview).toContainText('hits per minute')
  await expect(overview).toContainText('3 projects’ files are out of step.')
  await expect(overview).toContainText('The disk is full. EDGE_DIRECTORY_FULL')
  await expect(overview).toContainText('The engine does not answer. ENGINE_UNREACHABLE')
})

test('an intake and an edge are retired with a reason', async ({ vigie, folder }) => {
  await folder.withSql(async (sql) => {
    await sql`insert into vigie.intake (machine, kind, source) values ('gone-1', 'access_log', '/a.log')`
    await sql`insert into vigie.edge (machine, directory) values ('gone-1', '/traefik')`
  })
  await openAgents(vigie)
  for (const [name, kind] of [
    ['Intakes', 'intake'],
    ['Edges', 'edge'],
  ] as const) {
    const item = card(vigie, name).getByRole('listitem').filter({ hasText: 'gone-1' })
    await item.getByRole('button', { name: 'Retire…' }).click()
    const form = item.getByRole('form', { name: `Retire the ${kind} on gone-1?` })
    await expect(form.getByLabel('Reason')).toBeFocused()
    await vigie.keyboard.press('Escape')
    await item.getByRole('button', { name: 'Retire…' }).click()
    await form.getByRole('button', { name: 'Retire', exact: true }).click()
    await expect(form.getByText('Say in a few words why.')).toBeVisible()
    await form.getByLabel('Reason').fill('The machine is gone')
    await form.getByRole('button', { name: 'Retire', exact: true }).click()
    await expect(item.getByText('Retired', { exact: true }).first()).toBeVisible()
    await expect(item.getByRole('button', { name: 'Retire…' })).toBeHidden()
  }
  const left = await folder.withSql(
    (sql) => sql`
      select machine from vigie.intake where machine = 'gone-1' and retired_at is null
      union all select machine from vigie.edge where machine = 'gone-1' and retired_at is null`,
  )
  expect([...left]).toEqual([])
  const decisions = card(vigie, 'Decisions').getByRole('listitem')
  await expect(decisions.nth(0)).toContainText('Edge retired: gone-1, /traefik')
  await expect(decisions.nth(1)).toContainText('Intake retired: access log on gone-1, /a.log')
  await expect(decisions.nth(1)).toContainText('The machine is gone')
})

test('an exclusion is observed, previewed, applied and ended', async ({ vigie, folder }) => {
  await openAgents(vigie)
  const exclusions = card(vigie, 'Exclusions')
  await exclusions.getByRole('button', { name: 'Observe another…' }).click()
  const form = exclusions.getByRole('form', { name: 'Observe an exclusion' })
  await form.getByLabel('What').selectOption('address range')
  await form.getByLabel('Address or range').fill('nonsense')
  await form.getByLabel('Reason').fill('Our own checks')
  await form.getByRole('button', { name: 'Observe', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('must be an address or a range')
  await form.getByLabel('Address or range').fill('192.0.2.0/24')
  await form.getByRole('button', { name: 'Observe', exact: true }).click()
  const item = exclusions.getByRole('listitem').filter({ hasText: '192.0.2.0/24' })
  await expect(item).toContainText('Our own checks')

  // One project has no other visits.
  const [project] = await folder.withSql(
    (sql) => sql<{ name: string }[]>`
      with chosen as (
        select p.id, p.name from project p join team t on t.id = p.team_id and t.status = 'active'
        where p.status = 'active' and not exists (select from team_subscription s where s.team_id = p.team_id)
        order by p.id limit 1
      ), cleared as (
        delete from vigie.traffic_day t using chosen c where t.project_id = c.id and t.day < (now() at time zone 'utc')::date
      ), today as (
        insert into vigie.traffic_day (project_id, day, hits)
        select c.id, (now() at time zone 'utc')::date, 9 from chosen c
        on conflict (project_id, day) do update set hits = 9
      ), matched as (
        insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
        select c.id, (now() at time zone 'utc')::date, x.id, true, 9, now()
        from chosen c, vigie.exclusion x where x.pattern = '192.0.2.0/24'
      )
      select name from chosen`,
  )
  await item.getByRole('button', { name: 'Apply…' }).click()
  await expect(item.getByText(/^1 project has no other visits/)).toBeVisible()
  await expect(item.getByRole('link', { name: project?.name ?? '', exact: true })).toBeVisible()
  await item.getByLabel('Reason').fill('Nobody’s visit')
  await item.getByRole('button', { name: 'Stop counting: 1 project may fall asleep' }).click()
  await expect(item.getByText('Applied', { exact: true })).toBeVisible()

  await item.getByRole('button', { name: 'End…' }).click()
  await item.getByLabel('Reason').fill('It was somebody after all')
  await item.getByRole('button', { name: 'End it' }).click()
  await expect(item.getByText('Ended', { exact: true })).toBeVisible()
  await expect(item.getByRole('button')).toHaveCount(0)
  const decisions = card(vigie, 'Decisions').getByRole('listitem')
  await expect(decisions.nth(0)).toContainText('Exclusion ended: address range 192.0.2.0/24')
  await expect(decisions.nth(0)).toContainText('It was somebody after all')
  await expect(decisions.nth(1)).toContainText('Exclusion applied: address range 192.0.2.0/24')
})
