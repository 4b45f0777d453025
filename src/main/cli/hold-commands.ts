import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { VigieError } from '../../core/errors.ts'
import { type Stage, stages } from '../../core/policy.ts'
import { type KeptProject, listKept } from '../../core/queries/kept-list.ts'
import type { Run } from '../../core/queries/runs.ts'
import type { Brake } from '../../core/sweep/brakes.ts'
import { closeHold, type Hold, readOpenGap, readOpenHold, resolveGap } from '../../core/sweep/holds.ts'
import { defaultBatchSize, runReleasedHold } from '../../core/sweep/run.ts'
import type { App } from '../app.ts'
import { type Answer, exitCodes, lines, outcomeCodes, printable } from './answer.ts'
import { nameIntake } from './intake-commands.ts'
import type { Handle } from './program.ts'
import { describeLeftAlone } from './run-commands.ts'
import { type Process, withApp } from './session.ts'

/** `hold show|release|dismiss`: what a brake stopped, and what a person decides on it. */
export function addHoldCommands(program: Command, handle: Handle, process: Process): void {
  const hold = program.command('hold').description('a sweep that a brake stopped: look at it, release it or dismiss it')
  const show = hold.command('show').description('show the held sweep that waits for a decision')
  handle(show.option('--list', 'also list each project'), (command) =>
    withApp(process, async (app) => {
      const [open, gap] = [await readOpenHold(app.sql), await readOpenGap(app.sql)]
      const wantsList = command.opts<{ list?: boolean }>().list === true && open !== null
      const projects = wantsList ? await collectKept(app, open.runId) : null
      const waits =
        gap === null ? '' : `No agent was heard of from ${gap.since} to ${gap.until}: mail and routing wait.`
      return {
        json: { hold: open && describeHold(open), ...(projects && { projects }), ...(gap && { gap }) },
        text: [
          ...(projects ?? []).map(describeKept),
          open === null ? 'No sweep is held.' : textOf(open),
          ...(waits === '' ? [] : [waits]),
        ].join('\n'),
      }
    }),
  )
  handle(
    hold
      .command('release')
      .description('do exactly what was held, each project checked again')
      .option('--reason <text>', 'why', ''),
    (command) => withApp(process, (app) => release(app, reasonOf(command), process.signal), { endsItself: true }),
  )
  handle(
    hold.command('dismiss').description('do nothing of what was held').option('--reason <text>', 'why', ''),
    (command) => withApp(process, (app) => dismiss(app, reasonOf(command))),
  )
}

/** What the command line says of a sweep that a brake stopped: exit code 4. */
export function describeHeld(run: Run, hold: Hold): Answer {
  const { id, startedAt, finishedAt, outcome } = run
  return {
    json: { run: { id, kind: 'sweep', outcome, startedAt, finishedAt }, hold: describeHold(hold) },
    text: textOf(hold),
    exitCode: exitCodes.held,
  }
}

interface Kept extends KeptProject {
  readonly stage: Stage
}

async function collectKept(app: App, runId: number): Promise<Kept[]> {
  const all: Kept[] = []
  for (const stage of stages) {
    let afterId: string | null = null
    do {
      const request = { runId, stage, isNotToldOnly: false, afterId, limit: 500 }
      const page: Awaited<ReturnType<typeof listKept>> = await listKept(app.sql, request)
      all.push(...page.projects.map((project) => ({ stage, ...project })))
      afterId = page.nextAfterId
    } while (afterId !== null)
  }
  return all
}

function describeKept({ stage, projectId, projectName, status, lastActivityAt, isNotTold }: Kept): string {
  const to = stage === 'deactivate' ? 'inactive' : 'permanently_disabled'
  const note = isNotTold ? '  left alone: nobody was told' : ''
  return `${projectId}  ${status} → ${to}  last activity ${lastActivityAt}  ${printable(projectName)}${note}`
}

function describeHold({ id, brakes, deactivated, disabled, expiresAt }: Hold) {
  return { id, brakes, deactivated, disabled, expiresAt }
}

