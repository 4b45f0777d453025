import { expect, type Page } from '@playwright/test'
import { en, type Words } from '../src/renderer/i18n/en.ts'
import { fr } from '../src/renderer/i18n/fr.ts'
import { test } from './fixtures.ts'
import { findSleeper, openPanel } from './project-stories.ts'
import type { VigieFolder } from './vigie.ts'

const firstRow = (page: Page) => page.getByRole('grid').getByRole('row').nth(1)

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** On a busy machine the second key may come too late to be one with the first. */
async function goTo(page: Page, key: string, address: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await press(page, 'g', key)
        return new URL(page.url()).hash
      },
      { timeout: 30_000 },
    )
    .toBe(address)
}

test('every page has its keys, and the help shows them', async ({ vigie }) => {
  for (const [key, address] of [
    ['p', '#/projects'],
    ['s', '#/sweeps'],
    ['r', '#/sweeps?view=runs'],
    ['m', '#/mail'],
    ['a', '#/agents'],
    ['y', '#/policy'],
    ['o', '#/'],
  ] as const) {
    await goTo(vigie, key, address)
  }
  await press(vigie, 'p')
  expect(new URL(vigie.url()).hash).toBe('#/sweeps')
  await press(vigie, '?')
  const help = vigie.getByRole('dialog', { name: 'Keys' })
  await expect(help.getByText('Preview the next sweep')).toBeVisible()
  // Behind it nothing moves.
  await press(vigie, 'g', 'p')
  expect(new URL(vigie.url()).hash).toBe('#/sweeps')
  await press(vigie, 'Escape')
  await expect(help).toBeHidden()
})

test('a list is worked through with j, k, Enter, r and Escape; what is typed is text', async ({ vigie, folder }) => {
  const sleeper = await findSleeper(folder, 'first')
  await goTo(vigie, 'p', '#/projects')
  await expect(firstRow(vigie)).toBeVisible()
  await press(vigie, 'j', 'j', 'j', 'k')
  await expect(vigie.locator('[role=row][data-active=true]')).toHaveAttribute('aria-rowindex', '3')
  await press(vigie, '/')
  await vigie.keyboard.type(sleeper.id)
  await press(vigie, 'Enter')
  await expect(vigie.getByText('1 project', { exact: true })).toBeVisible()
  await press(vigie, 'j', 'Enter')
  const panel = vigie.getByRole('complementary', { name: 'Project' })
  await expect(panel.getByRole('textbox', { name: 'Reason' })).toBeVisible()
  await press(vigie, 'r')
  const reason = panel.getByRole('textbox', { name: 'Reason' })
  await expect(reason).toBeFocused()
  await vigie.keyboard.type('gp? /jkru')
  await expect(reason).toHaveValue('gp? /jkru')
  await press(vigie, 'Escape', 'Escape')
  await expect(panel).toBeHidden()
})

test('what ran is worked through with j and k, too', async ({ vigie }) => {
  await goTo(vigie, 'r', '#/sweeps?view=runs')
  const toggles = vigie.getByRole('table').locator('button[aria-expanded]')
  await expect(toggles.first()).toBeVisible()
  await press(vigie, 'j', 'j', 'k')
  await expect(toggles.first()).toBeFocused()
  await press(vigie, 'Enter')
  await expect(toggles.first()).toHaveAttribute('aria-expanded', 'true')
})

