import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

test.describe.configure({ mode: 'serial' })

/** A preview that is kept, as a night that only observes keeps it. */
async function keepPreview(folder: VigieFolder): Promise<void> {
  await folder.withSql(
    (sql) => sql`
      with run as materialized (
        select vigie.start_run('sweep', '{"entry": "agent", "machine": "lighthouse", "version": "1"}',
          '00000000-0000-4000-8000-000000000000') as id),
      listed as materialized (
        select r.id, vigie.list_run(r.id, '00000000-0000-4000-8000-000000000000', null) as counts from run r)
      select vigie.finish_preview(l.id, '00000000-0000-4000-8000-000000000000', l.counts) from listed l`,
  )
}

/** Free projects of living teams that were visited a moment ago. */
async function pickVisited(folder: VigieFolder, count: number): Promise<{ id: string; name: string }[]> {
  return await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`
      select p.id, p.name from project p join team t on t.id = p.team_id and t.status = 'active'
      left join team_subscription s on s.team_id = p.team_id
      where p.status = 'active' and s.id is null and p.last_traffic_at > now() at time zone 'utc' - interval '4 days'
        and p.created_at < now() at time zone 'utc' - interval '10 days'
        and not exists (select from vigie.exemption e where e.project_id = p.id or e.team_id = p.team_id)
      order by p.id limit ${count}`,
  )
}

const gridOf = (page: Page): Locator => page.getByRole('grid', { name: 'Preview: Put to sleep' })
const choose = (page: Page, name: RegExp) => page.getByRole('link', { name }).click()

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
  }, hash)
}

test('from the start to a sweep that was reviewed and runs are at most five interactions', async ({
  vigie,
  folder,
}) => {
  await folder.withSql((sql) =>
    sql.unsafe(`
      create function hold_sweep() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(7); return null; end $$;
      create trigger hold_sweep after update on project for each statement execute function hold_sweep()`),
  )
  let interactions = 0
  const act = async (work: Promise<void>) => {
    interactions += 1
    await work
  }
  await folder.withSql(async (sql) => {
    await sql`select pg_advisory_lock(7)`
    await act(vigie.getByRole('link', { name: 'Sweeps' }).click())
    await expect(
      gridOf(vigie)
        .getByRole('gridcell', { name: /^No traffic for/ })
        .first(),
    ).toBeVisible()
    await act(vigie.getByRole('link', { name: /^Permanently disable/ }).click())
    await expect(vigie.getByRole('gridcell', { name: /^Inactive for/ }).first()).toBeVisible()
    await act(vigie.getByRole('button', { name: 'Run sweep' }).click())
    await act(vigie.getByRole('button', { name: /^Put \d+ to sleep/ }).click())
    await expect(vigie.getByRole('heading', { name: /^Sweep \d+ is running$/ })).toBeVisible()
    expect(interactions).toBeLessThanOrEqual(5)

    // While nothing goes on, no time is told that nobody knows.
    await expect(vigie.getByText('getting ready…')).toBeVisible()
    await vigie.getByRole('button', { name: 'Cancel' }).click()
    await expect(vigie.getByRole('status').filter({ hasText: 'ending after this batch' })).toBeAttached()
    await expect
      .poll(() => sql`select from vigie.job_run where finished_at is null and cancel_requested_at is not null`)
      .toHaveLength(1)
  })
  await expect(vigie.getByText('Cancelled').first()).toBeVisible()
  await folder.withSql((sql) => sql.unsafe('drop trigger hold_sweep on project; drop function hold_sweep()'))
})

test('the preview is compared with the last one that was kept, and says why each project is gone', async ({
  vigie,
  folder,
}) => {
  const [visited, paused, stays, fresh] = await pickVisited(folder, 4)
  if (!visited || !paused || !stays || !fresh) throw new Error('the sample is too small')
  const makeIdle = (id: string) =>
    folder.withSql(
      (sql) => sql`update project set last_traffic_at = now() at time zone 'utc' - interval '6 days' where id = ${id}`,
    )
  await makeIdle(visited.id)
  await makeIdle(paused.id)
  await makeIdle(stays.id)
  await keepPreview(folder)
  await makeIdle(fresh.id)
  await folder.withSql(async (sql) => {
    await sql`update project set last_traffic_at = now() at time zone 'utc' where id = ${visited.id}`
    await sql`update project set status = 'paused' where id = ${paused.id}`
  })

  await vigie.getByRole('link', { name: 'Sweeps' }).click()
  await expect(vigie.getByText(/^Compared with the preview that was kept on/)).toBeVisible()
  await expect(gridOf(vigie).getByRole('row', { name: fresh.name }).getByText('new')).toBeVisible()
  await expect(gridOf(vigie).getByRole('row', { name: stays.name })).not.toContainText('new')
  await choose(vigie, /^New since then 1$/)
  await expect(gridOf(vigie).getByRole('row')).toHaveCount(2)
  await expect(gridOf(vigie).getByRole('link', { name: fresh.name })).toBeVisible()
  await choose(vigie, /^Gone since then 2$/)
  await expect(gridOf(vigie).getByRole('row', { name: visited.name })).toContainText('Visited')
  await expect(gridOf(vigie).getByRole('row', { name: paused.name })).toContainText('Paused')
  await choose(vigie, /^By reason$/)
  await gridOf(vigie).getByRole('button', { name: 'Visited 1 project' }).click()
  await expect(gridOf(vigie).getByRole('link', { name: visited.name })).toBeVisible()
  await expect(vigie).toHaveURL(/since=gone&by=reason&open=visited/)
  await vigie.reload()
  await expect(gridOf(vigie).getByRole('link', { name: visited.name })).toBeVisible()
  await expect(gridOf(vigie).getByRole('link', { name: paused.name })).toBeHidden()
})

