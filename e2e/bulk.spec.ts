import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Projects' })
const bar = (page: Page) => page.getByRole('region', { name: 'Selection and export' })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Bulk act' })
const boxes = (page: Page) => grid(page).getByRole('checkbox')

/** A team of so many sleepers; those whose number divides by ten are active, which a reactivation refuses. */
async function createTeam(folder: VigieFolder, name: string, sleepers: number, hasOwner = true): Promise<string> {
  return await folder.withSql(async (sql) => {
    const [team] = await sql<{ id: string }[]>`
      insert into team (id, name, slug, status) values (md5(${name}), ${name}, ${name}, 'active') returning id`
    const id = team?.id ?? ''
    await sql`
      insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, status,
        created_at, updated_at, last_traffic_at, deactivated_at)
      select md5(${name} || n), ${name} || ' ' || lpad(n::text, 5, '0'), null, n, 'example/' || n,
        (select installation_id from github_installation limit 1), ${id},
        case when n % 10 = 0 then 'active' else 'inactive' end::project_status,
        now() at time zone 'utc' - interval '60 days', now() at time zone 'utc' - interval '60 days',
        now() at time zone 'utc' - interval '9 days',
        case when n % 10 > 0 then now() at time zone 'utc' - interval '3 days' end
      from generate_series(1, ${sleepers}) n`
    if (hasOwner) {
      await sql`
        insert into team_member (team_id, user_id, role)
        select ${id}, min(u.id), 'owner' from "user" u where u.status = 'active'`
    }
    return id
  })
}

async function countActive(folder: VigieFolder, teamId: string): Promise<number> {
  const [found] = await folder.withSql(
    (sql) => sql<{ active: number }[]>`
      select count(*)::int as active from project where team_id = ${teamId} and status = 'active'`,
  )
  return found?.active ?? -1
}

