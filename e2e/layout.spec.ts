import { expect } from '@playwright/test'
import { findClipped } from './find-clipped.ts'
import { test } from './fixtures.ts'
import { mainViews, showView } from './main-views.ts'

/** The narrowest window and a wide one; and the usual one. */
const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
] as const

for (const locale of ['en-GB', 'fr-FR']) {
  for (const size of sizes) {
    test(`nothing is cut off in ${locale} at ${size.width} × ${size.height}`, async ({ openWindow, entry }) => {
      test.skip(entry === 'desktop', 'a desktop has the language and the size of its machine')
      test.setTimeout(240_000)
      const page = await openWindow({ locale })
      await page.setViewportSize(size)
      for (const view of mainViews) {
        await showView(page, view)
        expect(await findClipped(page), view.name).toEqual([])
      }
      await page.context().close()
    })
  }
}

test('what is cut off is found', async ({ vigie }) => {
  await vigie.evaluate(() => {
    const add = (text: string, style: Partial<CSSStyleDeclaration>) => {
      const line = document.createElement('p')
      line.textContent = text
      Object.assign(line.style, { width: '40px', whiteSpace: 'nowrap' }, style)
      document.body.append(line)
    }
    add('a text that is cut', { overflow: 'hidden' })
    add('one with an ellipsis', { overflow: 'hidden', textOverflow: 'ellipsis' })
    add('one that can be scrolled', { overflow: 'auto' })
    add('one that makes the page wide', { width: '3000px' })
  })
  const found = await findClipped(vigie)
  expect(found).toEqual([expect.stringMatching(/^the page is 3\d\d\d px wide$/), '“a text that is cut” in p'])
})
