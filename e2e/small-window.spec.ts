import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'

/** What 1280 × 800 is at 200 %. */
const viewport = { width: 640, height: 400 }

async function show(page: Page, hash: string) {
  await page.evaluate((to) => {
    window.location.hash = to
  }, hash)
}

/** What reaches beyond the window and is not in something that scrolls sideways. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement))
    return [...document.querySelectorAll('header, header *, main, main *')]
      .filter((element) => {
        const { width, right } = element.getBoundingClientRect()
        return width > 0 && right > window.innerWidth + 1 && !scrolls(element.parentElement)
      })
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`)
  })
}

test('at 200 % nothing is cut off at the side, and nothing lies over another', async ({
  openWindow,
  folder,
  entry,
}) => {
  test.skip(entry === 'desktop', 'The desktop has one window, of its own size.')
  const page = await openWindow()
  await page.setViewportSize(viewport)
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select team_id as id from project group by team_id order by count(*) desc, team_id limit 1`,
  )
  for (const [hash, heading] of [
    ['#/', 'Overview'],
    ['#/projects', 'Projects'],
    ['#/sweeps', 'Sweeps'],
    ['#/sweeps?view=runs', 'Sweeps'],
    ['#/mail', 'Mail'],
    ['#/agents', 'Agents'],
    ['#/policy', 'Policy'],
    [`#/team?id=${team?.id}`, 'Team'],
  ] as const) {
    await show(page, hash)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Settings of this window' })).toBeInViewport({ ratio: 1 })
    await expect.poll(() => findCut(page)).toEqual([])
    const main = await page.getByRole('main').boundingBox()
    expect(main?.width).toBeLessThanOrEqual(viewport.width)
  }
  // Of the team: its facts stand below its projects.
  const facts = page.getByRole('region', { name: 'Team', exact: true })
  const projects = page.getByRole('region', { name: 'Projects', exact: true })
  await expect(facts).toBeVisible()
  await expect
    .poll(async () => {
      const [above, below] = [await projects.boundingBox(), await facts.boundingBox()]
      return above !== null && below !== null && below.y >= above.y + above.height
    })
    .toBe(true)
  await page.context().close()
})

test('beside a wide list of runs, the filter of its jobs stays in the window', async ({ openWindow, entry }) => {
  test.skip(entry === 'desktop', 'The desktop has one window, of its own size.')
  const page = await openWindow()
  await page.setViewportSize({ width: 1024, height: 700 })
  await show(page, '#/sweeps?view=runs')
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByRole('main').getByRole('combobox')).toBeInViewport({ ratio: 1 })
  await page.context().close()
})
