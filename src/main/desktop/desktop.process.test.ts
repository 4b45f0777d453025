import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPostmasterFile } from '../database/embedded/postmaster.ts'
import { isAlive } from '../database/embedded/testing/processes.ts'
import { type DesktopProcess, type DesktopWorkbench, makeDesktopWorkbench } from './testing/desktop-process.ts'
import type { DesktopFacts, FrameFacts } from './testing/double-messages.ts'

/* The built desktop with the double of Electron, without its page: see desktop-page.process.test.ts for that. */

const channel = 'vigie:rpc'
const ourFrame: FrameFacts = { origin: 'app://vigie', isMainFrame: true, isDetached: false }

let bench: DesktopWorkbench
/** Made once, since that takes seconds. */
let dataDir: string

beforeAll(async () => {
  bench = await makeDesktopWorkbench()
  dataDir = await bench.newDataDir()
})
afterAll(() => bench.remove())

/** Asks as the page would, and resolves with the reply of this id. */
function callFromPage(desktop: DesktopProcess, id: string, path: string, frame = ourFrame) {
  return new Promise<unknown>((resolve, reject) => {
    desktop.onSend((_channel, [reply]) => {
      if (typeof reply === 'object' && reply !== null && 'id' in reply && reply.id === id) resolve(reply)
    })
    desktop.ask('sendFromPage', channel, [{ kind: 'call', id, type: 'query', path }], frame).catch(reject)
  })
}

describe('the desktop', () => {
  let desktop: DesktopProcess
  let facts: DesktopFacts

  beforeAll(async () => {
    desktop = bench.start({ VIGIE_DATA_DIR: dataDir, APP_HOSTNAME: 'app.example' })
    expect(await desktop.nextEvent('load')).toMatchObject({ url: 'app://vigie/' })
    facts = await desktop.ask('inspect')
  })

  afterAll(async () => {
    await desktop.ask('quit').catch(() => undefined)
    expect((await desktop.exited)[0]).toBe(0)
  })

  it('has its sandbox on and its scheme registered before it is ready', () => {
    expect(facts.isSandboxEnabled).toBe(true)
    expect(facts.appUserModelId).toBe('app.vigie.desktop')
    expect(facts.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('opens one window, hidden until there is something to see', async () => {
    expect(facts.windows).toMatchObject([
      {
        isVisible: false,
        backgroundColor: '#f6f7f9',
        options: { name: 'main', windowStatePersistence: true, show: false, minWidth: 1024, minHeight: 700 },
      },
    ])
    await desktop.ask('showPage')
    expect((await desktop.ask('inspect')).windows).toMatchObject([{ isVisible: true }])
  })

  it('gives its page a sandbox of its own, and nothing of Node', () => {
    const preferences = facts.windows[0]?.options.webPreferences
    expect(preferences).toEqual({
      preload: join(process.cwd(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    })
  })

  it('follows the theme', async () => {
    await desktop.ask('setDarkColors', true)
    expect((await desktop.ask('inspect')).windows[0]?.backgroundColor).toBe('#0f1317')
    await desktop.ask('setDarkColors', false)
    expect((await desktop.ask('inspect')).windows[0]?.backgroundColor).toBe('#f6f7f9')
  })

  it('has the roles by which macOS copies and pastes in its menu', () => {
    expect(facts.menuRoles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll']))
  })

  it('opens a page from its menu, in the window that is there', async () => {
    await desktop.ask('clickMenu', 'Projects')
    expect(await desktop.nextEvent('load')).toMatchObject({ url: 'app://vigie/#/projects' })
    expect((await desktop.ask('inspect')).windows).toHaveLength(1)
  })

  it('tells about itself, with the versions of all that it runs on', async () => {
    await desktop.ask('clickMenu', 'About Vigie')
    const { message, detail } = await desktop.nextEvent('message-box')
    expect(message).toMatch(/^Vigie \d/)
    expect(detail).toMatch(/Node \d.*\nPostgreSQL \d/s)
  })

  it('serves its page with a strict policy, and nothing beside it', async () => {
    const page = await desktop.ask('request', 'app://vigie/', 'GET')
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/,
    )
    for (const url of ['app://vigie/%2e%2e/main/index.js', 'app://vigie/..%2fmain%2findex.js', 'app://example/']) {
      expect(await desktop.ask('request', url, 'GET')).toMatchObject({ status: 404 })
    }
  })

  it('denies permissions, devices, captures and downloads', async () => {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'hid',
      'openExternal',
      'unknown',
    ]) {
      expect(await desktop.ask('requestPermission', permission, 'app://vigie/', true)).toBe(false)
      expect(await desktop.ask('checkPermission', permission, 'app://vigie/', true)).toBe(false)
    }
    for (const device of ['hid', 'serial', 'usb']) expect(await desktop.ask('allowsDevice', device)).toBe(false)
    expect(await desktop.ask('allowsCapture')).toBe(false)
    expect(await desktop.ask('allowsDownload')).toBe(false)
  })

  it('lets its own page alone write to the clipboard', async () => {
    const permission = 'clipboard-sanitized-write'
    expect(await desktop.ask('requestPermission', permission, 'app://vigie/', true)).toBe(true)
    expect(await desktop.ask('checkPermission', permission, 'app://vigie/', true)).toBe(true)
    expect(await desktop.ask('requestPermission', permission, 'app://vigie/', false)).toBe(false)
    expect(await desktop.ask('checkPermission', permission, 'https://example.com/', true)).toBe(false)
  })

  it('goes nowhere else, and opens no windows', async () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://vigie.example/', 'about:blank']) {
        expect(await desktop.ask('prevents', event, url)).toBe(true)
      }
      expect(await desktop.ask('prevents', event, 'app://vigie/')).toBe(false)
    }
    expect(await desktop.ask('prevents', 'will-frame-navigate', 'about:srcdoc', true)).toBe(true)
    expect(await desktop.ask('prevents', 'will-frame-navigate', 'https://example.com/', false)).toBe(true)
    expect(await desktop.ask('prevents', 'will-attach-webview', 'app://vigie/')).toBe(true)
    expect(await desktop.ask('openWindow', 'app://vigie/')).toEqual({ action: 'deny' })
    expect(await desktop.ask('openWindow', 'https://example.com/')).toEqual({ action: 'deny' })
  })

  it('hands pages of the platform to the system, and no others', async () => {
    for (const url of ['https://example.com/', 'http://app.example/', 'file:///etc/passwd', 'https://app.example/a']) {
      expect(await desktop.ask('openWindow', url)).toEqual({ action: 'deny' })
    }
    expect(await desktop.nextEvent('opened-outside')).toMatchObject({ url: 'https://app.example/a' })
  })

  it('shows what stands in the markup of its page in a frame', async () => {
    expect(await desktop.ask('prevents', 'will-frame-navigate', 'about:srcdoc', false)).toBe(false)
  })

  it('answers its page, and nobody else', async () => {
    const replies: unknown[] = []
    desktop.onSend((_channel, args) => replies.push(...args))
    const message = { kind: 'call', id: 'forged', type: 'query', path: 'status' }
    for (const frame of [
      null,
      { ...ourFrame, isMainFrame: false },
      { ...ourFrame, isDetached: true },
      { ...ourFrame, origin: 'https://example.com' },
      { ...ourFrame, origin: 'null' },
    ]) {
      await desktop.ask('sendFromPage', channel, [message], frame)
    }
    expect(await callFromPage(desktop, 'own', 'status')).toMatchObject({ kind: 'result', data: { entry: 'desktop' } })
    expect(replies).toMatchObject([{ id: 'own' }])
  })

  it('shows its window again for a second start', async () => {
    await desktop.ask('emitToApp', 'second-instance')
    await desktop.ask('emitToApp', 'activate')
    const { windows } = await desktop.ask('inspect')
    expect(windows).toMatchObject([{ focusCount: 3 }])
  })

  it('loads a crashed page again, but not in a loop', async () => {
    await desktop.ask('crashPage', 'clean-exit')
    await desktop.ask('crashPage', 'crashed')
    await desktop.nextEvent('reload')
    await desktop.ask('crashPage', 'crashed')
    expect(await callFromPage(desktop, 'after the crash', 'status')).toMatchObject({ kind: 'result' })
    expect((await desktop.ask('inspect')).windows).toMatchObject([{ reloadCount: 1 }])
  })
})

