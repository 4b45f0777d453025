#!/usr/bin/env node
/*
 * `npm start`: builds Vigie and opens the desktop, or the console where there is no Electron to open it with. Arguments
 * after `--` are the console's: `npm start -- --no-open --port 8080`.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findObstacle, findRuntime } from './electron-runtime.mjs'
import { runChild } from './run-child.mjs'

const fetchTimeoutMs = 8_000
const parentCheckMs = 250

const projectDir = fileURLToPath(new URL('..', import.meta.url))
const electronDir = join(projectDir, 'node_modules', 'electron')
const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env

if (env.npm_lifecycle_event !== undefined) endWithParent()
await build()
const obstacle = findObstacle({ platform: process.platform, uid: process.getuid?.(), env })
const runtime = obstacle === null ? (findRuntimeHere() ?? (await fetchRuntime())) : null
if (runtime === null)
  await openConsole(obstacle ?? 'No Electron runtime is installed (npx install-electron fetches it)')
else await openDesktop(runtime)

/** npm passes SIGTERM to a shell that dies without passing it on; that this parent is gone says the same. */
function endWithParent() {
  const parentPid = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parentPid) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, parentCheckMs)
  timer.unref()
}

async function build() {
  const builder = join(projectDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(builder)) end(1, 'Vigie’s packages are not installed: run "npm ci" first.')
  const args = [builder, 'build', '--logLevel', 'warn']
  const { exitCode, output, wasSignalled } = await runChild(process.execPath, args, {
    cwd: projectDir,
    env,
    isQuiet: true,
  })
  if (wasSignalled) end(exitCode || 130)
  if (exitCode !== 0) end(1, `${output.trim()}\nVigie could not be built.`)
}

function findRuntimeHere() {
  return findRuntime({ electronDir, platform: process.platform, overrideDir: env.ELECTRON_OVERRIDE_DIST_PATH })
}

/** Asks Electron's package to fetch its runtime, in a temporary folder that goes when that takes too long. */
async function fetchRuntime() {
  const installer = join(electronDir, 'install.js')
  if (env.ELECTRON_OVERRIDE_DIST_PATH || !existsSync(installer)) return null
  const tempDir = await mkdtemp(join(tmpdir(), 'vigie-electron-'))
  const { wasSignalled, exitCode } = await runChild(process.execPath, [installer], {
    cwd: projectDir,
    env: { ...env, TMPDIR: tempDir, TEMP: tempDir, TMP: tempDir },
    isQuiet: true,
    timeoutMs: fetchTimeoutMs,
  }).finally(() => rm(tempDir, { recursive: true, force: true }))
  if (wasSignalled) end(exitCode || 130)
  return findRuntimeHere()
}

async function openDesktop(executable) {
  const { exitCode } = await runChild(executable, [projectDir], { cwd: projectDir, env })
  process.exitCode = exitCode
}

/** In this very process, so that a signal reaches the console once and directly. */
async function openConsole(reason) {
  process.stderr.write(`${reason}: opening the console instead.\n`)
  const cli = join(projectDir, 'out', 'main', 'cli.js')
  process.argv = [process.execPath, cli, 'console', ...process.argv.slice(2)]
  await import(pathToFileURL(cli).href)
}

function end(exitCode, message) {
  if (message !== undefined) process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}
