import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { openPanel } from './project-stories.ts'
import { startConsole, type VigieFolder } from './vigie.ts'

test.describe.configure({ timeout: 180_000 })
const waits = { timeout: 30_000 }
const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Project' })
const activityOf = (page: Page) => panelOf(page).getByRole('region', { name: 'Activity' })
const noteField = (page: Page) => panelOf(page).getByRole('textbox', { name: 'Add a note' })

/** A project in a status, of an ordinary name; `skip`: each test has its own. */
async function findProject(folder: VigieFolder, status: string, skip: number): Promise<string> {
  const [found] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select p.id from project p
      join team t on t.id = p.team_id and t.status = 'active'
      join team_member m on m.team_id = p.team_id and m.role = 'owner'
      join "user" u on u.id = m.user_id and u.status = 'active'
      left join team_subscription s on s.team_id = p.team_id
      where p.status = ${status} and s.id is null and length(p.name) < 40
      group by p.id order by p.id offset ${skip} limit 1`,
  )
  if (found === undefined) throw new Error(`the sample has no such ${status} project`)
  return found.id
}

async function openProject(page: Page, id: string) {
  await openPanel(page, id)
  await expect(noteField(page)).toBeVisible(waits)
}

test('a note is seen at once in every window, as it was typed, and its author takes it back', async ({
  vigie,
  folder,
  openWindow,
  entry,
}) => {
  test.skip(entry === 'desktop', 'The desktop has one window.')
  const id = await findProject(folder, 'permanently_disabled', 0)
  const other = await openWindow()
  await openProject(other, id)
  await openProject(vigie, id)
  await noteField(vigie).fill('Owner <img src=x onerror=alert(1)> called\nback on \u202eMonday')
  await vigie.keyboard.press('Control+Enter')
  for (const page of [vigie, other]) {
    await expect(activityOf(page).getByText(/Owner <img src=x onerror=alert\(1\)> called/)).toBeVisible(waits)
  }
  await expect(noteField(vigie)).toHaveValue('')
  await expect(activityOf(vigie).locator('blockquote')).not.toContainText('\u202e')

  await activityOf(vigie).getByRole('button', { name: 'Take back' }).click()
  await expect(activityOf(vigie).getByText('It stays on record, struck through.')).toBeVisible()
  await activityOf(vigie).getByRole('button', { name: 'Take back' }).click()
  for (const page of [vigie, other]) {
    await expect(activityOf(page).locator('blockquote s')).toContainText('called', waits)
    await expect(activityOf(page).getByRole('button', { name: 'Take back' })).toHaveCount(0)
  }
  await other.context().close()
})

test('a note is checked where it is typed, and what was typed is not lost', async ({ vigie, folder }) => {
  const [id, elsewhere] = [await findProject(folder, 'active', 0), await findProject(folder, 'active', 1)]
  await openProject(vigie, id)
  await activityOf(vigie).getByRole('button', { name: 'Add note' }).click()
  await expect(activityOf(vigie).getByText('Write a few words first.')).toBeVisible()
  await expect(noteField(vigie)).toBeFocused()
  await noteField(vigie).fill('x'.repeat(4_001))
  await expect(activityOf(vigie).getByText('4,001 characters; at most 4,000.')).toBeVisible()

  await noteField(vigie).fill('Half a sent')
  await openProject(vigie, elsewhere)
  await expect(noteField(vigie)).toHaveValue('')
  await openProject(vigie, id)
  await expect(noteField(vigie)).toHaveValue('Half a sent')
  await vigie.getByRole('button', { name: 'Français' }).click()
  await expect(vigie.getByRole('textbox', { name: 'Ajouter une note' })).toHaveValue('Half a sent')
  await vigie.getByRole('button', { name: 'English' }).click()
  await folder.crashDatabase()
  await expect(vigie.getByText('Live', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(noteField(vigie)).toHaveValue('Half a sent')
})

test('the timeline is narrowed, and the address keeps to what', async ({ vigie, folder }) => {
  const id = await findProject(folder, 'inactive', 0)
  await folder.run('note', id, '--text', 'Asked for a week')
  await openProject(vigie, id)
  const activity = activityOf(vigie)
  await expect(activity.getByText('Put to sleep').first()).toBeVisible()
  await expect(activity.getByText('Asked for a week')).toBeVisible(waits)
  await activity.getByRole('button', { name: 'Notes' }).click()
  await expect(activity.getByText('Put to sleep')).toHaveCount(0)
  await expect(activity.getByText('Asked for a week')).toBeVisible()
  await expect(vigie).toHaveURL(/activity=notes/)
  await vigie.reload()
  await expect(activity.getByRole('button', { name: 'Notes' })).toHaveAttribute('aria-pressed', 'true')
  await expect(activity.getByText('Asked for a week')).toBeVisible(waits)
  await activity.getByRole('button', { name: 'Outside Vigie' }).click()
  await expect(activity.getByText('Nothing of this kind has happened to it.')).toBeVisible(waits)
  await activity.getByRole('button', { name: 'All', exact: true }).click()
  await expect(vigie).not.toHaveURL(/activity/)
  await expect(activity.getByText('Created', { exact: true })).toBeVisible(waits)
})

test('ids and addresses are copied, which is said; so is that the clipboard was refused', async ({
  vigie,
  folder,
  entry,
}) => {
  const id = await findProject(folder, 'active', 2)
  if (entry === 'console') await vigie.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openProject(vigie, id)
  const facts = panelOf(vigie).getByRole('region', { name: 'Facts' })
  await facts.getByRole('button', { name: 'Copy the id' }).click()
  await expect(facts.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
  expect(await vigie.evaluate(() => navigator.clipboard.readText())).toBe(id)
  await facts
    .getByRole('button', { name: /^Copy .+@/ })
    .first()
    .click()
  await expect.poll(() => vigie.evaluate(() => navigator.clipboard.readText())).toMatch(/@/)

  await vigie.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
  await facts.getByRole('button', { name: 'Copy the id' }).click()
  await expect(facts.getByText(/The browser refused the clipboard/)).toBeVisible()
})

test('the answer to the owner is in the owner’s language, whatever the console’s', async ({ vigie, folder, entry }) => {
  const id = await findProject(folder, 'inactive', 1)
  if (entry === 'console') await vigie.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openProject(vigie, id)
  const card = panelOf(vigie).getByRole('region', { name: 'Answer to the owner' })
  const text = card.getByRole('textbox', { name: 'Answer to the owner' })
  await expect(text).toHaveValue(/^Hello,.+It has been asleep since .+can’t be undone\.\n\nKind regards$/s)
  await card.getByRole('combobox', { name: 'Language of the answer' }).selectOption('fr')
  await expect(text).toHaveValue(/^Bonjour,.+en veille depuis le .+Cordialement$/s)
  await expect(text).toHaveAttribute('lang', 'fr')
  await card.getByRole('button', { name: 'Copy the answer' }).click()
  await expect(card.getByText('Copied')).toBeVisible()
  expect(await vigie.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue())

  const paused = await findProject(folder, 'paused', 0)
  await openProject(vigie, paused)
  await expect(text).toHaveValue(/Il est en pause/)
})

test('a project opens on the platform where its address is known, and says what is missing elsewhere', async ({
  vigie,
  folder,
  entry,
}) => {
  test.skip(entry === 'desktop', 'It starts a console of its own.')
  const id = await findProject(folder, 'active', 3)
  await openProject(vigie, id)
  await expect(panelOf(vigie).getByText('No page on the platform')).toHaveAttribute('title', /APP_HOSTNAME/)
  const console = await startConsole({ ...folder.env, APP_HOSTNAME: 'app.example' })
  const page = await vigie.context().newPage()
  await page.goto(console.url)
  await page.locator('#content').waitFor()
  await openProject(page, id)
  const link = panelOf(page).getByRole('link', { name: /Open on the platform/ })
  await expect(link).toHaveAttribute('href', /^https:\/\/app\.example\/[^/]+\/projects\/[^/]+$/)
  await expect(link).toHaveAttribute('rel', /noopener/)
  await page.close()
  await console.stop()
})

for (const width of [1280, 1024]) {
  test(`at ${width} px a project is opened and closed without losing the place in the list`, async ({ vigie }) => {
    await vigie.setViewportSize({ width, height: 700 })
    await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
    const grid = vigie.getByRole('grid', { name: 'Projects' })
    await expect(grid.getByRole('row').nth(1)).toBeVisible(waits)
    await grid.focus()
    await vigie.keyboard.press('PageDown')
    await vigie.keyboard.press('PageDown')
    await vigie.keyboard.press('PageDown')
    const active = async () => (await grid.getAttribute('aria-activedescendant')) ?? ''
    const before = await active()
    const scrollTop = () => grid.evaluate((element) => element.scrollTop)
    await expect.poll(scrollTop).toBeGreaterThan(200)
    const place = await scrollTop()
    await vigie.keyboard.press('Enter')
    await expect(noteField(vigie)).toBeVisible(waits)
    await vigie.keyboard.press('Escape')
    await expect(panelOf(vigie)).toBeHidden()
    await expect(grid).toBeFocused()
    expect(await active()).toBe(before)
    await expect.poll(scrollTop).toBe(place)
  })
}

test('the arrow keys leaf through the list beside an open project', async ({ vigie }) => {
  await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
  const rows = vigie.getByRole('grid', { name: 'Projects' }).getByRole('row')
  await rows.nth(2).click()
  await expect(noteField(vigie)).toBeVisible(waits)
  const first = vigie.url()
  await vigie.keyboard.press('ArrowDown')
  await expect(vigie).not.toHaveURL(first)
  await vigie.keyboard.press('ArrowUp')
  await expect(vigie).toHaveURL(first)
  await vigie.keyboard.press('Escape')
  await expect(panelOf(vigie)).toBeHidden()
})

test('long names, 300 domains and 5,000 events break nothing', async ({ vigie, folder }) => {
  const id = await findProject(folder, 'inactive', 2)
  await folder.withSql(async (sql) => {
    await sql`update project set name = ${'測'.repeat(50) + 'שלום'.repeat(12)} where id = ${id}`
    await sql`
      insert into domain (project_id, hostname, type, status, created_at, updated_at)
      select ${id}, 'name-' || n || '.' || repeat('long-', 12) || 'customer.example', 'route', 'disabled', now(), now()
      from generate_series(1, 300) n`
    await sql`
      insert into vigie.event (created_at, kind, project_id, entry, machine, version)
      select now() - make_interval(secs => n), 'blocked', ${id}, 'agent', 'm', '1' from generate_series(1, 5000) n`
  })
  for (const width of [1280, 1024]) {
    await vigie.setViewportSize({ width, height: 700 })
    await openProject(vigie, id)
    const domains = panelOf(vigie).getByRole('region', { name: 'Domains' })
    await expect(domains.getByText(/^10 of 30\d hostnames$/)).toBeVisible(waits)
    await domains.getByRole('textbox', { name: 'Find a hostname' }).fill('NAME-299')
    await expect(domains.getByText(/^name-299\./)).toBeVisible()
    await expect(domains.getByText(/^1 of 30\d hostnames$/)).toBeVisible()
    await domains.getByRole('textbox', { name: 'Find a hostname' }).fill('')
    await domains.getByRole('button', { name: /^Show all/ }).click()
    await expect(domains.getByText(/^name-99\./)).toBeAttached()
    const overflow = () => panelOf(vigie).evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await vigie.goto('about:blank')
    await vigie.goBack()
  }
  const activity = activityOf(vigie)
  const older = activity.getByRole('button', { name: 'Show older' })
  for (const events of [50, 250, 450, 650]) {
    await expect.poll(() => activity.getByRole('listitem').count(), waits).toBeGreaterThanOrEqual(events)
    await older.click()
  }
  await expect(older).toBeEnabled(waits)
  await noteField(vigie).fill('Still quick')
  await activity.getByRole('button', { name: 'Add note' }).click()
  await expect(activity.getByText('Still quick')).toBeVisible(waits)
})