test('an address with a group that is not there shows the others, and says so', async ({ vigie }) => {
  await goTo(vigie, '#/sweeps?by=reason&open=paused')
  await expect(vigie.getByText('A group of this address is not in the list any more.')).toBeVisible()
  await expect(
    gridOf(vigie).getByRole('button', { name: /^Not visited since its last visit \d+ project/ }),
  ).toBeVisible()
})

test('other thresholds are asked for, never saved', async ({ vigie, folder }) => {
  const before = await folder.run('sweep', '--preview')
  await goTo(vigie, '#/sweeps?view=what-if')
  const panel = vigie.getByRole('region', { name: 'What if the thresholds were others?' })
  await expect(panel.getByText('nothing is changed', { exact: false })).toBeVisible()
  await expect(panel.getByText('The same number of projects would be due.')).toBeVisible()
  const sleep = panel.getByLabel('Put to sleep after', { exact: true })
  await sleep.fill('3')
  await expect(panel.getByText(/more projects? would be due/)).toBeVisible()
  const [, byPolicy, byThese] = await panel
    .getByRole('row', { name: 'put to sleep' })
    .locator('th, td')
    .allTextContents()
  expect(byPolicy).toBe(String(before.deactivated))

  await sleep.fill('no')
  await expect(panel.getByText('A whole number from 1 to 3,650.')).toBeVisible()
  await expect(sleep).toHaveAttribute('aria-invalid', 'true')
  await expect(panel.getByRole('row', { name: 'put to sleep' })).toContainText(String(byThese))
  await panel.getByRole('slider', { name: 'Put to sleep after, by slider' }).press('ArrowRight')
  await expect(sleep).toHaveValue('4')
  await expect(vigie).toHaveURL(/inactive=4/)
  await vigie.reload()
  await expect(sleep).toHaveValue('4')
  await panel.getByRole('button', { name: 'As the policy' }).click()
  await expect(sleep).toHaveValue('5')
  expect(await folder.run('policy', 'get', 'inactiveAfterDays')).toEqual({ inactiveAfterDays: 5 })

  // It was true: with the threshold in force, the preview says what was foretold.
  await folder.run('policy', 'set', 'inactiveAfterDays', '3', '--reason', 'To compare')
  expect(String((await folder.run('sweep', '--preview')).deactivated)).toBe(byThese)
  await folder.run('policy', 'set', 'inactiveAfterDays', '5', '--reason', 'As before')
})

test('a team of two thousand due projects is one group, read as far as one looks', async ({ vigie, folder }) => {
  test.setTimeout(240_000)
  await folder.withSql(
    (sql) => sql`
      insert into project (id, name, repo_id, repo_full_name, github_installation_id, team_id, status, created_at,
        updated_at, last_traffic_at)
      select md5('large ' || n), 'Large ' || lpad(n::text, 4, '0'), 700000 + n, 'example/large', i.installation_id, t.id,
        'active', now() at time zone 'utc' - interval '90 days', now() at time zone 'utc' - interval '90 days',
        now() at time zone 'utc' - interval '30 days' + n * interval '1 second'
      from generate_series(1, 2000) n,
        (select installation_id from github_installation order by 1 limit 1) i,
        (select t.id from team t left join team_subscription s on s.team_id = t.id
          where t.status = 'active' and s.id is null
            and not exists (select from vigie.exemption e where e.team_id = t.id) order by t.id limit 1) t`,
  )
  await goTo(vigie, '#/sweeps?by=team')
  const grid = gridOf(vigie)
  const head = grid.getByRole('button').first()
  await expect(head).toHaveAccessibleName(/ 2,0\d\d projects$/)
  await grid.focus()
  await vigie.keyboard.press('ArrowDown')
  await vigie.keyboard.press('Enter')
  await expect(head).toHaveAttribute('aria-expanded', 'true')
  await expect(grid.getByRole('link', { name: 'Large 0001' })).toBeVisible()
  await expect(async () => {
    await grid
      .getByRole('link', { name: /^Large \d+$/ })
      .last()
      .scrollIntoViewIfNeeded({ timeout: 1_000 })
    await expect(grid.getByRole('link', { name: 'Large 2000' })).toBeVisible({ timeout: 1 })
  }).toPass({ timeout: 180_000, intervals: [10] })
  await vigie.keyboard.press('End')
  await expect(grid.getByRole('button', { name: / 1 project$/ }).last()).toBeVisible()
  await vigie.keyboard.press('Home')
  await expect(head).toBeVisible()
  await vigie.keyboard.press('Enter')
  await expect(head).toHaveAttribute('aria-expanded', 'false')
  await expect(grid.getByRole('link', { name: 'Large 0001' })).toBeHidden()
})
