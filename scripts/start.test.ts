import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/*
 * start.mjs in a project of stand-ins: a builder, an Electron package and a command line that say what they were asked.
 * Where the machine decides (root, display) the scripts' own function is asked instead.
 */

let projectDir: string

beforeEach(async () => {
  projectDir = await mkdtemp(join(tmpdir(), 'vigie-start-'))
  await write('package.json', '{"type":"module"}')
  await cp(fileURLToPath(new URL('.', import.meta.url)), join(projectDir, 'scripts'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  })
  await write('node_modules/electron-vite/bin/electron-vite.js', '')
  await write('node_modules/electron/package.json', '{"version":"45.0.0","type":"commonjs"}')
  await write('node_modules/electron/install.js', 'process.exit(1)')
  await write('out/main/cli.js', 'console.log("cli", ...process.argv.slice(2))')
})

afterEach(() => rm(projectDir, { recursive: true, force: true }))

async function write(path: string, content: string, mode = 0o644) {
  const file = join(projectDir, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  await chmod(file, mode)
}

function start(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  user: { uid?: number; gid?: number } = {},
): ChildProcess {
  const { ELECTRON_OVERRIDE_DIST_PATH: _, ...inherited } = process.env
  return spawn(process.execPath, [join(projectDir, 'scripts', 'start.mjs'), ...args], {
    env: { ...inherited, ...env },
    ...user,
  })
}

async function endOf(child: ChildProcess) {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('no output')
  const [out, err, [exitCode]] = await Promise.all([text(stdout), text(stderr), once(child, 'close')])
  return { out, err, exitCode }
}

vi.setConfig({ testTimeout: 30_000 })

describe('npm start', () => {
  it('opens the console where there is no desktop, in one line, with the arguments', async () => {
    const { out, err, exitCode } = await endOf(start(['--no-open', '--port', '0']))
    expect(out).toBe('cli console --no-open --port 0\n')
    expect(err).toMatch(/^[^\n]+: opening the console instead\.\n$/)
    expect(exitCode).toBe(0)
  })

  it('passes the console’s exit code', async () => {
    await write('out/main/cli.js', 'process.exitCode = 3')
    expect(await endOf(start())).toMatchObject({ exitCode: 3 })
  })

  it('says what was wrong with the build, and opens nothing', async () => {
    await write(
      'node_modules/electron-vite/bin/electron-vite.js',
      'console.log(process.argv[2]); console.error("no such file"); process.exitCode = 1',
    )
    const { out, err, exitCode } = await endOf(start())
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 })
    expect(err).toContain('build\n')
    expect(err).toContain('no such file\n')
    expect(err).toMatch(/Vigie could not be built\.\n$/)
  })

  it('says when the packages are missing', async () => {
    await rm(join(projectDir, 'node_modules', 'electron-vite'), { recursive: true })
    const { err, exitCode } = await endOf(start())
    expect(err).toBe('Vigie’s packages are not installed: run "npm ci" first.\n')
    expect(exitCode).toBe(1)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s to the build and ends with it', async (signal) => {
    await write(
      'node_modules/electron-vite/bin/electron-vite.js',
      `require("node:fs").writeFileSync(${JSON.stringify(join(projectDir, 'pid'))}, String(process.pid)); setInterval(() => {}, 1_000)`,
    )
    const child = start()
    const ended = endOf(child)
    const pid = await vi.waitFor(async () => {
      const text = await readFile(join(projectDir, 'pid'), 'utf8')
      expect(text).toMatch(/^\d+$/)
      return Number(text)
    }, 20_000)
    child.kill(signal)
    expect(await ended).toEqual({ out: '', err: '', exitCode: 128 + constants.signals[signal] })
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

describe('started by npm', () => {
  it('ends in order when npm’s shell is gone', async () => {
    const farewell = join(projectDir, 'farewell')
    await write(
      'out/main/cli.js',
      `import { writeFileSync } from 'node:fs'
      process.on('SIGTERM', () => process.exit(writeFileSync(${JSON.stringify(farewell)}, 'in order')))
      setInterval(() => {}, 1_000)
      console.log('ready')`,
    )
    const script = join(projectDir, 'scripts', 'start.mjs')
    const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" "${script}"; true`], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    await vi.waitFor(async () => expect(await readFile(farewell, 'utf8')).toBe('in order'), 20_000)
  })
})

describe('where there is a runtime and a display', () => {
  /** Root has no desktop: another user then starts it. */
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const startDesktop = () =>
    start(
      ['--port', '1'],
      { DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1', ELECTRON_OVERRIDE_DIST_PATH: join(projectDir, 'runtime') },
      user,
    )

  beforeEach(() => chmod(projectDir, 0o755))

  it('opens the desktop with this project, passing its exit code', async () => {
    await write('runtime/electron', '#!/bin/sh\necho "$@ $ELECTRON_RUN_AS_NODE"; exit 5', 0o755)
    expect(await endOf(startDesktop())).toEqual({ out: `${projectDir}/ \n`, err: '', exitCode: 5 })
  })

  it('passes signals to the desktop and waits for it', async () => {
    await write(
      'runtime/electron',
      '#!/bin/sh\ntrap "echo stopped; exit 0" TERM\necho ready\nfor n in $(seq 200); do sleep 0.05; done',
      0o755,
    )
    const child = startDesktop()
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    expect(await endOf(child)).toEqual({ out: 'ready\nstopped\n', err: '', exitCode: 0 })
  })
})

describe('what is in the way of the desktop', async () => {
  const { findObstacle }: { findObstacle: (machine: object) => string | null } = await import(
    new URL('electron-runtime.mjs', import.meta.url).href
  )
  const env = { DISPLAY: ':0' }

  it.each([
    ['linux', 0, env, 'Electron does not run as root with its sandbox on'],
    ['linux', 1000, {}, 'There is no display for Electron'],
    ['linux', 1000, { DISPLAY: '' }, 'There is no display for Electron'],
    ['linux', 1000, env, null],
    ['linux', 1000, { WAYLAND_DISPLAY: 'wayland-0' }, null],
    ['darwin', 0, {}, null],
    ['win32', undefined, {}, null],
  ])('%s, user %s, %j: %s', (platform, uid, machineEnv, obstacle) => {
    expect(findObstacle({ platform, uid, env: machineEnv })).toBe(obstacle)
  })
})

describe('the runtime', async () => {
  const { findRuntime }: { findRuntime: (place: object) => string | null } = await import(
    new URL('electron-runtime.mjs', import.meta.url).href
  )
  const find = (overrideDir?: string) =>
    findRuntime({ electronDir: join(projectDir, 'node_modules', 'electron'), platform: 'linux', overrideDir })

  it('is the one of the package’s version, wholly unpacked', async () => {
    const executable = join(projectDir, 'node_modules', 'electron', 'dist', 'electron')
    expect(find()).toBeNull()
    await write('node_modules/electron/dist/electron', '')
    await write('node_modules/electron/dist/version', '45.0.0')
    expect(find()).toBeNull()
    await write('node_modules/electron/path.txt', 'electron')
    expect(find()).toBe(executable)
    await write('node_modules/electron/dist/version', '44.0.0')
    expect(find()).toBeNull()
  })

  it('is the one that ELECTRON_OVERRIDE_DIST_PATH names', async () => {
    const folder = join(projectDir, 'elsewhere')
    expect(find(folder)).toBeNull()
    await write('elsewhere/electron', '')
    expect(find(folder)).toBe(join(folder, 'electron'))
  })
})