describe('its end', () => {
  it.each(['closeWindow', 'quit', 'SIGTERM', 'SIGINT'] as const)('by %s stops the embedded database', async (way) => {
    const desktop = bench.start({ VIGIE_DATA_DIR: dataDir })
    await desktop.nextEvent('load')
    expect(await callFromPage(desktop, '1', 'overview.summary')).toMatchObject({ kind: 'result' })
    const pid = (await readPostmasterFile(join(dataDir, 'postgres')))?.pid ?? Number.NaN
    expect(isAlive(pid)).toBe(true)

    if (way === 'closeWindow' || way === 'quit') await desktop.ask(way).catch(() => undefined)
    else desktop.signal(way)
    expect((await desktop.exited)[0]).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })

  it('comes at once for a second start, which leaves the database alone', async () => {
    const untouched = bench.newPath()
    const second = bench.start({ VIGIE_DATA_DIR: untouched, ELECTRON_DOUBLE_IS_SECOND: '1' })
    expect(await second.exited).toEqual([0, ''])
    await expect(access(untouched)).rejects.toThrow('ENOENT')
  })

  it('has time while the database still starts', async () => {
    const desktop = bench.start({ VIGIE_DATA_DIR: await bench.newDataDir() })
    await desktop.nextEvent('load')
    await desktop.ask('quit')
    expect((await desktop.exited)[0]).toBe(0)
  })

  it('is followed by a new start for whoever asks for one meanwhile', async () => {
    const desktop = bench.start({ VIGIE_DATA_DIR: await bench.newDataDir() })
    await desktop.nextEvent('load')
    await desktop.ask('quit')
    await desktop.ask('emitToApp', 'second-instance')
    expect(await desktop.ask('inspect')).toMatchObject({ windows: [], relaunchCount: 1 })
    desktop.signal('SIGKILL')
    await desktop.exited
  })
})

describe('a start that fails', () => {
  it('says why in a box and ends with exit code 1', async () => {
    const file = bench.newPath()
    await writeFile(file, 'no folder')
    const desktop = bench.start({ VIGIE_DATA_DIR: file })
    const box = await desktop.nextEvent('error-box')
    expect(box.title).toBe('Vigie could not be started')
    expect(box.content).toContain(`The data folder ${file} cannot be made or written`)
    expect((await desktop.exited)[0]).toBe(1)
  })

  it('names the variable that is wrong, and not its value', async () => {
    const desktop = bench.start({ DATABASE_URL: 'mysql://root:secret@localhost/database' })
    const { content } = await desktop.nextEvent('error-box')
    expect(content).toContain('DATABASE_URL')
    const [exitCode, errorOutput] = await desktop.exited
    expect(exitCode).toBe(1)
    expect(content + errorOutput).not.toContain('secret')
  })
})
