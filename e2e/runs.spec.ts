import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

async function openRuns(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sweeps', exact: true }).click()
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible()
}

test('a sweep is taken back, where nothing else happened since', async ({ vigie, folder }) => {
  await folder.withSql(
    (sql) => sql`
      update project p set last_traffic_at = now() at time zone 'utc' - interval '6 days'
      where p.id in (select p.id from project p
        left join team_subscription s on s.team_id = p.team_id join team t on t.id = p.team_id
        where p.status = 'active' and s.id is null and t.status = 'active' order by p.id limit 9)`,
  )
  const before = await folder.run('stats')
  const sweep = await folder.run('sweep', '--override-brakes', '--reason', 'More than on other nights')
  expect(sweep).toMatchObject({ run: { outcome: 'done' } })
  const { id } = sweep.run as { id: number }
  const [asleep, disabled] = [Number(sweep.deactivated), Number(sweep.disabled)]
  const [woken] = await folder.withSql(
    (sql) => sql<{ id: string; email: string }[]>`
      select e.project_id as id, min(u.email) as email from vigie.event e
      join team_member m on m.team_id = e.team_id and m.role = 'owner'
      join "user" u on u.id = m.user_id and u.status = 'active'
      where e.run_id = ${id} and e.kind = 'deactivated' group by 1 order by 1 limit 1`,
  )
  if (woken === undefined) throw new Error('the sweep put nobody’s project to sleep')
  await folder.run('reactivate', woken.id, '--on-behalf-of', woken.email, '--reason', 'Asked for')

  await openRuns(vigie)
  await vigie.getByRole('button', { name: `Details of run ${id}`, exact: true }).click()
  await vigie.getByRole('button', { name: 'Take back…' }).click()
  const form = vigie.getByRole('form', { name: `Take back run ${id}?` })
  // Counted as it would go now, not as the sweep went.
  await expect(form).toContainText(`${asleep - 1} projects put to sleep by it become active again`)
  await expect(form).toContainText('Left alone: 1 project reactivated since.')
  await expect(form.getByLabel('Reason')).toBeFocused()
  const action = form.getByRole('button', { name: `Take back ${asleep + disabled - 1} projects` })
  await action.click()
  await expect(form.getByText('Say in a few words why.')).toBeVisible()
  await form.getByLabel('Reason').fill('Traffic was not recorded')
  await action.click()

  const details = vigie.getByRole('table', { name: 'Runs' })
  await expect(details.getByText(`${asleep - 1} projects active again, ${disabled} inactive again.`)).toBeVisible()
  await expect(details.getByText('1 project reactivated since')).toBeVisible()
  await expect(details.getByText('Traffic was not recorded')).toBeVisible()
  expect(await folder.run('stats')).toEqual(before)
  await details.getByRole('link', { name: `Takes back run ${id}` }).click()
  await expect(details.getByRole('link', { name: /^Taken back by run/ })).toBeVisible()
  const row = details
    .getByRole('row')
    .filter({ has: vigie.getByRole('button', { name: `Details of run ${id}`, exact: true }) })
  await expect(row.getByText('Taken back', { exact: true })).toBeVisible()
  await details.getByRole('button', { name: 'Take back…' }).click()
  await expect(form).toContainText('Nothing of it is left to take back')
  await expect(form.getByRole('button', { name: 'Take back 0 projects' })).toBeDisabled()
})

test('a run that is not there is said to be missing', async ({ vigie }) => {
  await vigie.evaluate(() => {
    window.location.hash = '#/sweeps?view=runs&run=99999'
  })
  await expect(vigie.getByRole('alert').getByText('There is no run 99999, or it is no longer kept.')).toBeVisible()
  await expect(vigie.getByRole('table', { name: 'Runs' })).toBeVisible()
})

