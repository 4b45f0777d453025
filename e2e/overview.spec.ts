import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('Overview says how many projects are in each status, as the command line does', async ({ vigie, folder }) => {
  const stats = await folder.run('stats')
  const tile = (status: string) => vigie.getByRole('listitem').filter({ has: vigie.getByText(status, { exact: true }) })
  await expect(tile('Active').first()).toContainText(String(stats.active))
  await expect(tile('Inactive').first()).toContainText(String(stats.inactive))
  await expect(tile('Permanently disabled').first()).toContainText(String(stats.permanentlyDisabled))
  await expect(vigie.getByText('1,200 projects in all')).toBeVisible()
})

test('Overview says what a sweep now would do, as the preview does, and leads to it', async ({ vigie, folder }) => {
  const preview = await folder.run('sweep', '--preview')
  const card = vigie.getByRole('main')
  await expect(card).toContainText(`projects to put to sleep${preview.deactivated}`)
  await expect(card).toContainText(`projects to disable permanently${preview.disabled}`)
  await vigie.getByRole('link', { name: 'Open the preview' }).click()
  await expect(vigie.getByRole('heading', { name: 'Sweeps', level: 1 })).toBeVisible()
  await expect(vigie.getByRole('grid', { name: /Preview/ })).toBeVisible()
})

test('a number leads to the projects behind it', async ({ vigie }) => {
  await vigie
    .getByRole('main')
    .getByRole('link', { name: /^Paused/ })
    .click()
  await expect(vigie).toHaveURL(/#\/projects\?status=paused/)
  await expect(vigie.getByRole('row').nth(1)).toContainText('Paused')
})

test('Overview tells when each job is due, and who would do it', async ({ vigie, folder }) => {
  const ticks = vigie.getByRole('region', { name: 'Next ticks' })
  await expect(ticks).toContainText('Sweep 02:00 UTC')
  for (const job of ['Daily counts', 'Pruning', 'Deployments cleanup']) await expect(ticks).toContainText(job)
  const unattended = vigie.getByRole('region', { name: 'While nobody looks' })
  await expect(unattended).toContainText('No agent or scheduler was heard of')
  await folder.withSql(
    (sql) => sql`
      select vigie.agent_heartbeat('00000000-0000-4000-8000-000000000001', array['scheduler', 'mail'],
        '{"entry": "agent", "machine": "lighthouse", "version": "1"}')`,
  )
  await expect(unattended).toContainText('1 Vigie heard of within the last minute')
  await expect(unattended).toContainText('agent on lighthouse')
  await folder.withSql((sql) => sql`delete from vigie.agent`)
})

test('all of it is there in French too', async ({ openWindow, entry }) => {
  test.skip(entry === 'desktop', 'The desktop has one window, in the language of its system.')
  const page = await openWindow({ locale: 'fr-FR' })
  await expect(page.getByText('Désactivé définitivement').first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.context().close()
})

test('the other language is one step away, and kept', async ({ vigie }) => {
  await vigie.getByRole('button', { name: 'Français' }).click()
  await expect(vigie.getByRole('heading', { name: 'Vue d’ensemble', level: 1 })).toBeVisible()
  await vigie.reload()
  await expect(vigie.getByRole('heading', { name: 'Vue d’ensemble', level: 1 })).toBeVisible()
  await vigie.getByRole('button', { name: 'English' }).click()
  await expect(vigie.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('an address that leads nowhere says so; what a page does not know is named', async ({ vigie }) => {
  const goTo = (hash: string) =>
    vigie.evaluate((to) => {
      window.location.hash = to
    }, hash)
  await goTo('#/nowhere')
  await expect(vigie.getByText('There is no such page.')).toBeVisible()
  await vigie.getByRole('link', { name: 'To the overview' }).click()
  await expect(vigie.getByRole('heading', { name: 'Projects by status' })).toBeVisible()
  await goTo('#/projects?status=asleep&plan=paid')
  await expect(vigie.getByText(/leaves it out: status\.$/)).toBeVisible()
  await vigie.getByRole('button', { name: 'Got it' }).click()
  await expect(vigie).toHaveURL(/#\/projects\?plan=paid$/)
  await expect(vigie.getByText(/leaves it out/)).toBeHidden()
})
