import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test.describe.configure({ mode: 'serial' })

test('a sweep is cancelled while it runs, between two batches', async ({ vigie, folder }) => {
  const before = await folder.run('stats')
  await folder.withSql((sql) =>
    sql.unsafe(`
      create function hold_sweep() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(7); return null; end $$;
      create trigger hold_sweep after update on project for each statement execute function hold_sweep()`),
  )
  await folder.withSql(async (sql) => {
    await sql`select pg_advisory_lock(7)`
    await vigie.getByRole('link', { name: 'Sweeps' }).click()
    await vigie.getByRole('button', { name: 'Run sweep' }).click()
    await vigie.getByRole('button', { name: /^Put \d+ to sleep/ }).click()
    await expect(vigie.getByText(/^0 of \d+ projects$/)).toBeVisible()
    await vigie.getByRole('button', { name: 'Cancel' }).click()
    await expect(vigie.getByRole('button', { name: /Cancelling/ })).toBeVisible()
    // The button says so at once; the batch may go on when the request has arrived.
    await expect
      .poll(() => sql`select from vigie.job_run where finished_at is null and cancel_requested_at is not null`)
      .toHaveLength(1)
  })
  await expect(vigie.getByText('Cancelled').first()).toBeVisible()
  await folder.withSql((sql) => sql.unsafe('drop trigger hold_sweep on project; drop function hold_sweep()'))
  const after = await folder.run('stats')
  // The first stage is one batch here: it was done whole, the second was not begun.
  expect(after.permanentlyDisabled).toBe(before.permanentlyDisabled)
})

test('a sweep is previewed, confirmed by its numbers, run, and kept among the runs', async ({ vigie, folder }) => {
  await folder.withSql(
    (sql) => sql`
      update project p set last_traffic_at = now() at time zone 'utc' - interval '6 days'
      where p.id in (select p.id from project p
        left join team_subscription s on s.team_id = p.team_id join team t on t.id = p.team_id
        where p.status = 'active' and s.id is null and t.status = 'active' order by p.id limit 9)`,
  )
  const preview = await folder.run('sweep', '--preview')
  const [asleep, disabled] = [Number(preview.deactivated), Number(preview.disabled)]
  expect(asleep).toBeGreaterThanOrEqual(5)
  await vigie.getByRole('link', { name: 'Sweeps' }).click()
  await expect(vigie.getByRole('grid', { name: /Preview/ }).getByRole('row')).toHaveCount(asleep + 1)
  await vigie.getByRole('button', { name: 'Run sweep' }).click()
  await expect(vigie.getByText(`Put ${asleep} projects to sleep and permanently disable ${disabled}.`)).toBeVisible()
  await vigie.getByRole('button', { name: `Put ${asleep} to sleep, disable ${disabled}` }).click()
  await expect(
    vigie.getByText(`${asleep} projects put to sleep, ${disabled} permanently disabled.`).first(),
  ).toBeVisible()
  expect(await folder.run('sweep', '--preview')).toMatchObject({ deactivated: 0, disabled: 0 })
  await vigie.getByRole('link', { name: 'Runs' }).click()
  const latest = vigie.getByRole('table').getByRole('row').nth(1)
  await expect(latest).toContainText('Done')
  await expect(latest).toContainText(String(asleep))
})

test('when nothing is due, there is nothing to run', async ({ vigie }) => {
  await vigie.getByRole('link', { name: 'Sweeps' }).click()
  await expect(vigie.getByText('Nothing is due.')).toBeVisible()
  await expect(vigie.getByRole('button', { name: 'Run sweep' })).toBeDisabled()
})
