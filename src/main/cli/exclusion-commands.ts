import type { Command } from 'commander'
import { VigieError } from '../../core/errors.ts'
import {
  addExclusion,
  applyExclusion,
  type Exclusion,
  endExclusion,
  listExclusions,
  previewExclusion,
} from '../../core/traffic/change-exclusions.ts'
import { type ExclusionPattern, exclusionKinds } from '../../core/traffic/exclusions.ts'
import { lines, printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'

/** `exclusion list|add|preview|apply|end`: what does not count as a visit. */
export function addExclusionCommands(program: Command, handle: Handle, process: Process): void {
  const exclusion = program.command('exclusion').description('requests that do not count as visits').exitOverride()
  handle(exclusion.command('list').description('show all exclusions'), () =>
    withApp(process, async (app) => {
      const exclusions = await listExclusions(app.sql)
      return { json: { exclusions }, text: exclusions.map(describe).join('\n') || 'Nothing is excluded.' }
    }),
  )
  handle(
    exclusion
      .command('add')
      .description('observe what an exclusion would match; it counts still')
      .argument('<what>', 'user-agent:<part>, path:<prefix>, address:<range>, list:monitors|link_previews|bots')
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const pattern = parsePattern(command.args[0] ?? '')
      const id = await withApp(process, (app) => addExclusion(app, { ...pattern, reason: reasonOf(command) }))
      return { json: { id, status: 'observed' }, text: `Exclusion ${id} is observed: what it matches counts still.` }
    },
  )
  handle(
    exclusion.command('preview').description('show which projects it would let fall asleep').argument('<id>'),
    async (command) => {
      const preview = await withApp(process, (app) => previewExclusion(app.sql, idOf(command)))
      const { projects, observedSince, since, list } = preview
      const text = [
        lines([
          ['Observed since', observedSince],
          ['Hits looked at since', since],
          ['Projects that had no other visits', projects],
        ]),
        ...list.map(({ projectId, name, hits }) => `${projectId}  ${printable(name)}  ${hits} hits`),
      ].join('\n')
      return { json: preview, text }
    },
  )
  handle(
    exclusion
      .command('apply')
      .description('count no longer what an observed exclusion matches')
      .argument('<id>')
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const id = idOf(command)
      await withApp(process, (app) => applyExclusion(app, { id, reason: reasonOf(command) }))
      return { json: { id, status: 'applied' }, text: `Exclusion ${id} is applied: what it matches no longer counts.` }
    },
  )
  handle(
    exclusion
      .command('end')
      .description('end an exclusion, and count what it kept apart')
      .argument('<id>')
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const id = idOf(command)
      const ended = await withApp(process, (app) => endExclusion(app, { id, reason: reasonOf(command) }))
      return {
        json: { ...ended, status: 'ended' },
        text: `Exclusion ${id} has ended: ${ended.hits} hits count again, of which ${ended.moved} projects are more recent.`,
      }
    },
  )
}

function describe({ id, kind, pattern, status, counted, excluded }: Exclusion): string {
  return `${id}  ${status}  ${kind}:${printable(pattern)}  ${counted} hits counted, ${excluded} not`
}

function parsePattern(text: string): ExclusionPattern {
  const [word = ''] = text.split(':')
  const kind = exclusionKinds.find((known) => known === word.replace('-', '_'))
  if (kind === undefined) {
    throw new VigieError('USAGE', `Say what is excluded as <kind>:<pattern>; kinds are ${exclusionKinds.join(', ')}.`)
  }
  return { kind, pattern: text.slice(word.length + 1) }
}

function idOf(command: Command): number {
  const [text = ''] = command.args
  if (!/^\d{1,9}$/.test(text)) throw new VigieError('USAGE', 'An exclusion is named by its number.')
  return Number(text)
}

function reasonOf(command: Command): string {
  return command.opts<{ reason: string }>().reason
}
