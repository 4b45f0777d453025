import type { Command } from 'commander'
import type { Instant } from '../../core/instant.ts'
import { type NextTransition, nextTransition } from '../../core/lifecycle.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { type ProjectDetail, readProject } from '../../core/queries/project.ts'
import { countByStatus } from '../../core/queries/stats.ts'
import { reactivateProject } from '../../core/reactivate.ts'
import { recordTraffic } from '../../core/traffic/record.ts'
import { readSpells } from '../../core/watch/read-spells.ts'
import { lines } from './answer.ts'
import type { Handle } from './program.ts'
import { readTime } from './read-time.ts'
import { type Process, withApp } from './session.ts'
import { wordOf } from './words.ts'

/** `project`, `stats`, `reactivate`, `record-traffic`. */
export function addProjectCommands(program: Command, handle: Handle, process: Process): void {
  handle(program.command('project').description('show a project').argument('<project id>'), async (command) => {
    const { project, policy, spells } = await withApp(process, async (app) => ({
      project: await readProject(app.sql, firstArgument(command)),
      policy: await readPolicy(app.sql),
      spells: await readSpells(app.sql),
    }))
    const next = nextTransition(project, policy, spells, project.now)
    return { json: { ...project, next }, text: describeProject(project, next) }
  })

  handle(
    program.command('stats').description('count projects by status').option('--team <slug>', 'of one team'),
    async (command) => {
      const { team } = command.opts<{ team?: string }>()
      const counts = await withApp(process, (app) => countByStatus(app.sql, team ?? null))
      const text = lines([
        ['Active', counts.active],
        ['Inactive', counts.inactive],
        ['Permanently disabled', counts.permanentlyDisabled],
        ['Paused', counts.paused],
        ['Deleted', counts.deleted],
        ['Total', counts.total],
      ])
      return { json: counts, text }
    },
  )

  handle(
    program
      .command('reactivate')
      .description('wake an inactive project on behalf of an owner or admin of its team')
      .argument('<project id>')
      // Both are checked by the rule itself, in its order, so that a missing one is refused like an empty one.
      .option('--on-behalf-of <email>', 'who asked for it', '')
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const { onBehalfOf, reason } = command.opts<{ onBehalfOf: string; reason: string }>()
      const request = { projectId: firstArgument(command), onBehalfOf, reason }
      const woken = await withApp(process, (app) => reactivateProject(app, request))
      const notes = [
        `The project is active again. Domains restored: ${woken.domainsRestored}.`,
        ...(woken.domainsLeft.length > 0 ? [`Left to another project: ${woken.domainsLeft.join(', ')}.`] : []),
        ...(woken.isFirstVersionSleeper
          ? ['It had been asleep since the first version: all its disabled domains returned.']
          : []),
      ]
      return { json: woken, text: notes.join('\n') }
    },
  )

  handle(
    program
      .command('record-traffic')
      .description('record one request to a hostname')
      .argument('<hostname>')
      .option('--at <time>', 'when it was, in ISO 8601; UTC if it names no zone', readAt),
    async (command) => {
      const { at } = command.opts<{ at?: Instant }>()
      const recorded = await withApp(process, (app) =>
        recordTraffic(app, { hostname: firstArgument(command), at: at ?? null, deployDomain: app.deployDomain }),
      )
      const { isFuture, ...json } = recorded
      const { decision, projectId, lastTrafficAt } = json
      const known = projectId === null ? [] : [projectId, `last traffic ${lastTrafficAt ?? 'never'}`]
      const note = isFuture ? [`(${at} lies in the future and counts as now)`] : []
      return { json, text: [decision, ...known, ...note].join('  ') }
    },
  )
}

function firstArgument(command: Command): string {
  return command.args[0] ?? ''
}

const readAt = wordOf('The time', 'a time in ISO 8601, like 2026-03-01T12:00:00Z', readTime)

function describeNext(next: NextTransition): string {
  if (next.kind === 'rest') return `nothing (${next.reason})`
  const minutes = Math.round(next.unwatchedMicros / 60_000_000)
  return `${next.to} from ${next.dueAt}${minutes > 0 ? ` (extended by ${minutes} min: nobody watched meanwhile)` : ''}`
}

function describeProject(project: ProjectDetail, next: NextTransition): string {
  return lines([
    ['Project', `${project.name} (${project.id})`],
    ['Status', project.status],
    ['Team', project.teamName],
    ['Plan', project.planName ?? 'none'],
    ['Last traffic', project.lastTrafficAt ?? 'never'],
    ['Deactivated', project.deactivatedAt ?? 'no'],
    ['Reactivations', project.reactivationCount],
    ['Next', describeNext(next)],
    ['Domains', project.domains.map((domain) => `${domain.hostname} (${domain.status})`).join(', ') || 'none'],
    ...project.timeline.events.map((event): [string, string] => [
      event.at,
      `${event.kind} by ${event.actor}${event.reason ? `: ${event.reason}` : ''}`,
    ]),
  ])
}
