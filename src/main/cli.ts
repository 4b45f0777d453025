#!/usr/bin/env node
import { databaseErrorOf } from '../core/database-error.ts'
import { exitCodes } from './cli/answer.ts'
import { runCommandLine } from './cli/program.ts'
import { createLog } from './log.ts'

const stopping = new AbortController()
const notice = (sentence: string) => process.stderr.write(`${sentence}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first asks; the second does not wait.
    if (stopping.signal.aborted) {
      notice('Ended at once. What was committed is kept, and what was under way is undone.')
      process.exit(exitCodes.cancelled)
    }
    stopping.abort()
  })
}

// The driver asks for the types of arrays on each new connection, and nobody hears of it if that connection is lost just
// then (postgres.js, fetchArrayTypes). Whoever waits for a statement is told by that statement.
process.on('unhandledRejection', (reason) => {
  if (!databaseErrorOf(reason).code.startsWith('DATABASE_')) throw reason
})

// Whoever reads from a pipe may have enough before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
})
const write = (text: string) =>
  new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })

const argv = process.argv.slice(2)
/** What runs until it is told to end tells in its log what it does. */
const isLasting = argv.includes('console') || argv.includes('agent')
process.exitCode = await runCommandLine(
  argv,
  { env: process.env, log: createLog(isLasting ? 'info' : 'warn'), signal: stopping.signal, notice },
  { stdout: (text) => process.stdout.write(text), write, stderr: (text) => process.stderr.write(text) },
)
