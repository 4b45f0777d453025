import { stat } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { mainViews, showView } from './main-views.ts'

/* The pictures of the README: run by scripts/screenshots.mjs, never with the tests. */

const folder = path.resolve('docs/pictures')
const shown = new Set(['overview', 'projects', 'sweeps'])
/** A README is read on phones too. */
const maxBytes = 200_000

test.describe.configure({ mode: 'serial' })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pictures, ${colorScheme}`, async ({ openWindow }) => {
    const page = await openWindow({ colorScheme })
    for (const view of mainViews.filter(({ name }) => shown.has(name))) {
      await showView(page, view)
      const file = path.join(folder, `${view.name}-${colorScheme}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      expect((await stat(file)).size, file).toBeLessThan(maxBytes)
    }
    await page.context().close()
  })
}
