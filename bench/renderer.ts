import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.mjs'
import { listProjects, projectPageSize, unfiltered } from '../src/core/queries/projects.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import { databaseUrlOf } from './agent-process.ts'
import { withConsolePool } from './platform.ts'
import { percentile } from './statistics.ts'

export interface RendererTimes {
  /** Of the list of projects while it scrolls, and of a bare virtual list of the same rows. */
  readonly frameP99Ms: number
  readonly bareFrameP99Ms: number
  /** From a page to another that was read before, until it stands there. */
  readonly pageChangeP95Ms: number
  /** Of the JavaScript heap between the hundredth and the thousandth change of pages. */
  readonly grownMegabytes: number
}

const frames = 600
const pixelsPerFrame = 200
const rowPages = 20
const timedChanges = 100
const countedChanges = 1_000
const settledChanges = 100

/** Drives the console, as it is shipped, in a browser: on the platform as it was filled. */
export async function measureRenderer(address: DatabaseAddress): Promise<RendererTimes> {
  const rows = await withConsolePool(address, readRows)
  const executablePath = findBrowser(process.env, process.platform)
  if (executablePath === null) throw new Error('no Chrome, Chromium or Edge was found')
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    return await withConsole(address, async (url) => {
      const page = await openPage(browser)
      await page.goto(url)
      await page.locator('#content').waitFor()
      await goTo(page, '#/projects')
      const bare = await openPage(browser)
      await bare.setContent(bareList)
      await bare.evaluate(`fillList(${JSON.stringify(rows)})`)
      // In turns, the first of which only warms up.
      const turns: { readonly own: number[]; readonly bare: number[] }[] = []
      for (let turn = 0; turn < 4; turn += 1) {
        await page.bringToFront()
        const own = await scroll(page, '[role=grid]')
        await bare.bringToFront()
        turns.push({ own, bare: await scroll(bare, '#list') })
      }
      const counted = turns.slice(1)
      await page.bringToFront()
      return {
        frameP99Ms: percentile(
          counted.flatMap(({ own }) => own),
          0.99,
        ),
        bareFrameP99Ms: percentile(
          counted.flatMap((turn) => turn.bare),
          0.99,
        ),
        ...(await changePages(page)),
      }
    })
  } finally {
    await browser.close()
  }
}

async function withConsole<Result>(address: DatabaseAddress, action: (url: string) => Promise<Result>) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'))
  const child = spawn(process.execPath, ['out/main/cli.js', 'console', '--no-open', '--port', '0'], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrlOf(address), VIGIE_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const [url] = await once(createInterface({ input: child.stdout }), 'line')
    return await action(String(url))
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    await rm(dataDir, { recursive: true, force: true })
  }
}

function openPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
}

type Sql = Parameters<typeof listProjects>[0]

/** What the rows of the list say, cell by cell. */
async function readRows(sql: Sql): Promise<string[][]> {
  const rows: string[][] = []
  let cursor: Awaited<ReturnType<typeof listProjects>>['next'] = null
  for (let read = 0; read < rowPages; read += 1) {
    const page = await listProjects(sql, {
      ...unfiltered,
      ...{ towards: 'forward', sort: 'lastActivity', direction: 'descending', cursor, limit: projectPageSize },
    })
    for (const row of page.rows) {
      const { name, status, teamName, planName, lastTrafficAt, createdAt, deactivatedAt, reactivationCount } = row
      rows.push(
        [status, name, teamName, planName, lastTrafficAt, createdAt, deactivatedAt, reactivationCount].map(String),
      )
    }
    cursor = page.next
  }
  return rows
}

/** A virtual list and nothing else: a million rows of text, of which those in sight are drawn. */
const bareList = `<!doctype html><style>
  body { margin: 0; font: 13px sans-serif }
  #list { height: 720px; overflow: auto }
  .row { position: absolute; left: 0; right: 0; height: 32px; display: grid; grid-template-columns: repeat(8, 1fr) }
  .row > div { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
</style><div id="list"><div id="body" style="position: relative; height: 32000000px"></div></div><script>
  function fillList(rows) {
    const list = document.getElementById('list'), body = document.getElementById('body'), drawn = new Map()
    const draw = () => {
      const first = Math.max(0, Math.floor(list.scrollTop / 32) - 12), last = first + 47
      for (const [index, row] of drawn) if (index < first || index > last) { row.remove(); drawn.delete(index) }
      for (let index = first; index <= last; index += 1) {
        if (drawn.has(index)) continue
        const row = document.createElement('div')
        row.className = 'row'
        row.style.top = index * 32 + 'px'
        for (const text of rows[index % rows.length]) row.appendChild(document.createElement('div')).textContent = text
        body.appendChild(row)
        drawn.set(index, row)
      }
    }
    list.addEventListener('scroll', draw)
    draw()
  }
</script>`

/** Scrolls down frame by frame, and says how long each of them took. */
function scroll(page: Page, selector: string): Promise<number[]> {
  return page.evaluate(
    ({ selector, frames, pixelsPerFrame }) =>
      new Promise<number[]>((resolve, reject) => {
        const list = document.querySelector(selector)
        if (list === null) return reject(new Error(`there is no ${selector}`))
        const times: number[] = []
        let before = performance.now()
        const next = () => {
          const now = performance.now()
          times.push(now - before)
          before = now
          list.scrollTop += pixelsPerFrame
          if (times.length > frames) resolve(times.slice(1))
          else requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    { selector, frames, pixelsPerFrame },
  )
}

const addresses = ['#/', '#/projects', '#/sweeps', '#/mail', '#/policy', '#/agents']

async function changePages(page: Page): Promise<Pick<RendererTimes, 'pageChangeP95Ms' | 'grownMegabytes'>> {
  const change = (count: number) => goTo(page, addresses[count % addresses.length] ?? '#/')
  for (let count = 0; count < addresses.length; count += 1) await change(count)
  const times: number[] = []
  for (let count = 0; count < timedChanges; count += 1) times.push(await change(count))
  const devtools = await page.context().newCDPSession(page)
  const readHeap = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1024 ** 2
  }
  for (let count = 0; count < settledChanges; count += 1) await change(count)
  const before = await readHeap()
  for (let count = settledChanges; count < countedChanges; count += 1) await change(count)
  return { pageChangeP95Ms: percentile(times, 0.95), grownMegabytes: (await readHeap()) - before }
}

/** Goes to a page and says how long it took until it was drawn whole. */
function goTo(page: Page, address: string): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve, reject) => {
        const startedMs = performance.now()
        const isThere = () =>
          document.querySelector(`nav a[aria-current][href="${to}"]`) !== null &&
          document.querySelector('#content')?.firstElementChild != null &&
          document.querySelector('#content :is([aria-busy=true], [data-loading])') === null
        const look = () => {
          if (performance.now() - startedMs > 30_000) reject(new Error(`${to} did not appear`))
          // What this frame draws is there with the next one.
          else if (isThere()) requestAnimationFrame(() => resolve(performance.now() - startedMs))
          else requestAnimationFrame(look)
        }
        window.location.hash = to
        look()
      }),
    address,
  )
}
