import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { en, type Words } from '../src/renderer/i18n/en.ts'
import { fr } from '../src/renderer/i18n/fr.ts'
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

/** What opens over a page or in it, by what a person does there; `leave` closes it where the next page would not. */
interface State {
  readonly name: string
  readonly address: (folder: VigieFolder) => Promise<string>
  readonly open: (page: Page, words: Words) => Promise<unknown>
  readonly leave?: (page: Page) => Promise<unknown>
}

const pressEscape = (page: Page) => page.keyboard.press('Escape')
const inPanel = (page: Page) => page.getByRole('complementary')

/** One that is exempt, has a note, and is asleep. */
async function exemptProject(folder: VigieFolder): Promise<string> {
  const address = await projectWith(folder, 'inactive')
  const [, id = ''] = address.split('project=')
  await folder.run('exempt', id, '--until', '2199-01-01', '--reason', 'For a while')
  return address
}

const states: readonly State[] = [
  {
    name: 'the palette, with what it found',
    address: at('#/projects'),
    async open(page, words) {
      await secondRow(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: words.everywhere.palette.title }).fill(words.shell.policy)
      await page.getByRole('listbox').getByRole('option').first().waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'the keys',
    address: at('#/projects'),
    async open(page, words) {
      await secondRow(page)
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: words.everywhere.help.title }).waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'the settings',
    address: at('#/'),
    async open(page, words) {
      await heading(page)
      await page.getByRole('button', { name: words.everywhere.settings.open }).click()
      await page.getByRole('radio').first().waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'the filters',
    address: at('#/projects'),
    async open(page, words) {
      await secondRow(page)
      await page.getByRole('button', { name: words.list.filters, exact: true }).click()
      await page.getByRole('group', { name: words.list.several }).waitFor()
    },
    leave: pressEscape,
  },
  ...(['exempt', 'reactivate'] as const).map((kind) => ({
    name: `a bulk act: ${kind}`,
    address: at('#/projects?status=inactive'),
    async open(page: Page, { bulk }: Words) {
      await secondRow(page)
      await page.getByRole('grid').getByRole('checkbox', { name: bulk.markLoaded }).check()
      await page.getByRole('button', { name: bulk.acts[kind].open }).click()
      await inPanel(page).getByRole('textbox').waitFor()
      await inPanel(page).locator('button[type=submit]').click()
      await inPanel(page).getByText(bulk.reasonMissing).waitFor()
    },
    leave: (page: Page) => page.reload(),
  })),
  {
    name: 'an exemption, the form of another, notes, and what can be undone',
    address: exemptProject,
    async open(page, { exemption, panel: { note }, everywhere }) {
      await panel(page)
      await inPanel(page).getByRole('textbox', { name: note.label }).fill('A note <b>of</b> two\nlines')
      await inPanel(page).getByRole('button', { name: note.action }).click()
      const undo = page.getByRole('region', { name: everywhere.undo.title })
      // It stays while somebody is on it.
      await undo.hover()
      await inPanel(page).getByRole('button', { name: exemption.change }).press('Enter')
      await inPanel(page).getByRole('form', { name: exemption.form }).waitFor()
      await undo.getByRole('button').first().focus()
    },
  },
]

/** Contrast depends on the theme, names on the language: each page is seen in both of both. */
const looks = [
  { colorScheme: 'light', locale: 'en-GB', words: en },
  { colorScheme: 'dark', locale: 'fr-FR', words: fr },
] as const

async function expectNothing(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy=true], [data-loading]')).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
      name,
    )
    .toEqual([])
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
  }, address)
}

for (const { words, ...look } of looks) {
  const open = async (openWindow: () => Promise<Page>) => {
    const page = await openWindow()
    // Contrast is judged once everything stands still.
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: look.colorScheme })
    return page
  }

  test(`axe finds nothing on any page, ${look.colorScheme}, ${look.locale}`, async ({ openWindow, folder, entry }) => {
    test.skip(entry === 'desktop', 'The desktop has one window, in the language of the system.')
    test.setTimeout(240_000)
    const page = await open(() => openWindow(look))
    for (const { name, address, ready } of views) {
      await goTo(page, await address(folder))
      await ready(page)
      await expectNothing(page, name)
    }
    await page.context().close()
  })

  test(`axe finds nothing in what opens, ${look.colorScheme}, ${look.locale}`, async ({
    openWindow,
    folder,
    entry,
  }) => {
    test.skip(entry === 'desktop', 'The desktop has one window, in the language of the system.')
    test.setTimeout(240_000)
    const page = await open(() => openWindow(look))
    for (const state of states) {
      await goTo(page, await state.address(folder))
      await state.open(page, words)
      await expectNothing(page, state.name)
      await state.leave?.(page)
    }
    await page.context().close()
  })
}
