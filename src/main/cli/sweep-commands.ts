import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { VigieError } from '../../core/errors.ts'
import type { Instant } from '../../core/instant.ts'
import { type Stage, stages } from '../../core/policy.ts'
import { listRunTransitions } from '../../core/queries/run-transitions.ts'
import type { Run } from '../../core/queries/runs.ts'
import { checkReasonLength } from '../../core/reason.ts'
import { countDue, type DueCursor, listDue, type Transition } from '../../core/sweep/preview.ts'
import { defaultBatchSize } from '../../core/sweep/run.ts'
import type { App } from '../app.ts'
import { runAttendedSweep } from '../attended-sweep.ts'
import { type Answer, exitCodes, lines, outcomeCodes, printable } from './answer.ts'
import { describeHeld } from './hold-commands.ts'
import type { Handle } from './program.ts'
import { addRevertCommand } from './run-commands.ts'
import { type Process, withApp } from './session.ts'

interface SweepReport {
  readonly run: {
    readonly id: number | null
    readonly kind: 'sweep' | 'preview'
    readonly outcome: Run['outcome']
    readonly startedAt: Instant
    readonly finishedAt: Instant | null
  }
  readonly deactivated: number
  readonly disabled: number
  readonly mailsQueued: number
  readonly skipped: number
  readonly failed: number
  readonly protected: { readonly lapsedPaid: number }
  readonly elapsedMs: number
  readonly transitions?: readonly Transition[]
}

/** `sweep`: one pass of both stages, or its preview. */
export function addSweepCommands(program: Command, handle: Handle, process: Process): void {
  const sweepCommand = program.command('sweep')
  addRevertCommand(sweepCommand, handle, process)
  handle(
    sweepCommand
      .description('put to sleep what is due, and disable for good what slept too long')
      .option('--preview', 'write nothing: say what would be done')
      .option('--list', 'also list each project')
      .option('--override-brakes', 'sweep even if a brake would hold it; needs a reason')
      .option('--reason <text>', 'why'),
    async (command) => {
      const { preview = false, list = false, overrideBrakes = false, reason } = command.opts<SweepWords>()
      if (preview) return withApp(process, (app) => previewSweep(app, list))
      const overrideReason = overrideBrakes ? checkReasonLength(reason ?? '') : null
      if (overrideReason === '') {
        throw new VigieError('REASON_REQUIRED', 'Overriding the brakes needs a reason: say in a few words why.')
      }
      return withApp(process, (app) => sweep(app, list, overrideReason, process.signal), { endsItself: true })
    },
  )
}

async function previewSweep(app: App, hasList: boolean): Promise<Answer> {
  const startedMs = performance.now()
  const counts = await countDue(app.sql)
  const transitions = hasList ? await collectDue(app) : undefined
  return describeReport({
    run: { id: null, kind: 'preview', outcome: 'done', startedAt: counts.now, finishedAt: counts.now },
    deactivated: counts.deactivated,
    disabled: counts.disabled,
    mailsQueued: counts.mailsQueued,
    skipped: 0,
    failed: 0,
    protected: { lapsedPaid: counts.lapsedPaid },
    elapsedMs: Math.round(performance.now() - startedMs),
    ...(transitions && { transitions }),
  })
}

interface SweepWords {
  readonly preview?: boolean
  readonly list?: boolean
  readonly overrideBrakes?: boolean
  readonly reason?: string
}

async function sweep(app: App, hasList: boolean, overrideReason: string | null, signal: AbortSignal): Promise<Answer> {
  const startedMs = performance.now()
  const options = { signal, batchSize: defaultBatchSize, runner: randomUUID(), overrideReason }
  const { run, hold } = await runAttendedSweep(app, app.alerts, options)
  if (hold !== null) return describeHeld(run, hold)
  const elapsedMs = Math.round(performance.now() - startedMs)
  const transitions = hasList ? await collectDone(app, run.id) : undefined
  const { id, outcome, startedAt, finishedAt, deactivated, disabled, mailsQueued, skipped, failed } = run
  return describeReport({
    run: { id, kind: 'sweep', outcome, startedAt, finishedAt },
    deactivated,
    disabled,
    mailsQueued,
    skipped,
    failed,
    protected: { lapsedPaid: (await countDue(app.sql)).lapsedPaid },
    elapsedMs,
    ...(transitions && { transitions }),
  })
}

const pageSize = 500

async function collectDue(app: App): Promise<Transition[]> {
  const all: Transition[] = []
  for (const stage of stages) {
    let after: DueCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof listDue>> = await listDue(app.sql, { stage, after, limit: pageSize })
      all.push(...page.transitions)
      after = page.next
    } while (after !== null)
  }
  return all
}

async function collectDone(app: App, runId: number): Promise<Transition[]> {
  const all: Transition[] = []
  let afterEventId: number | null = 0
  while (afterEventId !== null) {
    const page: Awaited<ReturnType<typeof listRunTransitions>> = await listRunTransitions(app.sql, {
      runId,
      afterEventId,
      limit: pageSize,
    })
    all.push(...page.transitions)
    afterEventId = page.lastEventId
  }
  return all
}

function describeReport(report: SweepReport): Answer {
  const { run } = report
  const isPreview = run.kind === 'preview'
  const summary = lines([
    [isPreview ? 'Would put to sleep' : 'Put to sleep', report.deactivated],
    [isPreview ? 'Would disable for good' : 'Disabled for good', report.disabled],
    [isPreview ? 'Would queue mails' : 'Mails queued', report.mailsQueued],
    ['Protected by a lapsed paid plan', report.protected.lapsedPaid],
    ...(isPreview
      ? []
      : ([
          ['Skipped, held by somebody else', report.skipped],
          ['Failed', report.failed],
          ['Outcome', `${run.outcome} (run ${run.id}, ${report.elapsedMs} ms)`],
        ] as const)),
  ])
  const list = report.transitions?.map(describeTransition) ?? []
  return {
    json: report,
    text: [...list, ...(list.length > 0 ? [''] : []), summary].join('\n'),
    exitCode: run.outcome === null ? exitCodes.failed : outcomeCodes[run.outcome],
  }
}

const stageOf: Readonly<Record<Transition['reason'], Stage>> = { no_traffic: 'deactivate', still_inactive: 'disable' }
const since: Readonly<Record<Stage, string>> = { deactivate: 'last activity', disable: 'asleep since' }

function describeTransition(transition: Transition): string {
  const stage = stageOf[transition.reason]
  const at = stage === 'deactivate' ? transition.lastActivityAt : transition.deactivatedAt
  const { projectId, projectName, from, to } = transition
  return `${projectId}  ${from} → ${to}  ${since[stage]} ${at ?? 'unknown'}  ${printable(projectName)}`
}
