import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

const search = (page: Page) => page.getByRole('textbox', { name: 'Search projects' })
const firstRow = (page: Page) => page.getByRole('grid', { name: 'Projects' }).getByRole('row').nth(1)

test.beforeEach(async ({ vigie }) => {
  await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
  await expect(firstRow(vigie)).toBeVisible()
})

test('a project is found by a part of its name, and by a hostname as it was pasted', async ({ vigie, folder }) => {
  const [found] = await folder.withSql(
    (sql) => sql<{ id: string; name: string; hostname: string }[]>`
      select p.id, p.name, d.hostname from domain d join project p on p.id = d.project_id
      where d.status = 'active' and length(p.name) < 30
        and (select count(*) from domain o where o.hostname = d.hostname) = 1
      order by d.hostname limit 1`,
  )
  if (found === undefined) throw new Error('the sample has no such domain')
  await search(vigie).fill(`https://${found.hostname}/some/page?x=1`)
  await expect(vigie.getByText('1 project', { exact: true })).toBeVisible()
  await expect(firstRow(vigie)).toContainText(found.name)
  await firstRow(vigie).click()
  const panel = vigie.getByRole('complementary', { name: 'Project' })
  await expect(panel.getByRole('heading', { name: found.name })).toBeVisible()
  const domains = panel.getByRole('region', { name: 'Domains' })
  await expect(domains.getByText(found.hostname, { exact: true })).toBeVisible()
  await expect(vigie).toHaveURL(new RegExp(found.id))
})

test('filters and sort stand in the address, and come back with it', async ({ vigie }) => {
  await vigie.getByRole('combobox', { name: 'Plan' }).selectOption('lapsed')
  await vigie.getByRole('combobox', { name: 'Sort' }).selectOption('name')
  await expect(vigie).toHaveURL(/plan=lapsed/)
  await expect(vigie).toHaveURL(/sort=name/)
  await expect(firstRow(vigie)).toContainText(/laps/i)
  const before = await firstRow(vigie).textContent()
  await vigie.reload()
  await expect(firstRow(vigie)).toHaveText(before ?? '')
})

test('a status shows its projects alone, as many as it says', async ({ vigie }) => {
  const filter = vigie.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: /^Permanently disabled/ })
  const count = /(\d+)$/.exec(((await filter.textContent()) ?? '').trim())?.[1] ?? ''
  await filter.click()
  await expect(vigie.getByText(`${count} projects`, { exact: true })).toBeVisible()
  await expect(vigie.getByRole('grid', { name: 'Projects' })).toHaveAttribute(
    'aria-rowcount',
    String(Number(count) + 1),
  )
  await expect(firstRow(vigie)).toContainText('Permanently disabled')
})

test('a column sorts, and the other way round when it is asked again', async ({ vigie }) => {
  const header = vigie.getByRole('columnheader', { name: 'Project' })
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  const first = firstRow(vigie).getByRole('gridcell').nth(2)
  const names = [await first.textContent()]
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect(first).not.toHaveText(names[0] ?? '')
})

test('a search that finds nothing says so', async ({ vigie }) => {
  await search(vigie).fill('zzzzzz-no-such-project')
  await expect(vigie.getByText('No project matches.')).toBeVisible()
})

test('the list scrolls to its end and back, over a bounded window of rows', async ({ vigie }) => {
  const grid = vigie.getByRole('grid', { name: 'Projects' })
  await grid.focus()
  await expect
    .poll(
      async () => {
        await vigie.keyboard.press('End')
        return vigie.getByRole('row').last().getAttribute('aria-rowindex')
      },
      { timeout: 30_000 },
    )
    .toBe('1201')
  expect(await vigie.getByRole('row').count()).toBeLessThan(100)
  await vigie.keyboard.press('Home')
  await expect(vigie.locator('[aria-rowindex="2"]')).toBeVisible()
})

test('names of customers are text, whatever is in them', async ({ vigie, folder }) => {
  const name = `<img src=x onerror="document.title='zebra-7'"> "q" שלום 🦉`
  await folder.withSql(
    (sql) => sql`update project set name = ${name} where id = (select max(id) from project where status = 'paused')`,
  )
  await search(vigie).fill('zebra-7')
  await expect(vigie.getByText('1 project', { exact: true })).toBeVisible()
  await firstRow(vigie).click()
  await expect(vigie.getByRole('complementary').getByRole('heading', { name })).toBeVisible()
  await expect(vigie).toHaveTitle(/Vigie/)
  await expect(vigie.locator('main img[src=x]')).toHaveCount(0)
})

test('a link to a project that is not there says so', async ({ vigie }) => {
  await vigie.evaluate(() => {
    window.location.hash = '#/projects?project=ffffffffffffffffffffffffffffffff'
  })
  await expect(vigie.getByText('PROJECT_NOT_FOUND')).toBeVisible()
})
