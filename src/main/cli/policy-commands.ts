import type { Command } from 'commander'
import { changePolicy, type PolicyChange } from '../../core/change-policy.ts'
import { isPolicyName, type PolicyChanges, policyRules, policyUnknown } from '../../core/check-policy.ts'
import { VigieError } from '../../core/errors.ts'
import { type PausablePart, pausableParts, pausePart, resumePart } from '../../core/pauses.ts'
import { type SweepMode, sweepModes } from '../../core/policy.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { findTeams } from '../../core/queries/teams.ts'
import { type Answer, lines } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'
import { oneOf } from './words.ts'

/** `policy get`, `policy set`, `mode`, `pause`, `resume`: how Vigie is steered. */
export function addPolicyCommands(program: Command, handle: Handle, process: Process): void {
  const policyCommand = program.command('policy').description('read and change the policy').exitOverride()

  handle(
    policyCommand.command('get').description('show the policy, or one of its values').argument('[name]'),
    async (command) => {
      const policy = await withApp(process, (app) => readPolicy(app.sql))
      const [name] = command.args
      if (name === undefined) return { json: policy, text: describeChanges(policy) }
      const known = toPolicyName(name)
      if (!isPolicyName(known)) throw policyUnknown(name)
      return { json: { [known]: policy[known] }, text: describeValue(policy[known]) }
    },
  )

  handle(
    policyCommand
      .command('set')
      .description('change a value of the policy, on record')
      .argument('<name>')
      .argument('<value>', 'lists are parted by commas')
      // A negative number is a value, to be refused with the field's name.
      .allowUnknownOption()
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const [name = '', value = ''] = command.args
      const { reason } = command.opts<{ reason: string }>()
      const changes = parseChange(toPolicyName(name), value)
      return describeChange(await withApp(process, (app) => changePolicy(app, { changes, reason })))
    },
  )

  handle(
    program
      .command('mode')
      .description('show or set what unattended sweeps may do')
      .argument('[mode]', sweepModes.join(', '), oneOf('The mode', sweepModes))
      .option('--teams <slugs or ids>', 'the teams of the canary, parted by commas')
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const { teams, reason } = command.opts<{ teams?: string; reason: string }>()
      const [mode] = command.processedArgs as [SweepMode | undefined]
      if (mode === undefined && teams !== undefined) throw new VigieError('USAGE', 'Teams belong to the mode canary.')
      return withApp(process, async (app) => {
        if (mode !== undefined) {
          const canary =
            teams === undefined
              ? {}
              : { canaryTeamIds: (await findTeams(app.sql, splitList(teams))).map(({ id }) => id) }
          await changePolicy(app, { changes: { sweepMode: mode, ...canary }, reason })
        }
        const { sweepMode, canaryTeamIds } = await readPolicy(app.sql)
        return describeMode(sweepMode, canaryTeamIds)
      })
    },
  )

  for (const [name, act, did] of [
    ['pause', pausePart, 'is paused'],
    ['resume', resumePart, 'goes on'],
  ] as const) {
    handle(
      program
        .command(name)
        .description(`${name} a part of every Vigie`)
        .argument('<part>', pausableParts.join(', '), oneOf('A part', pausableParts))
        .option('--reason <text>', 'why', ''),
      async (command) => {
        const [part] = command.processedArgs as [PausablePart]
        const { reason } = command.opts<{ reason: string }>()
        const answer = await withApp(process, (app) => act(app, { part, reason }))
        return { json: answer, text: `The part “${part}” ${did}${answer.isChanged ? '' : ' already'}.` }
      },
    )
  }
}

/** Also `inactive_after_days` and `inactive-after-days`, as the columns and other programs have it. */
function toPolicyName(text: string): string {
  return text.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The word as the kind of value that the policy has there; what is none stays a text, and is refused as such. */
function parseChange(name: string, text: string): Readonly<Record<string, unknown>> {
  if (!isPolicyName(name)) throw policyUnknown(name)
  const { kind } = policyRules[name]
  if (kind === 'count') return { [name]: /^-?\d+$/.test(text) ? Number(text) : text }
  if (kind === 'switch') return { [name]: text === 'true' ? true : text === 'false' ? false : text }
  if (kind === 'teams') return { [name]: splitList(text) }
  return { [name]: text }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function describeMode(sweepMode: SweepMode, canaryTeamIds: readonly string[]): Answer {
  const teams = sweepMode === 'canary' ? ` (${canaryTeamIds.length} teams)` : ''
  return { json: { sweepMode, canaryTeamIds }, text: `${sweepMode}${teams}` }
}

function describeChange(change: PolicyChange): Answer {
  const isChanged = Object.keys(change.after).length > 0
  return { json: change, text: isChanged ? describeChanges(change.after) : 'Nothing to change: it is so already.' }
}

function describeChanges(values: PolicyChanges): string {
  return lines(Object.entries(values).map(([name, value]) => [name, describeValue(value)]))
}

function describeValue(value: PolicyChanges[keyof PolicyChanges]): string {
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value)
}
