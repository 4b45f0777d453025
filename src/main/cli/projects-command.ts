import type { Command } from 'commander'
import { VigieError } from '../../core/errors.ts'
import { encodeTable } from '../../core/export/encode-table.ts'
import { openProjectTable } from '../../core/export/project-table.ts'
import { planKinds, projectStatuses } from '../../core/project.ts'
import {
  maxFilterNumber,
  maxSearchLength,
  minSearchLength,
  type ProjectFilter,
  type ProjectSort,
  projectSorts,
  projectTraits,
  unfiltered,
} from '../../core/queries/projects.ts'
import { findTeams } from '../../core/queries/teams.ts'
import type { Handle, Output } from './program.ts'
import { type Process, withApp } from './session.ts'
import { oneOf, wholeNumber, wordOf } from './words.ts'

interface Options extends Partial<Omit<ProjectFilter, 'statuses' | 'traits' | 'teamId'>> {
  readonly status?: ProjectFilter['statuses']
  readonly with?: ProjectFilter['traits']
  readonly team?: string
  readonly sort: ProjectSort
  readonly descending?: true
  readonly json?: true
}

const readSearch = wordOf('A search', `${minSearchLength} to ${maxSearchLength} characters long`, (text) => {
  const search = text.trim()
  return search.length >= minSearchLength && search.length <= maxSearchLength && !search.includes('\0')
    ? search
    : undefined
})

/** `projects`: the list of projects as the console exports it, piece by piece, for pipes. */
export function addProjectsCommand(program: Command, handle: Handle, process: Process, output: Output): void {
  const command = program
    .command('projects')
    .description('write the list of projects as CSV; with --json as one object')
    .option('--status <status>', `in this status, or several: ${projectStatuses.join(', ')}`, several(projectStatuses))
    .option('--plan-kind <kind>', `on this kind of plan: ${planKinds.join(', ')}`, oneOf('A kind of plan', planKinds))
    .option('--team <slug>', 'of one team, by its slug or id')
    .option('--search <text>', 'found by it, as in the console', readSearch)
    .option('--idle-days <days>', 'without activity for at least so long', wholeNumber('The days', 1, maxFilterNumber))
    .option('--reactivations <times>', 'woken at least so often', wholeNumber('The times', 1, maxFilterNumber))
    .option('--due-within-days <days>', 'due by then', wholeNumber('The days', 0, maxFilterNumber))
    .option('--with <trait>', `with this besides, or several: ${projectTraits.join(', ')}`, several(projectTraits))
    .option('--sort <order>', `by ${projectSorts.join(', ')}`, oneOf('The order', projectSorts), 'name')
    .option('--descending', 'the other way round')
  handle(command, async (parsed) => {
    const options = parsed.opts<Options>()
    await withApp(
      process,
      async (app) => {
        const [team] = options.team === undefined ? [] : await findTeams(app.sql, [options.team])
        const view = {
          ...unfiltered,
          statuses: options.status ?? [],
          planKind: options.planKind ?? null,
          teamId: team?.id ?? null,
          search: options.search ?? null,
          idleDays: options.idleDays ?? null,
          reactivations: options.reactivations ?? null,
          dueWithinDays: options.dueWithinDays ?? null,
          traits: options.with ?? [],
          sort: options.sort,
          direction: options.descending ? ('descending' as const) : ('ascending' as const),
        }
        await app.withSession(async (session) => {
          const table = await openProjectTable(session, view)
          for await (const text of encodeTable(table, options.json ? 'json' : 'csv')) {
            if (process.signal.aborted) throw new VigieError('CANCELLED', 'Cancelled: what was written is not whole.')
            await output.write(text)
          }
        })
      },
      { endsItself: true },
    )
    return { text: '' }
  })
}

/** An option that may be given several times. */
function several<T extends string>(choices: readonly T[]): (text: string, before?: readonly T[]) => readonly T[] {
  const read = oneOf('Each of them', choices)
  return (text, before = []) => [...new Set([...before, read(text)])]
}
