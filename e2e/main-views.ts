import { expect, type Page } from '@playwright/test'

/** A page as a reader of the README, or a comparison of pictures, wants to see it. */
export interface MainView {
  readonly name: string
  readonly hash: string
  /** Opens the first row of its list. */
  readonly hasOpenRow?: boolean
}

export const mainViews: readonly MainView[] = [
  { name: 'overview', hash: '#/' },
  { name: 'projects', hash: '#/projects?status=inactive', hasOpenRow: true },
  { name: 'sweeps', hash: '#/sweeps' },
  { name: 'what-if', hash: '#/sweeps?view=what-if&inactive=3&disabled=4' },
  { name: 'mail', hash: '#/mail' },
  { name: 'policy', hash: '#/policy' },
  { name: 'agents', hash: '#/agents' },
]

/** Goes to a view, and waits until all of it is there. */
export async function showView(page: Page, view: MainView): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, view.hash)
  await settle(page)
  if (view.hasOpenRow === true) await openFirstRow(page)
  await nameDataFolder(page)
}

async function openFirstRow(page: Page): Promise<void> {
  const grid = page.getByRole('grid').first()
  await grid.getByRole('row').nth(1).getByRole('link').first().click()
  await settle(page)
  // A row that the pointer is on, or the keys, looks otherwise.
  await page.mouse.move(0, 0)
}

/** The data folder of a test is a temporary one with a name of its own: it is shown as what a user's is. */
async function nameDataFolder(page: Page): Promise<void> {
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      if (node instanceof Text) node.data = node.data.replace(/\S*vigie-e2e-\w+\/data/g, '/var/lib/vigie')
    }
  })
}

/** Nothing is on its way any more, and for half a second nothing has moved. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator('#content')).toBeVisible()
  await expect(async () => {
    const isStill = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const isLoading = document.querySelector('[aria-busy="true"], [class*="loading"]') !== null
          const observer = new MutationObserver(() => {
            observer.disconnect()
            resolve(false)
          })
          observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
          window.setTimeout(() => {
            observer.disconnect()
            resolve(!isLoading)
          }, 500)
        }),
    )
    expect(isStill).toBe(true)
  }).toPass({ timeout: 30_000, intervals: [100] })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
