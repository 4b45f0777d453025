#!/usr/bin/env node
/* `npm run bench`: builds, since an agent is measured as it is shipped, and runs bench/index.ts through Vite's module runner. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { runChild } from './run-child.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const electronVite = fileURLToPath(new URL('../node_modules/.bin/electron-vite', import.meta.url))
const built = await runChild(electronVite, ['build'], { cwd: root, isQuiet: true })
if (built.exitCode !== 0) {
  process.stderr.write(built.output)
  process.exit(built.exitCode)
}
const { module } = await runnerImport('/bench/index.ts', { root, logLevel: 'warn', configFile: false })
process.exitCode = await module.runBench(process.argv.slice(2))
