#!/usr/bin/env node
/*
 * `npm run screenshots`: builds, starts a console on a fresh sample platform, and writes the pictures of the README to
 * docs/pictures, of the main views in both themes. The sample is the same each time but for its dates, which are relative
 * to now.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild } from './run-child.mjs'

const projectDir = fileURLToPath(new URL('..', import.meta.url))

await mkdir(join(projectDir, 'docs', 'pictures'), { recursive: true })
for (const [tool, ...args] of [
  ['electron-vite', 'build', '--logLevel', 'warn'],
  ['playwright', 'test', '--config', 'playwright.pictures.config.ts'],
]) {
  const { exitCode } = await runChild(join(projectDir, 'node_modules', '.bin', tool), args, { cwd: projectDir })
  if (exitCode !== 0) process.exit(exitCode)
}
