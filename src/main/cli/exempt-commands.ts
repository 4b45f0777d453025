import type { Command } from 'commander'
import type { AfterExemption } from '../../core/after-exemption.ts'
import type { Database } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import { endOfDay } from '../../core/exemption-until.ts'
import { type ExemptionTarget, endExemption, exempt } from '../../core/exemptions.ts'
import type { Instant } from '../../core/instant.ts'
import {
  type ExemptionEnd,
  type ExemptionRow,
  foreseeEnd,
  listExemptions,
  readExemption,
} from '../../core/queries/exemptions.ts'
import { printable } from './answer.ts'
import type { Handle } from './program.ts'
import { readTime } from './read-time.ts'
import { type Process, withApp } from './session.ts'
import { wholeNumber, wordOf } from './words.ts'

/** `exempt <project|team>`, `exempt list`, `exempt end <project|team>`: who is left alone. */
export function addExemptCommands(program: Command, handle: Handle, process: Process): void {
  const command = program.command('exempt').description('leave a project or a team alone')
  handle(
    command
      .argument('<project|team>', 'id of a project, or slug or id of a team; “project:…” or “team:…” if both have it')
      .option('--until <date>', 'a day (to its end, in UTC) or a time in ISO 8601', readUntil)
      .option('--forever', 'without an end')
      .option('--reason <text>', 'why', ''),
    async (parsed) => {
      const { until, forever, reason } = parsed.opts<{ until?: Instant; forever?: true; reason: string }>()
      if ((until === undefined) === (forever === undefined)) {
        throw new VigieError('USAGE', 'Say either --until <date> or --forever.')
      }
      const end = until ?? null
      return await withApp(process, async (app) => {
        const target = await findTarget(app.sql, nameOf(parsed))
        const answer = await exempt(app, { ...target, until: end, reason })
        const foreseen = await foreseeEnd(app.sql, { ...target, until: end })
        const text = [
          `The ${target.scope} is exempt ${describeUntil(end)}.`,
          ...(answer.former === null ? [] : [`It was exempt ${describeUntil(answer.former.until)} before.`]),
          ...describeEnd(foreseen),
        ]
        return { json: { ...answer, end: foreseen }, text: text.join('\n') }
      })
    },
  )
  handle(
    command
      .command('list')
      .description('show who is exempt, those that end first at the top')
      .option('--ending-within <days>', 'only those that end so soon', wholeNumber('--ending-within', 1, 365))
      .option('--limit <count>', 'at most so many', wholeNumber('--limit', 1, 500), 100),
    async (parsed) => {
      const { endingWithin, limit } = parsed.opts<{ endingWithin?: number; limit: number }>()
      const page = await withApp(process, (app) =>
        listExemptions(app.sql, { endingWithinDays: endingWithin ?? null, after: null, limit }),
      )
      const rows = page.exemptions.map(describeRow)
      const more = page.total > rows.length ? [`(${page.total - rows.length} more: raise --limit)`] : []
      const empty = endingWithin === undefined ? 'Nobody is exempt.' : `No exemption ends within ${endingWithin} days.`
      return { json: { exemptions: page.exemptions, total: page.total }, text: [...rows, ...more].join('\n') || empty }
    },
  )
  handle(
    command
      .command('end')
      .description('end an exemption before its time')
      .argument('<project|team>')
      .option('--reason <text>', 'why', ''),
    async (parsed) => {
      const { reason } = parsed.opts<{ reason: string }>()
      return await withApp(process, async (app) => {
        const target = await findTarget(app.sql, nameOf(parsed))
        const exemption = await readExemption(app.sql, target)
        if (exemption === null) {
          throw new VigieError(
            'EXEMPTION_NOT_FOUND',
            `This ${target.scope} is not exempt. Look at “vigie exempt list”.`,
          )
        }
        const ended = await endExemption(app, { exemptionId: exemption.exemptionId, reason })
        return {
          json: { ended },
          text: `The ${target.scope} is no longer exempt: the rules apply again, by its old clock.`,
        }
      })
    },
  )
}

function nameOf(command: Command): string {
  return command.args[0] ?? ''
}

/** Errors: USAGE where a project and a team are meant by one name, PROJECT_NOT_FOUND, TEAM_NOT_FOUND. */
async function findTarget(sql: Database, text: string): Promise<ExemptionTarget> {
  const [, asked, name = ''] = /^(?:(project|team):)?(.*)$/s.exec(text.replaceAll('\0', '')) ?? []
  const found = await sql<ExemptionTarget[]>`
    select 'project' as scope, p.id from project p where p.id = ${name}
    union all
    select 'team', t.id from team t where t.slug = ${name} or (t.id = ${name}
      and not exists (select from team o where o.slug = ${name}))`
  const meant = found.filter(({ scope }) => asked === undefined || scope === asked)
  const [target] = meant
  if (meant.length > 1) {
    throw new VigieError('USAGE', `A project and a team are called so. Write “project:${name}” or “team:${name}”.`)
  }
  if (target !== undefined) return target
  throw asked === 'team'
    ? new VigieError('TEAM_NOT_FOUND', 'No team has this slug or id. Check it and try again.')
    : new VigieError('PROJECT_NOT_FOUND', 'No project has this id, and no team this slug. Check it and try again.')
}

const readUntil = wordOf(
  'The end',
  'a day like 2026-12-12, or a time in ISO 8601 like 2026-12-12T18:00:00Z',
  (text) => endOfDay(text) ?? readTime(text),
)

function describeUntil(until: Instant | null): string {
  return until === null ? 'for good' : `until ${until}`
}

const sleeps = { deactivate: 'puts it to sleep', disable: 'disables it permanently' } as const

function describeEnd({ projects, dueAtEnd, after }: ExemptionEnd): string[] {
  if (after === null) {
    return dueAtEnd === 0
      ? []
      : [`Due then, by a clock that goes on: ${dueAtEnd} of ${projects}. The first sweep after takes them.`]
  }
  return [describeAfter(after, dueAtEnd)]
}

function describeAfter(after: AfterExemption, dueAtEnd: number): string {
  if (after.kind === 'needless') return `Nothing would happen to it anyway (${after.reason}).`
  if (after.kind === 'for_good') return 'Sweeps leave it alone until somebody ends that.'
  if (after.kind === 'due_later') return `Its clock goes on: a sweep from ${after.dueAt} on ${sleeps[after.stage]}.`
  if (dueAtEnd === 0) return 'Another exemption goes on after that.'
  return `Its clock goes on: its time has been over since ${after.wouldBeDueAt}, so the first sweep after ${sleeps[after.stage]}.`
}

function describeRow(row: ExemptionRow & ExemptionEnd): string {
  const due = row.dueAtEnd === 0 ? [] : [`then ${row.dueAtEnd} of ${row.projects} due`]
  return [
    `${row.scope} ${row.id}`,
    printable(row.name),
    describeUntil(row.until),
    ...due,
    `by ${printable(row.actor)}: ${printable(row.reason.replace(/\s+/g, ' '))}`,
  ].join('  ')
}
