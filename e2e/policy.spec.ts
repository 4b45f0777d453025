import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

test.describe.configure({ mode: 'serial' })

const changesOf = (page: Page) => page.getByRole('region', { name: 'Your changes' })

async function openPolicy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Policy', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Policy', level: 1 })).toBeVisible()
}

test('a change says what it would do before it is saved, needs a reason, and stands on record', async ({
  vigie,
  folder,
}) => {
  const before = await folder.run('sweep', '--preview')
  await openPolicy(vigie)
  const panel = changesOf(vigie)
  await vigie.getByLabel('Put to sleep after').fill('4')
  await expect(panel.getByText('5 days → 4 days')).toBeVisible()
  await panel.getByRole('button', { name: 'Preview' }).click()
  await expect(
    panel
      .getByText(`${before.deactivated} projects to put to sleep, ${before.disabled} to disable permanently`)
      .first(),
  ).toBeVisible()
  const more = await panel.getByText(/more projects would be due/).textContent()
  expect(await folder.run('policy', 'get', 'inactiveAfterDays')).toEqual({ inactiveAfterDays: 5 })

  await panel.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(panel.getByText('Say in a few words why.')).toBeVisible()
  await expect(panel.getByLabel('Reason')).toBeFocused()
  await panel.getByLabel('Reason').fill('Quiet winter')
  await panel.getByRole('button', { name: 'Save 1 change' }).click()
  await expect(panel.getByText('Saved.')).toBeVisible()
  expect(await folder.run('policy', 'get', 'inactiveAfterDays')).toEqual({ inactiveAfterDays: 4 })
  const after = await folder.run('sweep', '--preview')
  expect(more).toContain(`${Number(after.deactivated) - Number(before.deactivated)} more projects`)
  const entry = vigie.getByRole('region', { name: 'Record' }).getByRole('listitem').first()
  await expect(entry).toContainText('Quiet winter')
  await expect(entry).toContainText('5 days → 4 days')

  // What somebody else changes shows by itself.
  await folder.run('policy', 'set', 'inactiveAfterDays', '5', '--reason', 'As before')
  await expect(vigie.getByLabel('Put to sleep after')).toHaveValue('5')
  await expect(vigie.getByText('As before')).toBeVisible()
})

test('a value that is not possible is refused at its field; what was typed stays while one looks elsewhere', async ({
  vigie,
}) => {
  await openPolicy(vigie)
  const schedule = vigie.getByLabel('Sweep', { exact: true })
  await schedule.fill('0 2 31 2 *')
  await vigie.getByLabel('Too many: share').fill('101')
  const panel = changesOf(vigie)
  await expect(panel.getByText('Not possible: Sweep and Too many: share.')).toBeVisible()
  await panel.getByRole('button', { name: 'Preview' }).click()
  await expect(schedule).toBeFocused()
  await expect(schedule).toHaveAttribute('aria-invalid', 'true')
  await expect(vigie.getByText('A whole number from 0 to 100.')).toBeVisible()
  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  await vigie.getByRole('link', { name: 'Policy', exact: true }).click()
  await expect(schedule).toHaveValue('0 2 31 2 *')
  await changesOf(vigie).getByRole('button', { name: 'Discard' }).click()
  await expect(schedule).toHaveValue('0 2 * * *')
})

test('the mode is switched to named teams, by their slugs', async ({ vigie, folder }) => {
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string; slug: string; name: string }[]>`
      select id, slug, name from team where slug is not null and status = 'active' order by id limit 1`,
  )
  if (team === undefined) throw new Error('the sample has no team')
  await openPolicy(vigie)
  await vigie.getByRole('radio', { name: 'Canary' }).check()
  await expect(vigie.getByText('At least one team that exists, each once.')).toBeVisible()
  const add = vigie.getByRole('textbox', { name: 'Add a team' })
  await add.fill('no-such-team')
  await add.press('Enter')
  await expect(vigie.getByText('There is no team “no-such-team”.')).toBeVisible()
  await add.fill(team.slug)
  await add.press('Enter')
  await expect(vigie.getByRole('button', { name: `Remove ${team.name}` })).toBeVisible()
  const panel = changesOf(vigie)
  await panel.getByRole('button', { name: 'Preview' }).click()
  await panel.getByLabel('Reason').fill('One team first')
  await panel.getByRole('button', { name: 'Save 2 changes' }).click()
  await expect(panel.getByText('Saved.')).toBeVisible()
  expect(await folder.run('mode')).toEqual({ sweepMode: 'canary', canaryTeamIds: [team.id] })
  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(vigie.getByText('Each tick sweeps the named teams, and no others.')).toBeVisible()
  await folder.run('mode', 'on', '--reason', 'As before')
  await expect(vigie.getByText(/Each tick sweeps all that is due/)).toBeVisible()
})

test('a paused part is said on every page, and goes on when it is resumed', async ({ vigie, folder }) => {
  await openPolicy(vigie)
  const pauses = vigie.getByRole('region', { name: 'Pauses' })
  await pauses.getByRole('button', { name: 'Pause: Mail' }).click()
  await expect(pauses.getByLabel('Reason')).toBeFocused()
  await pauses.getByRole('button', { name: 'Pause it' }).click()
  await expect(pauses.getByText('Say in a few words why.')).toBeVisible()
  await pauses.getByLabel('Reason').fill('The mail server moves')
  await pauses.getByLabel('Reason').press('Enter')
  await expect(pauses.getByText(/The mail server moves/)).toBeVisible()
  await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
  const notice = vigie.getByRole('banner').getByRole('link', { name: 'Paused: Mail' })
  await expect(notice).toBeVisible()
  await folder.run('pause', 'routing', '--reason', 'Together')
  await vigie.getByRole('banner').getByRole('link', { name: 'Paused: Mail and Routing' }).click()
  await folder.run('resume', 'routing', '--reason', 'Done')
  await pauses.getByRole('button', { name: 'Resume: Mail' }).click()
  await pauses.getByLabel('Reason').fill('It has moved')
  await pauses.getByRole('button', { name: 'Resume it' }).click()
  await expect(notice).toBeHidden()
  await expect(pauses.getByRole('button', { name: 'Pause: Mail' })).toBeVisible()
  await expect(vigie.getByRole('region', { name: 'Record' })).toContainText('It has moved')
})
