import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseBrowserCommand, findOnPath, openBrowser, type Surroundings } from './open-browser.ts'

const url = 'http://127.0.0.1:4000/enter/key'

/** A machine on which just these executables exist. */
function machine(surroundings: Partial<Surroundings>, ...executables: string[]): Surroundings {
  return {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    isRoot: false,
    findExecutable: (name) => executables.find((path) => path === name || path.endsWith(`/${name}`)) ?? null,
    ...surroundings,
  }
}

describe('the choice on Linux', () => {
  it('is an app window where a browser has them, before the default browser', () => {
    const choice = chooseBrowserCommand(machine({}, '/usr/bin/xdg-open', '/usr/bin/google-chrome'), url)
    expect(choice).toEqual({ kind: 'window', command: '/usr/bin/google-chrome', args: [`--app=${url}`] })
  })

  it.each(['chromium', 'google-chrome', 'microsoft-edge', 'brave-browser'])('knows %s', (name) => {
    expect(chooseBrowserCommand(machine({}, `/opt/${name}`), url)).toMatchObject({ command: `/opt/${name}` })
  })

  it('is the default browser otherwise', () => {
    const choice = chooseBrowserCommand(machine({ env: { WAYLAND_DISPLAY: 'wayland-0' } }, '/usr/bin/xdg-open'), url)
    expect(choice).toEqual({ kind: 'tab', command: '/usr/bin/xdg-open', args: [url] })
  })

  it('is none without a browser', () => {
    expect(chooseBrowserCommand(machine({}), url)).toMatchObject({ kind: 'none' })
  })

  it.each([{}, { DISPLAY: '' }])('is none without a display: %j', (env) => {
    const choice = chooseBrowserCommand(machine({ env }, '/usr/bin/chromium'), url)
    expect(choice).toEqual({ kind: 'none', reason: 'There is no display to open a browser on.' })
  })

  it('is none as root, and the sandbox stays on for everybody else', () => {
    expect(chooseBrowserCommand(machine({ isRoot: true }, '/usr/bin/chromium'), url)).toMatchObject({ kind: 'none' })
    const choice = chooseBrowserCommand(machine({}, '/usr/bin/chromium'), url)
    expect(choice).not.toMatchObject({ args: expect.arrayContaining(['--no-sandbox']) })
  })
})

describe('the choice on macOS', () => {
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

  it('is an app window of Chrome, else what "open" opens', () => {
    const mac = { platform: 'darwin', env: {} } as const
    expect(chooseBrowserCommand(machine(mac, chrome, '/usr/bin/open'), url)).toEqual({
      kind: 'window',
      command: chrome,
      args: [`--app=${url}`],
    })
    expect(chooseBrowserCommand(machine(mac, '/usr/bin/open'), url)).toEqual({
      kind: 'tab',
      command: '/usr/bin/open',
      args: [url],
    })
  })

  it('is none over SSH, where the display is somebody else’s', () => {
    const remote = { platform: 'darwin', env: { SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22' } } as const
    expect(chooseBrowserCommand(machine(remote, chrome), url)).toMatchObject({ kind: 'none' })
  })
})

describe('the choice on Windows', () => {
  const env = { ProgramFiles: 'C:\\Programs', 'ProgramFiles(x86)': 'C:\\Programs86', SystemRoot: 'D:\\Windows' }

  it('is an app window of Edge where there is no other', () => {
    const edge = 'C:\\Programs86\\Microsoft\\Edge\\Application\\msedge.exe'
    const choice = chooseBrowserCommand(machine({ platform: 'win32', env }, edge), url)
    expect(choice).toEqual({ kind: 'window', command: edge, args: [`--app=${url}`] })
  })

  it('is the default browser otherwise, without a shell', () => {
    const opener = 'D:\\Windows\\System32\\rundll32.exe'
    const choice = chooseBrowserCommand(machine({ platform: 'win32', env }, opener), url)
    expect(choice).toEqual({ kind: 'tab', command: opener, args: ['url.dll,FileProtocolHandler', url] })
  })
})

describe('opening', () => {
  let dir: string

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vigie-browser-'))
  })

  afterEach(() => rm(dir, { recursive: true, force: true }))

  /** A machine whose browser is this shell script. */
  async function machineWith(script: string): Promise<Surroundings> {
    const browser = join(dir, 'chromium')
    await writeFile(browser, script)
    await chmod(browser, 0o700)
    return {
      platform: 'linux',
      env: { DISPLAY: ':0', PATH: '/usr/bin:/bin' },
      isRoot: false,
      findExecutable: (name) => findOnPath(name, dir),
    }
  }

  it('hands the address over as one argument', async () => {
    const surroundings = await machineWith('#!/bin/sh\nprintf "%s|" "$@" > "$0.args"\n')
    expect(await openBrowser(url, surroundings)).toEqual({ kind: 'window' })
    expect(await readFile(join(dir, 'chromium.args'), 'utf8')).toBe(`--app=${url}|`)
  })

  it('does not wait for a browser that stays', async () => {
    const surroundings = await machineWith('#!/bin/sh\nprintf "%s" $$ > "$0.pid"\nexec sleep 30\n')
    const pidFile = join(dir, 'chromium.pid')
    const outcome = await openBrowser(url, surroundings, 300)
    const pid = await vi.waitFor(async () => {
      const written = await readFile(pidFile, 'utf8')
      expect(written).not.toBe('')
      return Number(written)
    })
    process.kill(pid)
    expect(outcome).toEqual({ kind: 'window' })
  })

  it('tells of a browser that fails at once', async () => {
    const surroundings = await machineWith('#!/bin/sh\nexit 3\n')
    const outcome = await openBrowser(url, surroundings)
    const reason = `The browser could not be opened: ${join(dir, 'chromium')} ended at once (3).`
    expect(outcome).toEqual({ kind: 'none', reason })
  })

  it('tells of a browser that does not start', async () => {
    const surroundings = await machineWith('#!/nowhere/interpreter\n')
    const outcome = await openBrowser(url, surroundings)
    expect(outcome).toMatchObject({ kind: 'none', reason: expect.stringContaining('did not start') })
  })

  it('starts nothing without a display', async () => {
    const surroundings = await machineWith('#!/bin/sh\n: > "$0.started"\n')
    expect(await openBrowser(url, { ...surroundings, env: {} })).toMatchObject({ kind: 'none' })
    expect(existsSync(join(dir, 'chromium.started'))).toBe(false)
  })
})

describe('looking for an executable', () => {
  let dir: string

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vigie-path-'))
    await mkdir(join(dir, 'first'))
    await mkdir(join(dir, 'second', 'folder'), { recursive: true })
    await writeFile(join(dir, 'first', 'browser'), '', { mode: 0o600 })
    await writeFile(join(dir, 'second', 'browser'), '', { mode: 0o700 })
  })

  afterEach(() => rm(dir, { recursive: true, force: true }))

  it('takes the first that may be run, from absolute folders alone', () => {
    const path = [`${dir}/first`, '', 'relative', `${dir}/second`].join(delimiter)
    expect(findOnPath('browser', path)).toBe(join(dir, 'second', 'browser'))
    expect(findOnPath('other', path)).toBeNull()
    expect(findOnPath(join(dir, 'second', 'browser'), '')).toBe(join(dir, 'second', 'browser'))
  })

  it('does not take a folder', () => {
    expect(findOnPath('folder', join(dir, 'second'))).toBeNull()
  })
})
