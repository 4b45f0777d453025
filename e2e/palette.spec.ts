import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find anything' })
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Find anything' })
const options = (page: Page) => palette(page).getByRole('option')

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
}

test('a project is found by its hostname from anywhere, and opened by Enter alone', async ({ vigie, folder }) => {
  const [found] = await folder.withSql(
    (sql) => sql<{ id: string; name: string; hostname: string }[]>`
      select p.id, p.name, d.hostname from domain d join project p on p.id = d.project_id
      where d.status = 'active' and (select count(*) from domain o where o.hostname = d.hostname) = 1
      order by d.hostname limit 1`,
  )
  if (found === undefined) throw new Error('the sample has no such domain')
  await openPalette(vigie)
  // Enter follows the last letter at once: it waits for what answers the text, and takes nothing that stood there before.
  await field(vigie).fill(`https://${found.hostname}/a?b=c`)
  await vigie.keyboard.press('Enter')
  await expect(vigie).toHaveURL(new RegExp(`project=${found.id}`))
  await expect(palette(vigie)).toBeHidden()
  const panel = vigie.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: found.name, exact: true })).toBeVisible()
  await expect(panel).toBeFocused()
  await vigie.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

test('what was opened before comes first when nothing is typed, and only its name and id', async ({
  vigie,
  folder,
}) => {
  const [project] = await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`select id, name from project where status = 'inactive' limit 1`,
  )
  if (project === undefined) throw new Error('the sample has no such project')
  await vigie.evaluate((id) => {
    window.location.hash = `#/projects?project=${id}`
  }, project.id)
  await expect(vigie.getByRole('complementary').getByRole('heading', { name: project.name })).toBeVisible()
  await openPalette(vigie)
  const recent = palette(vigie).getByRole('group', { name: 'Opened before' })
  await expect(recent.getByRole('option').first()).toHaveText(`${project.name}${project.id.slice(0, 7)}`)
  expect(await vigie.evaluate(() => JSON.stringify(window.localStorage))).not.toContain(project.id)
})

test('a team leads to its projects', async ({ vigie, folder }) => {
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`
      select t.id, t.name from team t where t.status = 'active' and length(t.name) between 6 and 30
        and (select count(*) from team o where o.name = t.name) = 1 order by t.name limit 1`,
  )
  if (team === undefined) throw new Error('the sample has no such team')
  await openPalette(vigie)
  await field(vigie).fill(team.name)
  await palette(vigie).getByRole('group', { name: 'Teams' }).getByRole('option', { name: team.name }).first().click()
  await expect(vigie).toHaveURL(new RegExp(`#/team.*${team.id}`))
})

test('it is a combobox: the focus stays in the field, the arrows go round, Escape gives the focus back', async ({
  vigie,
}) => {
  await vigie.getByRole('link', { name: 'Mail', exact: true }).focus()
  await openPalette(vigie)
  await field(vigie).fill('appearance')
  await expect(options(vigie)).toHaveCount(3)
  const active = async () => {
    const id = await field(vigie).getAttribute('aria-activedescendant')
    return vigie.locator(`[id="${id}"]`).textContent()
  }
  expect(await active()).toBe('Appearance: as the system')
  await vigie.keyboard.press('ArrowUp')
  expect(await active()).toBe('Appearance: dark')
  await vigie.keyboard.press('ArrowDown')
  await vigie.keyboard.press('ArrowDown')
  expect(await active()).toBe('Appearance: light')
  await expect(palette(vigie).getByRole('option', { selected: true })).toHaveText('Appearance: light')
  await expect(field(vigie)).toBeFocused()
  await vigie.keyboard.press('Escape')
  await expect(palette(vigie)).toBeHidden()
  await expect(vigie.getByRole('link', { name: 'Mail', exact: true })).toBeFocused()
})

test('actions act: appearance and language change and are kept, a sweep is confirmed where it always is', async ({
  vigie,
}) => {
  await openPalette(vigie)
  await field(vigie).fill('dark')
  await vigie.keyboard.press('Enter')
  await expect(vigie.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await openPalette(vigie)
  await field(vigie).fill('language fr')
  await vigie.keyboard.press('Enter')
  await expect(vigie.getByRole('heading', { name: 'Vue d’ensemble' })).toBeVisible()
  await vigie.reload()
  await expect(vigie.getByRole('heading', { name: 'Vue d’ensemble' })).toBeVisible()
  await expect(vigie.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await vigie.keyboard.press('Control+k')
  await vigie.getByRole('combobox', { name: 'Tout trouver' }).fill('langue celle')
  await vigie.keyboard.press('Enter')
  await expect(vigie.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await openPalette(vigie)
  await field(vigie).fill('run a sweep')
  await vigie.keyboard.press('Enter')
  await expect(vigie).toHaveURL(/#\/sweeps/)
  await expect(vigie.getByRole('button', { name: /Run sweep/ })).toBeVisible()
})

test('what is not found is said, and how to go on', async ({ vigie }) => {
  await openPalette(vigie)
  await field(vigie).fill('zz')
  await expect(palette(vigie).getByRole('status')).toContainText('3 characters')
  await field(vigie).fill('zzzzzz-nothing')
  await expect(palette(vigie).getByRole('status')).toContainText('Nothing is called that')
  await expect(options(vigie)).toHaveCount(0)
})
