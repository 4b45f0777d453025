import type { Command } from 'commander'
import { type InitialTrafficSource, initialiseTraffic } from '../../core/traffic/initialise.ts'
import { migrate } from '../database/migrate.ts'
import { defaultSampleProjects, fillSample } from '../database/sample.ts'
import { exitCodes } from './answer.ts'
import type { Handle, Output } from './program.ts'
import { type Process, withApp, withBarePool } from './session.ts'
import { oneOf, wholeNumber } from './words.ts'

const readSource = oneOf<InitialTrafficSource>('A source', ['updated-at', 'now'])
const readCount = wholeNumber('The number of projects', 1, 1_000_000)

/** `migrate`, `sample`, `init-traffic`: what is done to a database before and besides the daily work. */
export function addPrepareCommands(program: Command, handle: Handle, process: Process, output: Output): void {
  handle(program.command('migrate').description('prepare the database, or bring it up to date'), async () => {
    const result = await withBarePool(process, 'none', (pool) =>
      migrate(pool, { log: process.log, wantsSample: false }),
    )
    const applied = result.applied.length === 0 ? 'Nothing to do.' : `Applied: ${result.applied.join(', ')}.`
    return { json: result, text: `Level found: ${result.level}. ${applied}` }
  })

  handle(
    program
      .command('sample')
      .description('fill an empty database that Vigie prepared with a sample platform')
      .option('--projects <number>', 'how many projects', readCount, defaultSampleProjects),
    async (command) => {
      const { projects } = command.opts<{ projects: number }>()
      await withBarePool(process, 'migrate', (pool) =>
        fillSample(pool, { projects, onProgress: (text) => output.stderr(`${text}\n`) }),
      )
      return { json: { projects }, text: `Made a sample platform of ${projects} projects.` }
    },
  )

  handle(
    program
      .command('init-traffic')
      .description('give projects without any recorded traffic a starting point')
      .option('--from <source>', 'where from: updated-at or now', readSource, 'updated-at'),
    async (command) => {
      const { from } = command.opts<{ from: InitialTrafficSource }>()
      const initialised = await withApp(
        process,
        (app) => initialiseTraffic(app.sql, { source: from, signal: process.signal }),
        { endsItself: true },
      )
      return {
        json: { initialised },
        text: `${initialised} projects got a starting point.`,
        ...(process.signal.aborted ? { exitCode: exitCodes.cancelled } : {}),
      }
    },
  )
}