async function openList(page: Page, query: string) {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/projects?${query}`)
  await expect(grid(page).getByRole('row').nth(2)).toBeVisible()
}

test('500 are selected and reactivated: the numbers before, the progress, and the truth after', async ({
  vigie,
  folder,
}) => {
  const teamId = await createTeam(folder, 'five-hundred', 500)
  await openList(vigie, `team=${teamId}&sort=name&order=ascending`)
  await grid(vigie).getByRole('checkbox', { name: 'Select what is loaded' }).check()
  await bar(vigie).getByRole('button', { name: 'Select all 500 that match' }).click()
  await expect(bar(vigie).getByText('500 selected')).toBeVisible()
  await bar(vigie).getByRole('button', { name: 'Reactivate…' }).click()
  await expect(panel(vigie).getByText('450 projects can be reactivated')).toBeVisible()
  await expect(panel(vigie).getByText('50: not asleep (active).')).toBeVisible()
  await panel(vigie).getByRole('button', { name: 'Reactivate 450 projects' }).click()
  await expect(panel(vigie).getByText('Say in a few words why.')).toBeVisible()
  await panel(vigie)
    .getByRole('textbox', { name: /Reason/ })
    .fill('The outage of <b>Tuesday</b>')
  await panel(vigie).getByRole('button', { name: 'Reactivate 450 projects' }).click()
  await expect(panel(vigie).getByText('All were dealt with.')).toBeVisible({ timeout: 60_000 })
  await expect(panel(vigie).getByRole('combobox', { name: 'Results' })).toContainText('Refused (50)')
  await expect(panel(vigie).getByText('PROJECT_NOT_INACTIVE').first()).toBeVisible()
  expect(await countActive(folder, teamId)).toBe(500)
  const events = await folder.withSql(
    (sql) => sql`
      select reason, after ->> 'bulkId' as bulk, count(*)::int as events from vigie.event
      where team_id = ${teamId} and kind = 'reactivated' group by 1, 2`,
  )
  expect(events).toMatchObject([{ reason: 'The outage of <b>Tuesday</b>', events: 450 }])
})

test('2,000 are cancelled in the middle: what it says was done is what was done', async ({ vigie, folder }) => {
  test.slow()
  const teamId = await createTeam(folder, 'two-thousand', 2_000)
  await openList(vigie, `team=${teamId}&status=inactive`)
  await grid(vigie).getByRole('checkbox', { name: 'Select what is loaded' }).check()
  await bar(vigie).getByRole('button', { name: 'Select all 1,800 that match' }).click()
  await bar(vigie).getByRole('button', { name: 'Reactivate…' }).click()
  await panel(vigie)
    .getByRole('textbox', { name: /Reason/ })
    .fill('Too many')
  await panel(vigie).getByRole('button', { name: 'Reactivate 1,800 projects' }).click()
  const reactivated = panel(vigie).getByText('Reactivated', { exact: true }).locator('xpath=following-sibling::dd')
  await expect(reactivated).not.toHaveText('0')
  await panel(vigie).getByRole('button', { name: 'Cancel' }).click()
  await expect(panel(vigie).getByText(/^Cancelled: [\d,]+ projects were not reached\.$/)).toBeVisible({
    timeout: 60_000,
  })
  const done = await reactivated.textContent()
  const awake = (await countActive(folder, teamId)) - 200
  expect(Number((done ?? '').replace(',', ''))).toBe(awake)
  expect(awake).toBeLessThan(1_800)
  // The list tells the same, and the panel stays what it is.
  await expect(vigie.getByText(`${(1_800 - awake).toLocaleString('en')} projects`, { exact: true })).toBeVisible()
})

test('a team without an active owner is skipped and named; failures are copied and exported', async ({
  vigie,
  folder,
  entry,
}) => {
  const teamId = await createTeam(folder, 'nobody-there', 9, false)
  await openList(vigie, `team=${teamId}`)
  await grid(vigie).getByRole('checkbox', { name: 'Select what is loaded' }).check()
  await bar(vigie).getByRole('button', { name: 'Reactivate…' }).click()
  await expect(panel(vigie).getByText('None of them can be reactivated.')).toBeVisible()
  await panel(vigie).getByText('1 team without an active owner').click()
  await expect(panel(vigie).getByText('nobody-there (9)')).toBeVisible()
  await expect(panel(vigie).getByRole('button', { name: /^Reactivate \d/ })).toBeHidden()
  await vigie.keyboard.press('Escape')

  // One of them beside one that can be woken.
  const good = await createTeam(folder, 'somebody-there', 1)
  await openList(vigie, 'q=body-there&sort=name')
  await grid(vigie).getByRole('checkbox', { name: 'Select somebody-there 00001' }).check()
  await grid(vigie).getByRole('checkbox', { name: 'Select nobody-there 00001' }).check()
  await bar(vigie).getByRole('button', { name: 'Reactivate…' }).click()
  await panel(vigie)
    .getByRole('textbox', { name: /Reason/ })
    .fill('Asked')
  await panel(vigie).getByRole('button', { name: 'Reactivate 1 project' }).click()
  await expect(panel(vigie).getByText('All were dealt with.')).toBeVisible()
  await expect(panel(vigie).getByRole('combobox', { name: 'Results' })).toContainText('Skipped (1)')
  await expect(panel(vigie).getByText('NO_ACTIVE_OWNER')).toBeVisible()
  expect([await countActive(folder, good), await countActive(folder, teamId)]).toEqual([1, 0])
  test.skip(entry === 'desktop', 'The desktop asks where to keep a file.')
  const [download] = await Promise.all([
    vigie.waitForEvent('download'),
    panel(vigie).getByRole('button', { name: 'Export CSV' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('nobody-there 00001')
})

test('many are exempted until a day, and what they had is replaced', async ({ vigie, folder }) => {
  const teamId = await createTeam(folder, 'left-alone', 30)
  await openList(vigie, `team=${teamId}`)
  await grid(vigie).getByRole('checkbox', { name: 'Select what is loaded' }).check()
  const exemptAll = async (choose: () => Promise<unknown>) => {
    await bar(vigie).getByRole('button', { name: 'Exempt…' }).click()
    await expect(panel(vigie).getByText('30 projects can be exempted')).toBeVisible()
    await choose()
    await panel(vigie)
      .getByRole('textbox', { name: /Reason/ })
      .fill('They move')
    await panel(vigie).getByRole('button', { name: 'Exempt 30 projects' }).click()
  }
  const howLong = panel(vigie).getByRole('combobox', { name: 'How long' })
  await exemptAll(() => howLong.selectOption('forever'))
  await expect(panel(vigie).getByText('All were dealt with.')).toBeVisible({ timeout: 30_000 })
  await panel(vigie).getByRole('button', { name: 'Close the panel' }).click()
  await grid(vigie).getByRole('checkbox', { name: 'Select what is loaded' }).check()
  await exemptAll(() => howLong.selectOption('day'))
  await expect(panel(vigie).getByText('Choose the last day.')).toBeVisible()
  await expect(panel(vigie).getByText(/^30 of them are exempt already/)).toBeVisible()
  await panel(vigie).getByLabel('Last day', { exact: true }).fill('2099-12-31')
  await panel(vigie).getByRole('button', { name: 'Exempt 30 projects' }).click()
  await expect(panel(vigie).getByText('All were dealt with.')).toBeVisible({ timeout: 30_000 })
  const kept = await folder.withSql(
    (sql) => sql`
      select to_char(e.until at time zone 'utc', 'YYYY-MM-DD') as until, e.reason, count(*)::int as projects
      from vigie.exemption e join project p on p.id = e.project_id where p.team_id = ${teamId} group by 1, 2`,
  )
  expect(kept).toMatchObject([{ until: '2099-12-31', reason: 'They move', projects: 30 }])
})

test('rows are selected with the keyboard, by range, and stay so under another order and live changes', async ({
  vigie,
  folder,
}) => {
  await openList(vigie, 'sort=name&order=ascending')
  await grid(vigie).focus()
  await vigie.keyboard.press('ArrowDown')
  await vigie.keyboard.press('Space')
  for (let n = 0; n < 4; n += 1) await vigie.keyboard.press('ArrowDown')
  await vigie.keyboard.press('Shift+Space')
  await expect(bar(vigie).getByText('5 selected')).toBeVisible()
  await expect(grid(vigie).getByRole('row', { selected: true })).toHaveCount(5)
  await boxes(vigie)
    .nth(8)
    .click({ modifiers: ['Shift'] })
  await expect(bar(vigie).getByText('8 selected')).toBeVisible()
  const name = (await boxes(vigie).nth(3).getAttribute('aria-label')) ?? ''
  await vigie.keyboard.press('Home')
  await vigie.keyboard.press('Space')
  await expect(bar(vigie).getByText('7 selected')).toBeVisible()
  // Another order, and a change that is told to the window.
  await vigie.getByRole('columnheader', { name: 'Project' }).getByRole('button').click()
  await folder.run('pause', 'mail', '--reason', 'A change')
  await folder.run('resume', 'mail', '--reason', 'And back')
  await expect(bar(vigie).getByText('7 selected')).toBeVisible()
  await vigie.getByRole('columnheader', { name: 'Project' }).getByRole('button').click()
  await expect(grid(vigie).getByRole('checkbox', { name, exact: true })).toBeChecked()
})

test('other filters put a selection aside, say so, and give it back', async ({ vigie }) => {
  await openList(vigie, 'status=inactive')
  await boxes(vigie).nth(1).check()
  await boxes(vigie).nth(2).check()
  await openList(vigie, 'status=paused')
  await expect(bar(vigie).getByText('The filters changed: 2 selected before were put aside.')).toBeVisible()
  await expect(boxes(vigie).nth(1)).not.toBeChecked()
  await bar(vigie).getByRole('button', { name: 'Bring back' }).click()
  await expect(bar(vigie).getByText('2 selected')).toBeVisible()
  await bar(vigie).getByRole('button', { name: 'Clear' }).click()
  await expect(bar(vigie).getByText('Space selects a project')).toBeVisible()
})

test('what the list shows is exported whole, in its order', async ({ vigie, entry }) => {
  test.skip(entry === 'desktop', 'The desktop asks where to keep a file.')
  await openList(vigie, 'status=permanently_disabled&sort=name&order=ascending')
  const shown = (await grid(vigie).getByRole('row').nth(1).textContent()) ?? ''
  const [download] = await Promise.all([
    vigie.waitForEvent('download'),
    bar(vigie).getByRole('button', { name: 'Export JSON' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^vigie-projects-.*\.json$/)
  const { projects } = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(new Set(projects.map(({ status }: { status: string }) => status))).toEqual(new Set(['permanently_disabled']))
  expect(shown).toContain(projects[0].name)
  await expect(bar(vigie).getByText(`${projects.length} rows exported`)).toBeVisible()
})

for (const look of [
  { colorScheme: 'light', locale: 'en-GB' },
  { colorScheme: 'dark', locale: 'fr-FR' },
] as const) {
  test(`axe finds nothing while many are selected and asked about, ${look.colorScheme}`, async ({
    openWindow,
    folder,
    entry,
  }) => {
    test.skip(entry === 'desktop', 'The desktop has one window, in the language of the system.')
    test.setTimeout(240_000)
    const page = await openWindow(look)
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: look.colorScheme })
    const list = page.getByRole('grid')
    const aside = page.getByRole('complementary').last()
    const expectNothing = async (where: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect
        .soft(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
          where,
        )
        .toEqual([])
    }
    const teamId = await createTeam(folder, `looked-at-${look.colorScheme}`, 20, false)
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, `#/projects?team=${teamId}`)
    await list.getByRole('row').nth(5).waitFor()
    await list.getByRole('checkbox').first().check()
    await expectNothing('marked')
    await page.getByRole('button', { name: /^(Reactivate|Réactiver)…$/ }).click()
    await aside.locator('summary').click()
    await expectNothing('nobody can be acted for')
    await page.getByRole('button', { name: /^(Exempt|Exempter)…$/ }).click()
    await aside.getByRole('combobox').selectOption('day')
    await aside.getByRole('button', { name: /^(Exempt|Exempter) 20/ }).click()
    await expectNothing('what is missing')
    await aside.locator('input[type=date]').fill('2099-12-31')
    await aside.getByRole('textbox', { name: /Reason|Motif/ }).fill('…')
    await aside.getByRole('button', { name: /^(Exempt|Exempter) 20/ }).click()
    await aside.getByRole('combobox', { name: /Results|Résultats/ }).waitFor({ timeout: 30_000 })
    await expectNothing('what became of them')
    await page.context().close()
  })
}

test('a project that a link leads to comes before the bulk act', async ({ vigie, folder }) => {
  const teamId = await createTeam(folder, 'linked', 5)
  await openList(vigie, `team=${teamId}&sort=name&order=ascending`)
  await boxes(vigie).nth(1).check()
  await bar(vigie).getByRole('button', { name: 'Reactivate…' }).click()
  await expect(panel(vigie)).toBeVisible()
  const [project] = await folder.withSql(
    (sql) =>
      sql<
        { id: string; name: string }[]
      >`select id, name from project where team_id = ${teamId} order by name desc limit 1`,
  )
  await vigie.evaluate((id) => {
    window.location.hash = `#/projects?project=${id}`
  }, project?.id)
  await expect(panel(vigie)).toBeHidden()
  await expect(
    vigie.getByRole('complementary', { name: 'Project' }).getByRole('heading', { name: project?.name ?? '' }),
  ).toBeVisible()
})
