import { expect, type Locator, type Page } from '@playwright/test'
import { findClipped } from './find-clipped.ts'
import { test } from './fixtures.ts'
import { mainViews, showView } from './main-views.ts'
import { findSleeper } from './project-stories.ts'

/** 1280 × 800 at 200 %. */
const size = { width: 640, height: 400 }

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** With the Tab key alone, which also brings into view what it reaches. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
  await expect(target).toBeInViewport()
}

test('at 200 % a project is found, opened and reactivated with the keyboard', async ({ openWindow, folder, entry }) => {
  test.skip(entry === 'desktop', 'a desktop has the size of its machine')
  const sleeper = await findSleeper(folder, 'first')
  const page = await openWindow()
  await page.setViewportSize(size)
  await tabTo(page, page.getByRole('link', { name: 'Projects', exact: true }))
  await press(page, 'Enter')
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeInViewport()
  await press(page, '/')
  await page.keyboard.type(sleeper.id)
  await press(page, 'Enter')
  const panel = page.getByRole('complementary', { name: 'Project' })
  const reason = panel.getByRole('textbox', { name: 'Reason' })
  await expect(reason).toBeVisible()
  await tabTo(page, reason)
  expect(await findClipped(page)).toEqual([])
  await page.keyboard.type('By keyboard, enlarged')
  await tabTo(page, panel.getByRole('button', { name: 'Reactivate' }))
  await press(page, 'Enter')
  await expect(panel.getByText('The project is active again.')).toBeInViewport()
  await press(page, 'Escape')
  await expect(panel).toBeHidden()
  await page.context().close()
})

test('at 200 % a sweep is previewed and run with the keyboard', async ({ openWindow, entry }) => {
  test.skip(entry === 'desktop', 'a desktop has the size of its machine')
  const page = await openWindow()
  await page.setViewportSize(size)
  await tabTo(page, page.getByRole('link', { name: 'Sweeps', exact: true }))
  await press(page, 'Enter')
  const run = page.getByRole('button', { name: 'Run sweep' })
  await expect(run).toBeEnabled()
  await tabTo(page, page.getByRole('grid', { name: /Preview/ }))
  await expect(
    page
      .getByRole('grid', { name: /Preview/ })
      .getByRole('row')
      .nth(1),
  ).toBeInViewport()
  expect(await findClipped(page)).toEqual([])
  await tabTo(page, run)
  await press(page, 'Enter')
  const confirm = page.getByRole('button', { name: /^Put \d+ to sleep/ })
  await tabTo(page, confirm)
  expect(await findClipped(page)).toEqual([])
  await press(page, 'Enter')
  await expect(page.getByText(/\d+ projects put to sleep/).first()).toBeInViewport({ timeout: 30_000 })
  await page.context().close()
})

for (const locale of ['en-GB', 'fr-FR']) {
  test(`at 200 % nothing is cut off in ${locale}`, async ({ openWindow, entry }) => {
    test.skip(entry === 'desktop', 'a desktop has the language and the size of its machine')
    test.setTimeout(240_000)
    const page = await openWindow({ locale })
    await page.setViewportSize(size)
    for (const view of mainViews) {
      await showView(page, view)
      expect.soft(await findClipped(page), view.name).toEqual([])
    }
    await page.context().close()
  })
}
