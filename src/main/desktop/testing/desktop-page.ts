import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page, type Route } from '@playwright/test'
import { findBrowser } from '../../../../scripts/find-browser.mjs'
import type { DesktopProcess } from './desktop-process.ts'
import { electronShim } from './preload-shim.ts'

/** Chromium knows no `app:`; this origin is secure as well, and asks nobody's name server. */
const standInOrigin = 'http://vigie.localhost'
const pageOrigin = 'app://vigie'

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser(process.env, process.platform)
  if (executablePath === null) throw new Error('No Chrome, Chromium or Edge was found.')
  // Chromium refuses to run as root with its sandbox on.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

/**
 * Shows the desktop's page in a real browser: its files come from the desktop's protocol handler, the built preload runs
 * before its scripts, and what the preload sends goes to the desktop's process and back. Navigation asks the desktop.
 * What goes wrong in the page while it loads is added to the errors.
 */
export async function showPage(desktop: DesktopProcess, browser: Browser, errors: string[]): Promise<Page> {
  const { url } = await desktop.nextEvent('load')
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await connectPreload(desktop, context, page)
  await page.route('**/*', (route) => answer(desktop, page, route))
  await page.goto(url.replace(pageOrigin, standInOrigin))
  await desktop.ask('showPage')
  return page
}

async function connectPreload(desktop: DesktopProcess, context: BrowserContext, page: Page): Promise<void> {
  const frame = { origin: pageOrigin, isMainFrame: true, isDetached: false }
  await context.exposeFunction('electronDoubleSend', (channel: string, args: unknown[]) =>
    desktop.ask('sendFromPage', channel, args, frame),
  )
  const preload = await readFile(resolve('out/preload/preload.cjs'), 'utf8')
  await context.addInitScript({ content: electronShim(standInOrigin, preload) })
  desktop.onSend((channel, args) => {
    if (page.isClosed()) return
    page
      .evaluate(([name, values]) => window.electronDoubleReceive?.(name, values), [channel, args] as const)
      // A document that is being replaced takes no more messages.
      .catch(() => undefined)
  })
}

async function answer(desktop: DesktopProcess, page: Page, route: Route): Promise<void> {
  const request = route.request()
  const url = request.url().replace(standInOrigin, pageOrigin)
  const isDocument = request.isNavigationRequest() && request.frame() === page.mainFrame()
  const isByPage = isDocument && page.url() !== 'about:blank'
  const prevented = isByPage
    ? [await desktop.ask('prevents', 'will-frame-navigate', url), await desktop.ask('prevents', 'will-navigate', url)]
    : []
  if (prevented.includes(true)) return route.abort('aborted')
  const { status, headers, body } = await desktop.ask('request', url, request.method())
  if (isDocument) await desktop.ask('commitNavigation', url)
  await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) })
}
