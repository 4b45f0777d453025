import path from 'node:path'
import { _electron, test as base, chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.mjs'
import { findElectron } from './electron.ts'
import { createVigieFolder, startConsole, type VigieFolder } from './vigie.ts'

interface Fixtures {
  /** The window of a Vigie on its own sample platform, opened at Overview. */
  readonly vigie: Page
  readonly folder: VigieFolder
  readonly openWindow: OpenWindow
}

interface WorkerFixtures {
  readonly entry: 'console' | 'desktop'
  /** Opens the Vigie of a spec file; that of the file before is closed. */
  readonly openFor: (file: string) => Promise<OpenVigie>
}

/** Opens another window on the same Vigie; in the desktop, which has one, that one. */
type OpenWindow = (options?: { locale?: string; colorScheme?: 'light' | 'dark' }) => Promise<Page>

interface OpenVigie {
  readonly folder: VigieFolder
  readonly openWindow: OpenWindow
  readonly close: () => Promise<void>
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

  /** A Vigie for each file: a worker runs several, and what one puts to sleep is not there for the next. */
  openFor: [
    async ({ entry }, use) => {
      let current: { readonly file: string; readonly vigie: OpenVigie } | undefined
      await use(async (file) => {
        if (current?.file === file) return current.vigie
        await current?.vigie.close()
        current = undefined
        const vigie = await openVigie(entry)
        current = { file, vigie }
        return vigie
      })
      await current?.vigie.close()
    },
    { scope: 'worker' },
  ],

  folder: async ({ openFor }, use, testInfo) => {
    await use((await openFor(testInfo.file)).folder)
  },

  openWindow: async ({ openFor }, use, testInfo) => {
    await use((await openFor(testInfo.file)).openWindow)
  },

  vigie: async ({ openWindow, entry }, use) => {
    const page = await openWindow()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await use(page)
    if (entry === 'console') await page.context().close()
  },
})

async function openVigie(entry: WorkerFixtures['entry']): Promise<OpenVigie> {
  const folder = await createVigieFolder()
  const { openWindow, close } = await (entry === 'desktop' ? openDesktop(folder) : openConsole(folder))
  return {
    folder,
    openWindow,
    async close() {
      await close()
      await folder.remove()
    },
  }
}

async function openDesktop(folder: VigieFolder): Promise<Omit<OpenVigie, 'folder'>> {
  const desktop = await _electron.launch({
    executablePath: findElectron() ?? '',
    args: [path.resolve('.'), '--lang=en-GB', ...rootArgs],
    env: folder.env,
  })
  return {
    async openWindow() {
      const page = await desktop.firstWindow()
      // It is one window for all tests: each begins where a window begins.
      await page.evaluate(() => {
        window.location.hash = '#/'
        window.location.reload()
      })
      return page
    },
    close: () => desktop.close(),
  }
}

async function openConsole(folder: VigieFolder): Promise<Omit<OpenVigie, 'folder'>> {
  const running = await startConsole(folder.env)
  const executablePath = findBrowser(process.env, process.platform)
  if (executablePath === null) throw new Error('No Chrome, Chromium or Edge was found: run "npm test".')
  const browser = await chromium.launch({ executablePath, args: rootArgs })
  return {
    async openWindow(options = {}) {
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
    },
    async close() {
      await browser.close()
      await running.stop()
    },
  }
}