test('a preview that was kept shows its exact list; the jobs can be told apart', async ({ vigie, folder }) => {
  const [preview] = await folder.withSql(
    (sql) => sql<{ id: number }[]>`
      insert into vigie.job_run (job, tick, entry, machine, version, started_at, finished_at, outcome, is_preview, deactivated)
      values ('sweep', date_trunc('day', now()) - interval '140 days', 'agent', 'lighthouse', '1', now(), now(), 'done', true, 2)
      returning id`,
  )
  const id = preview?.id ?? 0
  const listed = await folder.withSql(
    (sql) => sql<{ name: string }[]>`
      with kept as (
        insert into vigie.run_project (run_id, stage, project_id)
        select ${id}, 'deactivate', p.id from project p where p.status = 'active' order by p.id limit 2
        returning project_id)
      select p.name from project p join kept k on k.project_id = p.id`,
  )
  await folder.withSql(
    (sql) => sql`
      insert into vigie.job_run (job, tick, entry, machine, version, finished_at, outcome)
      values ('counts', now() - interval '41 days', 'agent', 'lighthouse', '1', now(), 'done')`,
  )
  await openRuns(vigie)
  const table = vigie.getByRole('table', { name: 'Runs' })
  const row = table
    .getByRole('row')
    .filter({ has: vigie.getByRole('button', { name: `Details of run ${id}`, exact: true }) })
  await expect(row).toContainText('Preview')
  await expect(row).toContainText('00:00 UTC')
  await expect(row).toContainText('lighthouse')
  await row.getByRole('button').click()
  await expect(table.getByText(/2 projects would have been put to sleep/)).toBeVisible()
  await expect(table.getByRole('button', { name: 'Take back…' })).toBeHidden()
  await table.getByRole('button', { name: 'Show the list' }).click()
  for (const { name } of listed) await expect(table.getByRole('link', { name, exact: true }).first()).toBeVisible()

  await vigie.getByRole('combobox', { name: 'Show the runs of' }).selectOption('Daily counts')
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(vigie).toHaveURL(/job=counts/)
  await table.getByRole('row').nth(1).getByRole('button').click()
  await expect(table.getByText('The projects of the day before were counted by status.')).toBeVisible()
})

test('a held sweep keeps what was decided on it', async ({ vigie, folder }) => {
  const [held] = await folder.withSql(
    (sql) => sql<{ id: number }[]>`
      with run as (
        insert into vigie.job_run (job, entry, machine, version, finished_at, outcome)
        values ('sweep', 'agent', 'lighthouse', '1', now(), 'held') returning id)
      insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled, status, closed_at, closed_by, reason)
      select id, now(), '[{"brake": "changed_outside", "projects": 40}]', 40, 0, 'dismissed', now(), 'ada', 'Another sweeper'
      from run returning run_id as id`,
  )
  await openRuns(vigie)
  await vigie.getByRole('button', { name: `Details of run ${held?.id}`, exact: true }).click()
  const table = vigie.getByRole('table', { name: 'Runs' })
  await expect(table.getByText('A brake held it. Nothing was written.')).toBeVisible()
  const row = table
    .getByRole('row')
    .filter({ has: vigie.getByRole('button', { name: `Details of run ${held?.id}`, exact: true }) })
  await expect(row).toContainText('Held, dismissed')
  await expect(row).toContainText('40 to sleep, 0 to disable')
  await expect(table.getByText(/40 projects were/)).toBeVisible()
  await expect(table.getByText('Another sweeper')).toBeVisible()
  await expect(table.getByText(/^Dismissed/)).toContainText('ada')
})

test('a sweep lists whose owner was not told', async ({ vigie, folder }) => {
  const [left] = await folder.withSql(
    (sql) => sql<{ id: number; name: string }[]>`
      with run as (
        insert into vigie.job_run (job, entry, machine, version, finished_at, outcome, disabled, not_told)
        values ('sweep', 'agent', 'lighthouse', '1', now(), 'done', 3, 1) returning id
      ), kept as (
        insert into vigie.run_project (run_id, stage, project_id, is_not_told)
        select r.id, 'disable', p.id, true from run r, (
          select p.id from project p where p.status = 'inactive' order by p.id limit 1) p
        returning run_id, project_id)
      select k.run_id as id, p.name from kept k join project p on p.id = k.project_id`,
  )
  if (left === undefined) throw new Error('nobody sleeps')
  await openRuns(vigie)
  await vigie.getByRole('button', { name: `Details of run ${left.id}`, exact: true }).click()
  const table = vigie.getByRole('table', { name: 'Runs' })
  await expect(table.getByText(/^1 project not disabled: no mail/)).toBeVisible()
  await table.getByRole('button', { name: 'Show the list' }).click()
  await expect(table.getByRole('heading', { name: 'Projects whose owner was not told (1)' })).toBeVisible()
  await expect(table.getByRole('link', { name: left.name, exact: true })).toBeVisible()
  await expect(table.getByText('owner not told', { exact: true })).toBeVisible()
})