test('letters can be switched off, for those whose software types them', async ({ vigie }) => {
  await press(vigie, '?')
  const help = vigie.getByRole('dialog', { name: 'Keys' })
  await help.getByRole('checkbox', { name: 'Letters are shortcuts' }).uncheck()
  await press(vigie, 'Escape')
  await press(vigie, 'g', 'p', '?', '/')
  await expect(help).toBeHidden()
  await expect(vigie.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await press(vigie, 'Control+k')
  await expect(vigie.getByRole('combobox', { name: 'Find anything' })).toBeFocused()
})

test('language and appearance follow the system until they are chosen', async ({ openWindow, entry }) => {
  test.skip(entry === 'desktop', 'the desktop has one window, with the language that it was started in')
  const page = await openWindow({ locale: 'fr-FR', colorScheme: 'dark' })
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', 'fr')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByRole('button', { name: 'Réglages de cette fenêtre' }).click()
  await page.getByRole('radio', { name: 'English' }).check()
  await expect(html).toHaveAttribute('lang', 'en')
  await page.getByRole('radio', { name: 'Light' }).check()
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
  await page.reload()
  await expect(html).toHaveAttribute('lang', 'en')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
  await page.getByRole('button', { name: 'Settings of this window' }).click()
  await page.getByRole('group', { name: 'Language' }).getByRole('radio', { name: 'As the system' }).check()
  await expect(html).toHaveAttribute('lang', 'fr')
  await page.context().close()
})

test('the nightly sweep says whose hour it is, and in UTC', async ({ vigie }) => {
  const ticks = vigie.getByRole('region', { name: 'Next ticks' })
  await expect(ticks.getByText('Sweep 02:00 UTC')).toBeVisible()
  const local = ticks.locator('time').first()
  await expect(local).toHaveText(/\d{2}:00 (CET|CEST|GMT\+[12])$/)
  await expect(local).toHaveAttribute('title', /02:00:00 UTC$/)
})

test('a pause by mistake is undone with one key', async ({ vigie, folder }) => {
  await goTo(vigie, 'y', '#/policy')
  await vigie.getByRole('button', { name: /^Pause.*mail/i }).click()
  await vigie.keyboard.type('By mistake')
  await press(vigie, 'Enter')
  const bar = vigie.getByRole('region', { name: 'Can be undone' })
  await expect(bar).toContainText('Paused: ')
  await press(vigie, 'u')
  await expect(bar).toContainText('Undone.')
  const parts = await folder.withSql((sql) => sql`select part from vigie.pause`)
  expect(parts).toEqual([])
})

test('nothing typed is lost by another language, a look elsewhere, an error or a reconnect', async ({
  vigie,
  folder,
}) => {
  await goTo(vigie, 'y', '#/policy')
  await vigie.getByRole('button', { name: /^Pause.*mail/i }).click()
  await vigie.keyboard.type('A pause')
  await vigie.getByRole('button', { name: 'Français' }).click()
  const field = vigie.getByRole('textbox', { name: 'Motif' })
  await expect(field).toHaveValue('A pause')
  await vigie.getByRole('button', { name: 'English' }).click()
  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  await vigie.getByRole('link', { name: 'Policy', exact: true }).click()
  await vigie.getByRole('button', { name: /^Pause.*mail/i }).click()
  const reason = vigie.getByRole('textbox', { name: 'Reason' })
  await expect(reason).toHaveValue('A pause')
  // The answer is an error: the form stays.
  await vigie.route(/pauses\.pause/, (route) => route.abort())
  await press(vigie, 'Enter')
  await expect(vigie.getByRole('alert').filter({ hasText: 'VIGIE_UNREACHABLE' }).first()).toBeVisible()
  await expect(reason).toHaveValue('A pause')
  await vigie.unroute(/pauses\.pause/)
  await folder.crashDatabase()
  await expect(vigie.getByText('Live', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(reason).toHaveValue('A pause')
  await vigie.getByRole('button', { name: 'Leave it' }).click()
})

async function openSleeper(page: Page, folder: VigieFolder): Promise<string> {
  const sleeper = await findSleeper(folder, 'last')
  await openPanel(page, sleeper.id)
  await expect(page.getByRole('region', { name: 'Exemption' })).toBeVisible()
  return sleeper.id
}

test('nor is anything lost that is typed into the forms of a project', async ({ vigie, folder }) => {
  test.slow()
  await openSleeper(vigie, folder)
  const fields = (language: Words) => {
    const panel = vigie.getByRole('complementary')
    const form = panel.getByRole('form', { name: language.exemption.form })
    return [
      [form.getByRole('textbox', { name: language.exemption.reason }), 'An exemption'],
      [panel.getByRole('textbox', { name: language.panel.note.label }), 'A note'],
      [panel.getByRole('textbox', { name: language.project.reactivate.reason }).first(), 'A reactivation'],
    ] as const
  }
  const expectTyped = async (language: Words) => {
    for (const [field, text] of fields(language)) await expect(field).toHaveValue(text)
  }
  await vigie.getByRole('region', { name: 'Exemption' }).getByRole('button', { name: 'Exempt' }).click()
  for (const [field, text] of fields(en)) await field.fill(text)
  await vigie.getByRole('button', { name: 'Français' }).click()
  await expectTyped(fr)
  await vigie.getByRole('button', { name: 'English' }).click()
  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(vigie.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await openSleeper(vigie, folder)
  await expectTyped(en)
  await vigie.route(/exemptions\.exempt|projects\.addNote/, (route) => route.abort())
  for (const [field] of fields(en).slice(0, 2)) await field.press('Control+Enter')
  await vigie.getByRole('form', { name: 'Exempt from sweeps' }).getByRole('button', { name: 'Exempt' }).click()
  await expect(vigie.getByRole('alert').filter({ hasText: 'VIGIE_UNREACHABLE' }).first()).toBeVisible()
  await expectTyped(en)
  await vigie.unroute(/exemptions\.exempt|projects\.addNote/)
  await folder.crashDatabase()
  await expect(vigie.getByText('Live', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expectTyped(en)
})

test('a note and a first exemption are undone; one that takes the place of another is not', async ({
  vigie,
  folder,
}) => {
  const id = await openSleeper(vigie, folder)
  const panel = vigie.getByRole('complementary')
  const bar = vigie.getByRole('region', { name: 'Can be undone' })
  await panel.getByRole('textbox', { name: en.panel.note.label }).fill('Too early')
  await panel.getByRole('button', { name: en.panel.note.action }).click()
  await expect(bar).toContainText('Note added.')
  await bar.getByRole('button', { name: 'Undo' }).click()
  await expect(bar).toContainText('Undone.')
  await expect(panel.locator('s')).toHaveText('Too early')

  const exempt = async (open: string, reason: string) => {
    await panel.getByRole('button', { name: open, exact: true }).first().click()
    const form = panel.getByRole('form', { name: 'Exempt from sweeps' })
    await form.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await form.getByRole('button', { name: 'Exempt' }).click()
    await expect(form).toBeHidden()
  }
  await exempt('Exempt', 'By mistake')
  await expect(bar).toContainText('Exempt from sweeps.')
  await bar.getByRole('button', { name: 'Undo' }).click()
  await expect(bar).toContainText('Undone.')
  await expect(panel.getByText('Not exempt: sweeps treat it by the rules.')).toBeVisible()
  await bar.getByRole('button', { name: 'Leave it so' }).click()

  await folder.run('exempt', id, '--until', '2199-01-01', '--reason', 'For a while')
  await exempt('Change exemption', 'For longer')
  await expect(panel.getByText('For longer').first()).toBeVisible()
  await expect(bar).toBeHidden()
})

test('details of an error are copied without what was searched for', async ({ vigie, entry }) => {
  test.skip(entry === 'desktop', 'permissions are those of a browser')
  await vigie.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await vigie.evaluate(() => {
    window.location.hash = '#/projects?q=canary%40example.org&project=ffffffffffffffffffffffffffffffff'
  })
  const error = vigie.getByRole('alert').filter({ hasText: 'PROJECT_NOT_FOUND' })
  await error.getByRole('button', { name: 'Copy details' }).click()
  await expect(error.getByText('Copied')).toBeVisible()
  const copied = await vigie.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Code: PROJECT_NOT_FOUND')
  expect(copied).toContain('Call: projects.get')
  expect(copied).toContain('Page: #/projects?project=ffffffffffffffffffffffffffffffff')
  expect(copied).not.toContain('canary')
})

test('a storm of 10,000 events moves nothing: scroll, selection, panel and draft stay, and the requests are few', async ({
  vigie,
  folder,
  entry,
}) => {
  test.skip(entry === 'desktop', 'requests are counted in the browser')
  test.setTimeout(240_000)
  await vigie.evaluate(() => {
    window.location.hash = '#/projects?status=inactive'
  })
  await expect(firstRow(vigie)).toBeVisible()
  for (let row = 0; row < 30; row += 1) await press(vigie, 'j')
  await press(vigie, 'Enter')
  const panel = vigie.getByRole('complementary', { name: 'Project' })
  const reason = panel.getByRole('textbox', { name: 'Reason' })
  await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible()
  const isTyped = await reason.isVisible()
  if (isTyped) await reason.fill('While it storms')
  const look = () =>
    vigie.evaluate(() => ({
      hash: window.location.hash,
      scroll: document.querySelector('[role=grid]')?.scrollTop,
      selected: document.querySelector('[role=row][data-active=true]')?.getAttribute('aria-rowindex'),
      open: document.querySelector('[role=row][aria-current=true]')?.textContent,
      draft: document.querySelector('aside textarea')?.textContent,
    }))
  const before = await look()
  const heapBefore = await heapBytes(vigie)
  let requests = 0
  vigie.on('request', () => {
    requests += 1
  })
  const startedMs = Date.now()
  const storm = () =>
    folder.withSql(async (sql) => {
      const kinds = [
        { kind: 'traffic', moved: 1 },
        { kind: 'project', projectId: 'f'.repeat(32) },
        { kind: 'mail', queued: 0 },
        { kind: 'edge' },
      ]
      for (let batch = 0; batch < 100; batch += 1) {
        // Each a message of its own: PostgreSQL folds those of one transaction that are alike.
        await sql`
          select pg_notify('vigie', (k || jsonb_build_object('n', ${batch} * 100 + n))::text)
          from generate_series(1, 25) n, jsonb_array_elements(${sql.json(kinds)}) k`
      }
    })
  await storm()
  // The last of them has arrived when another change is seen after it.
  await folder.withSql((sql) => sql`update project set name = 'Told at last' where id = ${openId(before.hash)}`)
  await folder.withSql((sql) => sql`select pg_notify('vigie', '{"kind": "project", "projectId": ""}')`)
  await expect(panel.getByRole('heading', { name: 'Told at last' })).toBeVisible({ timeout: 60_000 })
  const seconds = (Date.now() - startedMs) / 1_000
  const after = await look()
  expect({ ...after, open: null }).toEqual({ ...before, open: null })
  if (isTyped) await expect(reason).toHaveValue('While it storms')
  // Batched calls of each part at its pace (data/live.ts): some three a second at most for what this page shows.
  expect(requests).toBeLessThan(20 + 6 * seconds)
  const heapAfter = await heapBytes(vigie)
  expect(heapAfter - heapBefore).toBeLessThan(8 * 1024 ** 2)
})

function openId(hash: string): string {
  return new URLSearchParams(hash.split('?')[1]).get('project') ?? ''
}

/** What is still held after everything that can go is gone. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
