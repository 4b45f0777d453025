import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

/** A page of the console, or a state of one, by its address; `ready` tells when it is there. */
interface View {
  readonly name: string
  readonly address: (folder: VigieFolder) => Promise<string>
  readonly ready: (page: Page) => Promise<unknown>
}

const at = (address: string) => () => Promise.resolve(address)
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor()
const secondRow = (page: Page) => page.getByRole('grid').getByRole('row').nth(1).waitFor()
const panel = (page: Page) => page.getByRole('complementary').getByRole('heading').first().waitFor()

/** The one that is loaded apart, and the bars of what is counted in the background. */
const charts = async (page: Page) => {
  await page.locator('svg.recharts-surface').first().waitFor()
  await page
    .getByRole('list', { name: 'The next 14 nights' })
    .or(page.getByRole('list', { name: 'Les 14 prochaines nuits' }))
    .waitFor()
}

async function largestTeam(folder: VigieFolder): Promise<string> {
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select p.team_id as id from project p group by p.team_id order by count(*) desc, p.team_id limit 1`,
  )
  if (team === undefined) throw new Error('the sample has no team')
  return `#/team?id=${team.id}`
}

async function projectWith(folder: VigieFolder, status: string): Promise<string> {
  const [found] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select p.id from project p where p.status::text = ${status} order by p.id limit 1`,
  )
  if (found === undefined) throw new Error(`the sample has no project that is ${status}`)
  return `#/projects?project=${found.id}`
}

const views: readonly View[] = [
  { name: 'Overview', address: at('#/'), ready: charts },
  { name: 'a team', address: largestTeam, ready: secondRow },
  { name: 'Projects', address: at('#/projects'), ready: secondRow },
  { name: 'Projects, nothing found', address: at('#/projects?q=zzzzzzzz'), ready: heading },
  ...['active', 'inactive', 'permanently_disabled', 'paused', 'deleted'].map((status) => ({
    name: `a project that is ${status}`,
    address: (folder: VigieFolder) => projectWith(folder, status),
    ready: panel,
  })),
  { name: 'Sweeps, first stage', address: at('#/sweeps'), ready: heading },
  { name: 'Sweeps, second stage', address: at('#/sweeps?view=disable'), ready: heading },
  { name: 'Sweeps, a group that is open', address: at('#/sweeps?by=reason&open=unvisited'), ready: heading },
  { name: 'Sweeps, gone since then', address: at('#/sweeps?since=gone'), ready: heading },
  { name: 'What if', address: at('#/sweeps?view=what-if&inactive=3'), ready: heading },
  { name: 'Runs', address: at('#/sweeps?view=runs'), ready: heading },
  { name: 'Mail', address: at('#/mail'), ready: heading },
  { name: 'Policy', address: at('#/policy'), ready: heading },
  { name: 'Agents', address: at('#/agents'), ready: heading },
  { name: 'no such page', address: at('#/nowhere'), ready: heading },
]

/** Contrast depends on the theme, names on the language: each page is seen in both of both. */
const looks = [
  { colorScheme: 'light', locale: 'en-GB' },
  { colorScheme: 'dark', locale: 'fr-FR' },
] as const

for (const look of looks) {
  test(`axe finds nothing on any page, ${look.colorScheme}, ${look.locale}`, async ({ openWindow, folder, entry }) => {
    test.skip(entry === 'desktop', 'The desktop has one window, in the language of the system.')
    test.setTimeout(240_000)
    const page = await openWindow(look)
    // Contrast is judged once everything stands still.
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: look.colorScheme })
    for (const { name, address, ready } of views) {
      const hash = await address(folder)
      await page.evaluate((to) => {
        window.location.hash = to
      }, hash)
      await ready(page)
      await expect(page.locator('[aria-busy=true], [data-loading]')).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect
        .soft(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
          name,
        )
        .toEqual([])
    }
    await page.context().close()
  })
}
