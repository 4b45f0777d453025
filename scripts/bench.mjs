#!/usr/bin/env node
/* `npm run bench`: runs bench/index.ts, which is TypeScript, through Vite's module runner. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

const { module } = await runnerImport('/bench/index.ts', { root, logLevel: 'warn', configFile: false })
process.exitCode = await module.runBench(process.argv.slice(2))
