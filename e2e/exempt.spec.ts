import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { openPanel } from './project-stories.ts'
import type { VigieFolder } from './vigie.ts'

/** An active free project that has been idle for long, exempt neither itself nor by its team; each test takes another. */
async function findIdle(folder: VigieFolder, skip: number): Promise<{ id: string; name: string }> {
  const [found] = await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`
      select p.id, p.name from vigie.due('deactivate') d join project p on p.id = d.project_id
      where length(p.name) < 40 order by p.id offset ${skip} limit 1`,
  )
  if (found === undefined) throw new Error('the sample has no such project')
  return found
}

async function openProject(page: Page, id: string) {
  const panel = await openPanel(page, id)
  await expect(panel.getByRole('region', { name: 'Exemption' })).toBeVisible()
  return panel
}

test('a project is exempted, with its end said beforehand, shown, prolonged and ended', async ({ vigie, folder }) => {
  const project = await findIdle(folder, 0)
  const panel = await openProject(vigie, project.id)
  const card = panel.getByRole('region', { name: 'Exemption' })
  await card.getByRole('button', { name: 'Exempt' }).click()
  const form = card.getByRole('form', { name: 'Exempt from sweeps' })
  await expect(form.getByText(/the first sweep after the exemption puts it to sleep/)).toBeVisible()
  await form.getByRole('button', { name: 'Exempt' }).click()
  await expect(form.getByText('Say in a few words why.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Reason' }).fill('A conference <b>in</b> December')
  await form.getByRole('button', { name: 'Exempt' }).click()
  await expect(card.getByText('This project is exempt')).toBeVisible()
  await expect(panel.getByText(/^Exempt until \d/).first()).toBeVisible()
  await expect(panel.getByText('A conference <b>in</b> December').first()).toBeVisible()

  await card.getByRole('button', { name: 'Change exemption' }).click()
  await form.getByRole('combobox', { name: 'How long' }).selectOption({ label: 'Exempt for good' })
  await expect(form.getByText(/This replaces the exemption until/)).toBeVisible()
  await form.getByRole('textbox', { name: 'Reason' }).fill('A partner')
  await form.getByRole('button', { name: 'Exempt' }).click()
  await expect(card.getByText('for good', { exact: true })).toBeVisible()

  await card.getByRole('button', { name: 'End exemption' }).click()
  const ending = card.getByRole('form', { name: 'End the exemption before its time?' })
  await ending.getByRole('textbox', { name: 'Reason' }).fill('No partner any more')
  await ending.getByRole('button', { name: 'End exemption' }).click()
  await expect(card.getByText('Not exempt: sweeps treat it by the rules.')).toBeVisible()
  await expect(panel.getByText('Exemption ended')).toBeVisible()
  expect(await folder.run('exempt', 'list', '--ending-within', '365')).not.toMatchObject({
    exemptions: expect.arrayContaining([expect.objectContaining({ id: project.id })]),
  })
})

test('a day that is over is refused where it is typed, and nothing typed is lost by leaving', async ({
  vigie,
  folder,
}) => {
  const [one, other] = [await findIdle(folder, 1), await findIdle(folder, 2)]
  const panel = await openProject(vigie, one.id)
  const form = panel.getByRole('form', { name: 'Exempt from sweeps' })
  await panel.getByRole('region', { name: 'Exemption' }).getByRole('button', { name: 'Exempt' }).click()
  await form.getByRole('combobox', { name: 'How long' }).selectOption({ label: 'Until a day…' })
  await form.getByLabel('Last day').fill('2020-01-31')
  await expect(form.getByText('That day is over. Choose today or a later one.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Reason' }).fill('Half a sent')
  await openProject(vigie, other.id)
  await expect(form).toBeHidden()
  await openProject(vigie, one.id)
  await expect(form.getByRole('textbox', { name: 'Reason' })).toHaveValue('Half a sent')
  await expect(form.getByLabel('Last day')).toHaveValue('2020-01-31')
})

test('a whole team is exempted, by the keyboard alone, and its end stands on Overview', async ({ vigie, folder }) => {
  const project = await findIdle(folder, 3)
  const panel = await openProject(vigie, project.id)
  const card = panel.getByRole('region', { name: 'Exemption' })
  await card.getByRole('button', { name: 'Exempt' }).press('Enter')
  const form = card.getByRole('form', { name: 'Exempt from sweeps' })
  await expect(form.getByRole('combobox', { name: 'Whom' })).toBeFocused()
  await form.getByRole('combobox', { name: 'Whom' }).selectOption('team')
  await form.getByRole('combobox', { name: 'How long' }).selectOption({ label: 'For 7 days' })
  await expect(form.getByText(/fall to the first sweep after it/)).toBeVisible()
  await form.getByRole('textbox', { name: 'Reason' }).fill('A fair')
  await form.getByRole('button', { name: 'Exempt' }).press('Enter')
  await expect(card.getByText(/Its team .* is exempt with all its projects/)).toBeVisible()
  await expect(panel.getByText(/^Exempt until \d/).first()).toBeVisible()
  await vigie.evaluate(() => {
    window.location.hash = '#/'
  })
  const soon = vigie.getByRole('region', { name: 'Exemptions that end soon' })
  await expect(soon.getByText(/then the next sweep takes \d+ of \d+/).first()).toBeVisible()
})

test('one whose time is over is told once, and the sweep takes the project', async ({ vigie, folder }) => {
  const project = await findIdle(folder, 4)
  await folder.run('exempt', project.id, '--until', '2199-01-01', '--reason', 'For a while')
  await folder.withSql((sql) => sql`update vigie.exemption set until = now() where project_id = ${project.id}`)
  await folder.run('sweep', '--override-brakes', '--reason', 'The story of exemptions')
  const panel = await openProject(vigie, project.id)
  await expect(panel.getByText('Exemption over')).toHaveCount(1)
  await expect(panel.getByText('Put to sleep', { exact: true }).first()).toBeVisible()
})
