/*
 * The Caddy and nginx that the tests of forward auth run. Those of the machine, or Debian's packages unpacked into the
 * build cache: nothing is installed, and no service is started. Plain Node: the tests and what fetches for them share it.
 */
import { accessSync, constants, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild } from './run-child.mjs'

const cacheDir = fileURLToPath(new URL('../node_modules/.cache/vigie-edge', import.meta.url))
const programs = /** @type {const} */ ({ caddy: 'usr/bin/caddy', nginx: 'usr/sbin/nginx' })

/**
 * The path of a program, or null.
 * @param {keyof typeof programs} name
 * @param {Record<string, string | undefined>} env
 * @returns {string | null}
 */
export function findEdgeProgram(name, env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/sbin']
  return [...folders.map((folder) => join(folder, name)), join(cacheDir, programs[name])].find(isExecutable) ?? null
}

/**
 * Fetches what is missing, on Debian as root. Says what it does, and what can't be done: the tests are skipped then.
 * @param {(text: string) => void} say
 */
export async function ensureEdgePrograms(say) {
  const missing = Object.keys(programs).filter((name) => findEdgeProgram(name, process.env) === null)
  if (missing.length === 0) return
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    say(`${missing.join(' and ')} not found: the tests with real proxies will be skipped.`)
    return
  }
  say(`${missing.join(' and ')} not found: fetching Debian’s packages with apt into node_modules/.cache.`)
  await mkdir(cacheDir, { recursive: true })
  const folder = await mkdtemp(join(cacheDir, 'packages-'))
  try {
    const fetching = await runChild('apt-get', ['download', '-qq', ...missing], { cwd: folder, isQuiet: true })
    if (fetching.exitCode !== 0) {
      await runChild('apt-get', ['update', '-qq'], { cwd: folder, isQuiet: true })
      await runChild('apt-get', ['download', '-qq', ...missing], { cwd: folder, isQuiet: true })
    }
    for (const file of await readdir(folder)) {
      await runChild('dpkg-deb', ['-x', join(folder, file), cacheDir], { cwd: folder, isQuiet: true })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const absent = missing.filter((name) => findEdgeProgram(name, process.env) === null)
  if (absent.length > 0) say(`${absent.join(' and ')} could not be fetched: the tests with them will be skipped.`)
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
