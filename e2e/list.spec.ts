import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

const search = (page: Page) => page.getByRole('textbox', { name: 'Search projects' })
const grid = (page: Page) => page.getByRole('grid', { name: 'Projects' })
const firstRow = (page: Page) => grid(page).getByRole('row').nth(1)
const panel = (page: Page) => page.getByRole('complementary', { name: 'Project' })

async function openProjects(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await expect(firstRow(page)).toBeVisible()
}

test('from start to a project that was found by a hostname and reactivated: at most 4 interactions', async ({
  vigie,
  folder,
}) => {
  const [sleeper] = await folder.withSql(
    (sql) => sql<{ id: string; hostname: string }[]>`
      select p.id, d.hostname
      from project p join domain d on d.project_id = p.id join team t on t.id = p.team_id
      where p.status = 'inactive' and t.status = 'active'
        and (select count(*) from domain o where o.hostname = d.hostname) = 1
        and (select count(*) from team_member m join "user" u on u.id = m.user_id
          where m.team_id = p.team_id and m.role = 'owner' and u.status = 'active') = 1
      order by p.id limit 1`,
  )
  if (sleeper === undefined) throw new Error('the sample has no such sleeper')
  let interactions = 0
  const interact = async (act: () => Promise<void>) => {
    interactions += 1
    await act()
  }
  await interact(() => vigie.getByRole('link', { name: 'Projects', exact: true }).click())
  await interact(async () => {
    await search(vigie).fill(sleeper.hostname)
    await search(vigie).press('Enter')
  })
  await expect(vigie).toHaveURL(new RegExp(`project=${sleeper.id}`))
  await expect(panel(vigie)).toBeFocused()
  await interact(() => panel(vigie).getByRole('textbox', { name: 'Reason' }).fill('The owner asked on the phone'))
  await interact(() => panel(vigie).getByRole('button', { name: 'Reactivate' }).click())
  await expect
    .poll(async () => {
      const [row] = await folder.withSql(
        (sql) => sql<{ status: string }[]>`select status from project where id = ${sleeper.id}`,
      )
      return row?.status
    })
    .toBe('active')
  expect(interactions).toBeLessThanOrEqual(4)
})

test('filters are chosen, stand in the address and as chips, and are removed one by one', async ({ vigie }) => {
  await openProjects(vigie)
  await vigie.getByRole('button', { name: 'Filters' }).click()
  const menu = vigie.getByRole('dialog', { name: /^Filters/ })
  await menu.getByRole('checkbox', { name: 'Inactive' }).check()
  await menu.getByRole('checkbox', { name: 'Permanently disabled' }).check()
  await menu.getByRole('textbox', { name: 'Idle for at least' }).fill('6')
  await expect(vigie).toHaveURL(/status=inactive\+permanently_disabled&idle=6/)
  await menu.getByRole('textbox', { name: 'Idle for at least' }).fill('0')
  await expect(menu.getByText('A whole number from 1 to 3,650')).toBeVisible()
  await vigie.keyboard.press('Escape')
  await expect(menu).toBeHidden()

  const chips = vigie.getByRole('list', { name: 'Active filters' })
  await expect(chips.getByRole('button')).toHaveCount(3)
  await chips.getByRole('button', { name: 'Remove the filter: Inactive' }).press('Enter')
  await expect(vigie).toHaveURL(/status=permanently_disabled&idle=6/)
  await expect(chips.getByRole('button', { name: 'Remove the filter: Permanently disabled' })).toBeFocused()
  await vigie.getByRole('button', { name: 'Clear all' }).click()
  await expect(chips).toBeHidden()
  await expect(vigie).toHaveURL(/#\/projects$/)
})

test('a team is picked by a part of its name', async ({ vigie, folder }) => {
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string; name: string; projects: number }[]>`
      select t.id, t.name, count(*)::integer as projects from team t join project p on p.team_id = t.id
      group by t.id having count(*) > 1 and (select count(*) from team o where o.name = t.name) = 1
      order by length(t.name) desc limit 1`,
  )
  if (team === undefined) throw new Error('the sample has no such team')
  await openProjects(vigie)
  await vigie.getByRole('button', { name: 'Filters' }).click()
  await vigie.getByPlaceholder('Part of its name').fill(team.name.slice(0, 40))
  await vigie.getByRole('option', { name: team.name }).click()
  await expect(vigie).toHaveURL(new RegExp(`team=${team.id}`))
  await expect(vigie.getByText(`${team.projects} projects`, { exact: true })).toBeVisible()
})

test('a search shows what it found where the name does not', async ({ vigie, folder }) => {
  const [owner] = await folder.withSql(
    (sql) => sql<{ email: string }[]>`
      select u.email from "user" u join team_member m on m.user_id = u.id and m.role = 'owner'
      join project p on p.team_id = m.team_id order by u.id desc limit 1`,
  )
  if (owner === undefined) throw new Error('the sample has no owner')
  await openProjects(vigie)
  await search(vigie).fill(owner.email)
  await expect(firstRow(vigie)).toContainText(`Found by an owner’s e-mail: ${owner.email}`)
})

test('an empty list says which filter to loosen', async ({ vigie }) => {
  await vigie.evaluate(() => {
    window.location.hash = '#/projects?status=paused&due=0'
  })
  await expect(vigie.getByText('No project matches.')).toBeVisible()
  await vigie.getByRole('link', { name: /^Without “Due now”: \d/ }).click()
  await expect(firstRow(vigie)).toContainText('Paused')
})

test('an old answer never takes the place of a newer one, and typing waits for none', async ({ vigie }) => {
  await openProjects(vigie)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let isHeld = false
  await vigie.route(/projects\.list/, async (route) => {
    if (decodeURIComponent(route.request().url()).includes('"www"') || route.request().postData()?.includes('"www"')) {
      isHeld = true
      await held
    }
    await route.continue().catch(() => undefined)
  })
  const top = await grid(vigie).boundingBox()
  await search(vigie).fill('www')
  await expect.poll(() => isHeld).toBe(true)
  await search(vigie).pressSequentially('-no-such-project')
  await expect(search(vigie)).toHaveValue('www-no-such-project')
  // The list stays where it is under the typing hand.
  expect(await grid(vigie).boundingBox()).toEqual(top)
  await expect(vigie.getByText('No project matches.')).toBeVisible()
  release()
  await vigie.unrouteAll({ behavior: 'wait' })
  await expect(vigie.getByText('No project matches.')).toBeVisible()
})

test('a link whose parts no longer make sense opens the nearest list, and says so', async ({ vigie }) => {
  await vigie.evaluate(() => {
    window.location.hash = '#/projects?status=inactive+asleep&idle=-3'
  })
  await expect(vigie.getByText(/leaves it out: status, idle/)).toBeVisible()
  await expect(firstRow(vigie)).toContainText('Inactive')
})
