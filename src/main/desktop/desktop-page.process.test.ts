import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RpcReply, RpcRequest } from '../../core/rpc-message.ts'
import { launchBrowser, showPage } from './testing/desktop-page.ts'
import { type DesktopProcess, type DesktopWorkbench, makeDesktopWorkbench } from './testing/desktop-process.ts'

/* The built main process, preload and page together, the page in a real browser. */

let bench: DesktopWorkbench
let browser: Browser
let desktop: DesktopProcess
let dataDir: string
let page: Page
/** What went wrong in the page by itself: errors, and what its content policy refused. */
const pageErrors: string[] = []

beforeAll(async () => {
  bench = await makeDesktopWorkbench()
  browser = await launchBrowser()
  dataDir = await bench.newDataDir()
  desktop = bench.start({ VIGIE_DATA_DIR: dataDir })
  page = await showPage(desktop, browser, pageErrors)
  // The page is there before the database.
  expect(await call({ type: 'query', path: 'overview.summary' })).toMatchObject({ kind: 'result' })
})

afterAll(async () => {
  await browser.close()
  await bench.remove()
})

/** For what arrives by itself. */
const patience = { timeout: 20_000, interval: 20 }

type Call = Omit<RpcRequest & { kind: 'call' }, 'kind' | 'id'>

/** Makes a call over the bridge in the page, beside those of the page itself, and returns its last reply. */
function call(request: Call): Promise<RpcReply> {
  return page.evaluate(
    (call) =>
      new Promise<RpcReply>((resolve, reject) => {
        if (window.vigie === undefined) return reject(new Error('There is no bridge.'))
        const id = crypto.randomUUID()
        const end = window.vigie.subscribe((reply) => {
          if (reply.id !== id || reply.kind === 'started' || reply.kind === 'event') return
          end()
          resolve(reply)
        })
        window.vigie.send({ kind: 'call', id, ...call })
      }),
    request,
  )
}

/** Follows `changes` in the page; what arrives is kept there under the id. */
function followChanges(id: string): Promise<void> {
  return page.evaluate((id) => {
    const replies: RpcReply[] = []
    Object.assign(window, { [`replies ${id}`]: replies })
    window.vigie?.subscribe((reply) => {
      if (reply.id === id) replies.push(reply)
    })
    window.vigie?.send({ kind: 'call', id, type: 'subscription', path: 'changes' })
  }, id)
}

function repliesOf(id: string): Promise<RpcReply[]> {
  return page.evaluate((id) => Reflect.get(window, `replies ${id}`), id)
}

describe('the page', () => {
  it('is the console, with data of the embedded database', async () => {
    await page.getByText('Permanently disabled').first().waitFor()
    expect(await page.title()).toContain('Vigie')
    await page.getByRole('link', { name: 'Projects', exact: true }).click()
    await page.getByRole('row').nth(5).waitFor()
    expect(new URL(page.url()).hash).toBe('#/projects')
    expect(pageErrors).toEqual([])
  })

  it('says that this machine acts by itself, and switches it off and on', async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    const box = page.getByRole('checkbox', { name: 'This desktop' })
    const alive = page.getByText('1 Vigie heard of within the last minute')
    await expect.poll(() => box.isChecked(), patience).toBe(true)
    await alive.waitFor()
    for (const isOn of [false, true]) {
      await box.click()
      await expect.poll(() => readFile(join(dataDir, 'settings.json'), 'utf8'), patience).toContain(`: ${isOn}`)
      await expect.poll(() => box.isChecked(), patience).toBe(isOn)
      await alive.waitFor({ state: isOn ? 'visible' : 'hidden' })
    }
    await page.getByRole('link', { name: 'Projects', exact: true }).click()
    expect(pageErrors).toEqual([])
  })

  it('has the background that its window had before', async () => {
    const shown = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const windowColor = async () => {
      const [window] = (await desktop.ask('inspect')).windows
      const [red, green, blue] = (window?.backgroundColor.slice(1).match(/../g) ?? []).map((hex) =>
        Number.parseInt(hex, 16),
      )
      return `rgb(${red}, ${green}, ${blue})`
    }
    for (const colorScheme of ['dark', 'light'] as const) {
      await desktop.ask('setDarkColors', colorScheme === 'dark')
      await page.emulateMedia({ colorScheme })
      await expect.poll(shown, patience).toBe(await windowColor())
    }
  })

  it('has the bridge and nothing else of Electron or Node', async () => {
    const globals = await page.evaluate(() => ({
      bridge: Object.keys(window.vigie ?? {}).sort(),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
      isReplaceable: Reflect.set(window, 'vigie', {}) || Reflect.set(window.vigie ?? {}, 'send', () => {}),
    }))
    expect(globals).toEqual({ bridge: ['send', 'subscribe'], others: [], isReplaceable: false })
  })

  it('runs no scripts but its own files, and talks to no one else', async () => {
    const outcome = await page.evaluate(async () => {
      const refused: string[] = []
      const bothRefused = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (refused.push(event.blockedURI) === 2) resolve()
        })
      })
      const inline = document.createElement('script')
      inline.textContent = 'window.hasRunInline = true'
      document.body.append(inline)
      await fetch('https://example.com/').catch(() => undefined)
      await bothRefused
      return { hasRunInline: 'hasRunInline' in window, refused }
    })
    expect(outcome).toEqual({ hasRunInline: false, refused: ['inline', 'https://example.com/'] })
    // These were asked for.
    pageErrors.length = 0
  })
})

