import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

/** Nobody was seen for more than a day; returns what puts the traffic back. */
async function silence(folder: VigieFolder): Promise<() => Promise<unknown>> {
  await folder.withSql(
    (sql) => sql`
      create table public.e2e_traffic as
      select id, last_traffic_at from project
      where status = 'active' and last_traffic_at > (now() at time zone 'utc') - interval '25 hours'`,
  )
  await folder.withSql(
    (sql) => sql`
      update project p set last_traffic_at = p.last_traffic_at - interval '25 hours'
      from public.e2e_traffic t where t.id = p.id`,
  )
  return async () => {
    await folder.withSql(
      (sql) => sql`
        update project p set last_traffic_at = t.last_traffic_at from public.e2e_traffic t
        where t.id = p.id and p.status = 'active'`,
    )
    await folder.withSql((sql) => sql`drop table public.e2e_traffic`)
  }
}

test('a sweep that looks wrong is held, says so on every page, and does nothing when it is dismissed', async ({
  vigie,
  folder,
}) => {
  const restore = await silence(folder)
  try {
    const before = await folder.run('stats')
    const answer = await folder.run('sweep')
    expect(answer).toMatchObject({ run: { outcome: 'held' }, hold: { brakes: [{ brake: 'recorder_silent' }] } })

    const notice = vigie.getByRole('alert', { name: 'A sweep is held' })
    await expect(notice).toBeVisible()
    await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
    await expect(notice).toBeVisible()
    await notice.getByRole('button', { name: 'Look at it' }).click()
    await expect(notice.getByText(/Traffic may not be recorded/)).toBeVisible()
    await expect(notice.getByRole('link').first()).toBeVisible()

    await notice.getByRole('button', { name: 'Dismiss: do nothing' }).click()
    await expect(notice.getByText('Say in a few words why.')).toBeVisible()
    await notice.getByRole('textbox', { name: 'Reason' }).fill('The recorder was switched off')
    await notice.getByRole('button', { name: 'Dismiss: do nothing' }).click()
    await expect(notice).toBeHidden()
    expect(await folder.run('stats')).toEqual(before)
    expect(await folder.run('hold', 'show')).toEqual({ hold: null })
  } finally {
    await restore()
  }
})
