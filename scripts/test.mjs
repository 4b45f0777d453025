#!/usr/bin/env node
/* `npm test`: gets the browser and the proxies that the tests need if there are none, builds, and runs every test. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureEdgePrograms } from './edge-programs.mjs'
import { findBrowser } from './find-browser.mjs'
import { runChild } from './run-child.mjs'

const projectDir = fileURLToPath(new URL('..', import.meta.url))

await ensureBrowser()
await ensureEdgePrograms((text) => process.stderr.write(`${text}\n`))
await run('electron-vite', ['build', '--logLevel', 'warn'])
await run('vitest', ['run'])
await run('playwright', ['test'])

/** Debian and Ubuntu have Chromium as a package; elsewhere a person installs what they like best. */
async function ensureBrowser() {
  if (findBrowser(process.env, process.platform) !== null) return
  const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version')
  if (!isDebian || process.getuid?.() !== 0) {
    end(1, 'The tests need Chrome, Chromium or Edge and found none. Install one, or name it with CHROME_PATH.')
  }
  process.stderr.write('No Chrome, Chromium or Edge was found: installing Debian’s chromium with apt.\n')
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const { exitCode, output } = await runChild('apt-get', args, { cwd: projectDir, isQuiet: true })
    if (exitCode !== 0) end(1, `${output.trim()}\nChromium could not be installed: install it by hand and try again.`)
  }
}

async function run(tool, args) {
  const executable = join(projectDir, 'node_modules', '.bin', tool)
  const { exitCode } = await runChild(executable, args, { cwd: projectDir })
  if (exitCode !== 0) end(exitCode)
}

function end(exitCode, sentence) {
  if (sentence) process.stderr.write(`${sentence}\n`)
  process.exit(exitCode)
}