describe('an export', () => {
  const button = (name: string) => page.getByRole('button', { name })

  it('is kept where the person says, whole, and nowhere when they change their mind', async () => {
    await page.getByRole('link', { name: 'Projects', exact: true }).click()
    await desktop.ask('answerSaveDialogs', null)
    await button('Export JSON').click()
    expect((await desktop.nextEvent('save-dialog')).defaultPath).toMatch(/^vigie-projects-\d{4}-\d\d-\d\d\.json$/)
    const path = join(dataDir, 'export.csv')
    await desktop.ask('answerSaveDialogs', path)
    await button('Export CSV').click()
    expect((await desktop.nextEvent('save-dialog')).defaultPath).toMatch(/\.csv$/)
    await page.getByText('1,200 rows exported').waitFor()
    const text = await readFile(path, 'utf8')
    expect(text).toMatch(/^\ufeffid,name,slug,status,.*\r\n/)
    expect(text).toMatch(/\r\n$/)
    expect(await readdir(dataDir)).not.toContain('export.csv.part')
    expect(pageErrors).toEqual([])
  })

  it('that can’t be written says so, and leaves nothing', async () => {
    await desktop.ask('answerSaveDialogs', join(dataDir, 'no-such-folder', 'export.csv'))
    await button('Export CSV').click()
    await page.getByText('The file can’t be written there').waitFor()
    expect(pageErrors).toEqual([])
  })
})

describe('over the bridge', () => {
  it('a query is answered', async () => {
    expect(await call({ type: 'query', path: 'status' })).toMatchObject({
      kind: 'result',
      data: { entry: 'desktop', database: { kind: 'embedded' }, facts: { isSample: true } },
    })
  })

  it('a mutation acts, and its change reaches the page', async () => {
    await followChanges('mutation')
    await expect
      .poll(() => repliesOf('mutation'), patience)
      .toMatchObject([{ kind: 'started' }, { data: { kind: 'connected' } }])
    const reply = await call({ type: 'mutation', path: 'sweeps.start' })
    expect(reply).toMatchObject({ kind: 'result', data: { runId: expect.any(Number) } })
    await expect
      .poll(() => repliesOf('mutation'), patience)
      .toContainEqual({ kind: 'event', id: 'mutation', data: expect.objectContaining({ kind: 'sweep' }) })
  })

  it('a refusal keeps its code', async () => {
    const input = { projectId: 'f'.repeat(32), onBehalfOf: 'someone@example.com', reason: 'A reason.' }
    expect(await call({ type: 'mutation', path: 'projects.reactivate', input })).toMatchObject({
      kind: 'error',
      error: { data: { vigie: { code: 'PROJECT_NOT_FOUND', message: expect.any(String) } } },
    })
  })

  it('a bad input names its field', async () => {
    expect(await call({ type: 'query', path: 'projects.get', input: { projectId: 7 } })).toMatchObject({
      kind: 'error',
      error: { data: { vigie: { code: 'BAD_REQUEST', message: expect.stringMatching(/^projectId: /) } } },
    })
  })

  it('what can’t be cloned is refused at once', async () => {
    const message = await page.evaluate(() => {
      try {
        window.vigie?.send({ kind: 'call', id: 'uncloneable', type: 'query', path: 'status', input: () => 1 })
        return 'sent'
      } catch (error) {
        return String(error)
      }
    })
    expect(message).toContain('could not be cloned')
  })

  it('a subscription ends when it is asked to', async () => {
    await followChanges('ending')
    // A sweep of an earlier test may still be telling: what counts is that nothing comes after the end.
    await expect.poll(async () => (await repliesOf('ending')).length, patience).toBeGreaterThanOrEqual(2)
    await page.evaluate(() => window.vigie?.send({ kind: 'stop', id: 'ending' }))
    // Messages keep their order: once this is answered, the subscription has ended.
    await call({ type: 'query', path: 'status' })
    const [ended, told] = [await repliesOf('ending'), (await repliesOf('mutation')).length]
    await call({ type: 'mutation', path: 'sweeps.start' })
    await expect.poll(async () => (await repliesOf('mutation')).length, patience).toBeGreaterThan(told)
    expect(await repliesOf('ending')).toEqual(ended)
  })
})

describe('navigation', () => {
  it('to another place is prevented, and the page lives on', async () => {
    await followChanges('staying')
    // A sweep of an earlier test may still be telling: what counts is that more comes after.
    const countReplies = async () => (await repliesOf('staying')).length
    await expect.poll(countReplies, patience).toBeGreaterThanOrEqual(2)
    const refused = page.waitForEvent('requestfailed')
    await page.evaluate(() => {
      window.location.href = 'https://example.com/'
    })
    expect((await refused).url()).toBe('https://example.com/')
    expect(new URL(page.url()).hostname).toBe('vigie.localhost')
    const before = await countReplies()
    await call({ type: 'mutation', path: 'sweeps.start' })
    await expect.poll(countReplies, patience).toBeGreaterThan(before)
  })

  it('by a reload ends what the page had open', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await followChanges(`before ${name}`)
    expect(await call({ type: 'subscription', path: 'changes' })).toMatchObject({
      error: { data: { code: 'TOO_MANY_REQUESTS' } },
    })
    await page.reload()
    await followChanges('after')
    await expect
      .poll(() => repliesOf('after'), patience)
      .toMatchObject([{ kind: 'started' }, { data: { kind: 'connected' } }])
  })
})

describe('the end', () => {
  it('comes with the window, with exit code 0 and nothing wrong in the page', async () => {
    // The page was loaded again: what it still asks for would meet nobody.
    await page.getByRole('row').nth(5).waitFor()
    expect(pageErrors).toEqual([])
    await desktop.ask('closeWindow').catch(() => undefined)
    const [exitCode, errorOutput] = await desktop.exited
    expect(exitCode).toBe(0)
    expect(errorOutput).not.toContain('"level":"ERROR"')
  })
})
