import type { Command } from 'commander'
import { type LeftAlone, leftAloneReasons, listRuns, type Run } from '../../core/queries/runs.ts'
import { revertSweep } from '../../core/sweep/revert.ts'
import { type Answer, exitCodes, lines, outcomeCodes, printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'
import { wholeNumber } from './words.ts'

const readRunId = wholeNumber('The number of a run', 1, 2_147_483_647)

/** `runs`: what was run, the latest first. */
export function addRunCommands(program: Command, handle: Handle, process: Process): void {
  handle(
    program
      .command('runs')
      .description('list what was run, the latest first')
      .option('--limit <count>', 'how many', wholeNumber('The limit', 1, 500), 20)
      .option('--before <run>', 'only those before this one', readRunId),
    async (command) => {
      const { limit, before = null } = command.opts<{ limit: number; before?: number }>()
      const runs = await withApp(process, (app) => listRuns(app.sql, { beforeId: before, limit }))
      return { json: { runs }, text: runs.length > 0 ? runs.map(describeRun).join('\n') : 'Nothing was run yet.' }
    },
  )
}

/** `sweep revert`: takes a sweep back. */
export function addRevertCommand(sweepCommand: Command, handle: Handle, process: Process): void {
  // What stands behind “revert” is its own, also where the sweep has an option of the same name.
  sweepCommand.enablePositionalOptions()
  handle(
    sweepCommand
      .command('revert')
      .description('give the projects of a faulty sweep their former state')
      .argument('<run>', 'its number', readRunId)
      // Checked by the rule itself, so that a missing one is refused like an empty one.
      .option('--reason <text>', 'why', ''),
    (command) => {
      const request = { runId: readRunId(command.args[0] ?? ''), reason: command.opts<{ reason: string }>().reason }
      return withApp(
        process,
        async (app) => describeRevert(await revertSweep(app, request, { signal: process.signal })),
        {
          endsItself: true,
        },
      )
    },
  )
}

const revertReasons = leftAloneReasons.filter((why) => why !== 'noLongerDue')

const whys: Record<(typeof leftAloneReasons)[number], string> = {
  gone: 'Left alone, deleted since',
  teamDeleted: 'Left alone, team deleted since',
  revertedBefore: 'Left alone, taken back before',
  reactivated: 'Left alone, reactivated since',
  changed: 'Left alone, changed since',
  noLongerDue: 'Left alone, no longer due',
}

/** What a revert or a release left as it is, a line for each reason. */
export function describeLeftAlone(leftAlone: LeftAlone): [string, number][] {
  return leftAloneReasons.flatMap((why): [string, number][] => {
    const projects = leftAlone[why] ?? 0
    return projects > 0 ? [[whys[why], projects]] : []
  })
}

function describeRevert(run: Run): Answer {
  const { leftAlone } = run
  const text = lines([
    ['Active again', run.deactivated],
    ['Inactive again', run.disabled],
    ...describeLeftAlone(leftAlone),
    ['Skipped, held by somebody else', run.skipped],
    ['Failed', run.failed],
    ['Outcome', `${run.outcome} (run ${run.id})`],
  ])
  const { id, outcome, startedAt, finishedAt, reason, revertsRunId, skipped, failed } = run
  return {
    json: {
      run: { id, kind: 'revert', outcome, startedAt, finishedAt },
      revertsRunId,
      reason,
      madeActive: run.deactivated,
      madeInactive: run.disabled,
      leftAlone: Object.fromEntries(revertReasons.map((why) => [why, leftAlone[why] ?? 0])),
      skipped,
      failed,
    },
    text,
    exitCode: outcome === null ? exitCodes.failed : outcomeCodes[outcome],
  }
}

function describeRun(run: Run): string {
  const what = run.isPreview ? 'preview' : run.job
  const outcome = run.outcome ?? (run.isStale ? 'silent' : 'running')
  const who = `${run.tick === null ? 'by' : 'tick, by'} ${run.actor} (${run.entry}, ${run.machine})`
  return printable(`${run.id}  ${run.startedAt}  ${what}  ${outcome}  ${describeCounts(run)}  ${who}`)
}

function describeCounts({ job, hold, deactivated, disabled, ...run }: Run): string {
  const links = [
    ...(run.releasesRunId === null ? [] : [`does the list of run ${run.releasesRunId}`]),
    ...(run.releasedByRunId === null ? [] : [`done by run ${run.releasedByRunId}`]),
    ...(run.revertedByRunId === null ? [] : [`taken back by run ${run.revertedByRunId}`]),
  ]
  if (job === 'revert') return `sweep ${run.revertsRunId}: active again ${deactivated}, inactive again ${disabled}`
  if (job === 'cleanup') return `containers removed ${run.containersRemoved}, projects failed ${run.failed}`
  if (hold !== null) {
    return [`to sleep ${hold.deactivated}, to disable ${hold.disabled}`, holdWords[hold.status], ...links].join(', ')
  }
  return [`asleep ${deactivated}, disabled ${disabled}, mails ${run.mailsQueued}`, ...links].join(', ')
}

const holdWords = {
  open: 'waits for a decision',
  released: 'released',
  dismissed: 'dismissed',
  superseded: 'superseded by a newer sweep',
} as const
