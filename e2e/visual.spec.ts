import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { mainViews, showView } from './main-views.ts'

/*
 * The main views against pictures of them. Pictures are worth comparing only where letters are as wide as where they were
 * made: with other fonts, or without pictures for this platform, these tests are skipped and layout.spec.ts is all there is.
 * CONTRIBUTING.md says how to make them.
 */

/** How wide a sentence is in both fonts, in the folder of the pictures. */
const fontsFile = path.resolve(`e2e/baselines/fonts-${process.platform}.json`)

for (const locale of ['en-GB', 'fr-FR']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the main views look as they did, in ${locale}, ${colorScheme}`, async ({ openWindow, entry }, testInfo) => {
      test.skip(entry === 'desktop', 'a desktop has the language and the look of its machine')
      test.setTimeout(240_000)
      const isMaking = ['all', 'changed'].includes(testInfo.config.updateSnapshots)
      test.skip(!isMaking && !existsSync(fontsFile), 'there are no pictures for this platform')
      const page = await openWindow({ locale, colorScheme })
      const fonts = `[${(await measureFonts(page)).join(', ')}]\n`
      if (isMaking) writeFileSync(fontsFile, fonts)
      test.skip(readFileSync(fontsFile, 'utf8') !== fonts, 'the pictures were made with other fonts')
      for (const view of mainViews) {
        await showView(page, view)
        await stopTime(page)
        await expect.soft(page).toHaveScreenshot(`${view.name}-${locale}-${colorScheme}.png`, {
          animations: 'disabled',
          maxDiffPixelRatio: 0.03,
          mask: [page.locator('svg.recharts-surface, figure svg')],
        })
        await page.reload()
      }
      await page.context().close()
    })
  }
}

/**
 * The sample is dated relative to now: times get one text, and digits become zeros, which are as wide. What is left is
 * the same on any day.
 */
async function stopTime(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const time of document.querySelectorAll('time')) time.textContent = '1 Jan 2026, 00:00'
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      if (node instanceof Text) node.data = node.data.replace(/\d/g, '0')
    }
  })
}

async function measureFonts(page: Page): Promise<readonly number[]> {
  return await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')
    if (context === null) return []
    return ['sans-serif', 'monospace'].map((generic) => {
      const { fontFamily } = getComputedStyle(document.body)
      context.font = `16px ${generic === 'monospace' ? generic : fontFamily}`
      return context.measureText('Voix ambiguë d’un cœur qui préfère les jattes de kiwis 0123456789').width
    })
  })
}
