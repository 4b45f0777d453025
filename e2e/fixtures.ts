import path from 'node:path'
import { _electron, test as base, chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.mjs'
import { findElectron } from './electron.ts'
import { createVigieFolder, startConsole, type VigieFolder } from './vigie.ts'

interface Fixtures {
  /** The window of a Vigie on its own sample platform, opened at Overview. */
  readonly vigie: Page
}

interface WorkerFixtures {
  readonly folder: VigieFolder
  /** Opens another window on the same Vigie; null in the desktop, which has one. */
  readonly openWindow: (options?: { locale?: string; colorScheme?: 'light' | 'dark' }) => Promise<Page>
  readonly entry: 'console' | 'desktop'
}

const isRoot = process.getuid?.() === 0
/** Chromium refuses root its sandbox; what the tests open is their own page alone. */
const rootArgs = isRoot ? ['--no-sandbox'] : []

export const test = base.extend<Fixtures, WorkerFixtures>({
  entry: [
    async ({ browserName: _browserName }, use, workerInfo) => {
      await use(workerInfo.project.name === 'desktop' ? 'desktop' : 'console')
    },
    { scope: 'worker' },
  ],

  folder: [
    async ({ browserName: _browserName }, use) => {
      const folder = await createVigieFolder()
      await use(folder)
      await folder.remove()
    },
    { scope: 'worker' },
  ],

  openWindow: [
    async ({ folder, entry }, use) => {
      if (entry === 'desktop') {
        const desktop = await _electron.launch({
          executablePath: findElectron() ?? '',
          args: [path.resolve('.'), '--lang=en-GB', ...rootArgs],
          env: folder.env,
        })
        await use(async () => {
          const page = await desktop.firstWindow()
          // It is one window for all tests: each begins where a window begins.
          await page.evaluate(() => {
            window.location.hash = '#/'
            window.location.reload()
          })
          return page
        })
        await desktop.close()
        return
      }
      const running = await startConsole(folder.env)
      const executablePath = findBrowser(process.env, process.platform)
      if (executablePath === null) throw new Error('No Chrome, Chromium or Edge was found: run "npm test".')
      const browser = await chromium.launch({ executablePath, args: rootArgs })
      await use(async (options = {}) => {
        const context = await browser.newContext({
          viewport: { width: 1280, height: 800 },
          locale: 'en-GB',
          timezoneId: 'Europe/Paris',
          ...options,
        })
        const page = await context.newPage()
        await page.goto(running.url)
        // The entry page hands over the cookie and goes on by itself.
        await page.locator('#content').waitFor()
        return page
      })
      await browser.close()
      await running.stop()
    },
    { scope: 'worker' },
  ],

  vigie: async ({ openWindow, entry }, use) => {
    const page = await openWindow()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await use(page)
    if (entry === 'console') await page.context().close()
  },
})