function textOf(hold: Hold): string {
  return [
    `The sweep is held and nothing was written. Look at it with “vigie hold show --list”, then “vigie hold release” or “vigie hold dismiss”.`,
    ...hold.brakes.map((brake) => `- ${sentenceOf(brake)}`),
    lines([
      ['Would put to sleep', hold.deactivated],
      ['Would disable for good', hold.disabled],
      ['Can be released until', hold.expiresAt],
    ]),
  ].join('\n')
}

function sentenceOf(brake: Brake): string {
  switch (brake.brake) {
    case 'recorder_silent':
      return `None of ${brake.activeProjects} active projects saw traffic in the last ${brake.hours} hours: is it recorded?`
    case 'too_many':
      return `${brake.due} projects are due to be ${brake.stage === 'deactivate' ? 'put to sleep' : 'disabled for good'}, of ${brake.activeFree} active free ones; usual is ${brake.median ?? 'unknown'}.`
    case 'after_a_gap':
      return `No agent was heard of between ${brake.since} and now: an outage, or a restored copy of the database.`
    case 'changed_outside':
      return `${brake.projects} projects were put to sleep by something else since the last sweep.`
    case 'not_watched':
      return `No intake has watched for the ${brake.days} days that a project may be unvisited: ${brake.intake === null ? 'none has watched yet' : `the ${nameIntake(brake.intake)} has since ${brake.since}`}.`
    case 'intake_silent':
      return `Nothing was heard of the ${nameIntake(brake.intake)} since ${brake.since}. Start it again, or “vigie intake retire”.`
    case 'intake_low':
      return `The ${nameIntake(brake.intake)} saw ${brake.hits} requests since ${brake.since}; usual is ${brake.usual}.`
    case 'intake_behind':
      return `The ${nameIntake(brake.intake)} has not counted all that it saw: ${brake.since === null ? 'nothing yet' : `only up to ${brake.since}`}.`
  }
}

function reasonOf(command: Command): string {
  return command.opts<{ reason: string }>().reason
}

async function findOpenHold(app: App): Promise<Hold> {
  const open = await readOpenHold(app.sql)
  if (open === null) throw new VigieError('HOLD_NOT_FOUND', 'No sweep is held: there is nothing to decide.')
  return open
}

async function release(app: App, reason: string, signal: AbortSignal): Promise<Answer> {
  const { id: holdId } = await findOpenHold(app)
  const options = { holdId, reason, signal, batchSize: defaultBatchSize, runner: randomUUID() }
  const { run } = await runReleasedHold(app, options)
  const { id, startedAt, finishedAt, outcome, deactivated, disabled, mailsQueued, leftAlone, skipped, failed } = run
  return {
    json: {
      holdId,
      run: { id, kind: 'sweep', outcome, startedAt, finishedAt },
      releasesRunId: run.releasesRunId,
      deactivated,
      disabled,
      mailsQueued,
      leftAlone: { gone: leftAlone.gone ?? 0, noLongerDue: leftAlone.noLongerDue ?? 0 },
      skipped,
      failed,
    },
    text: lines([
      ['Put to sleep', deactivated],
      ['Disabled for good', disabled],
      ['Mails queued', mailsQueued],
      ...describeLeftAlone(leftAlone),
      ['Skipped, held by somebody else', skipped],
      ['Failed', failed],
      ['Outcome', `${outcome} (run ${id})`],
    ]),
    exitCode: outcome === null ? exitCodes.failed : outcomeCodes[outcome],
  }
}

async function dismiss(app: App, reason: string): Promise<Answer> {
  // Where sweeps only observe, nothing is held after a gap, and mail waits all the same.
  if ((await readOpenHold(app.sql)) === null && (await readOpenGap(app.sql)) !== null) {
    await resolveGap(app, reason)
    return { json: { holdId: null, status: 'dismissed' }, text: 'What waited since agents were silent goes on.' }
  }
  const { id: holdId } = await findOpenHold(app)
  await closeHold(app, { holdId, decision: 'dismissed', reason, runner: randomUUID() })
  return { json: { holdId, status: 'dismissed' }, text: `Hold ${holdId} is dismissed; nothing was done.` }
}
