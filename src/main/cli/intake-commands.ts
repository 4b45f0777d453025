import type { Command } from 'commander'
import { type Intake, type IntakeName, listIntakes, retireIntake } from '../../core/watch/intakes.ts'
import { printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'
import { wholeNumber } from './words.ts'

const readIntakeId = wholeNumber('The number of an intake', 1, 2_147_483_647)

/** `intake list|retire`: where traffic is seen, and what need not be waited for any more. */
export function addIntakeCommands(program: Command, handle: Handle, process: Process): void {
  const intake = program.command('intake').description('where traffic is seen')
  handle(intake.command('list').description('list the intakes, those that are enrolled first'), async () => {
    const intakes = await withApp(process, (app) => listIntakes(app.sql))
    return {
      json: { intakes },
      text: intakes.length > 0 ? intakes.map(describeIntake).join('\n') : 'No intake was ever enrolled.',
    }
  })
  handle(
    intake
      .command('retire')
      .description('expect no more of an intake that is gone for good')
      .argument('<id>', 'its number', readIntakeId)
      // Checked by the rule itself, so that a missing one is refused like an empty one.
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const request = {
        intakeId: readIntakeId(command.args[0] ?? ''),
        reason: command.opts<{ reason: string }>().reason,
      }
      const answer = await withApp(process, (app) => retireIntake(app, request))
      return { json: answer, text: `Intake ${answer.intakeId} is retired${answer.isChanged ? '' : ' already'}.` }
    },
  )
}

const kindWords: Record<IntakeName['kind'], string> = { access_log: 'access log', forward_auth: 'forward auth' }

/** An intake by the words of its name, safe for a terminal. */
export function nameIntake({ machine, kind, source }: IntakeName): string {
  return `${kindWords[kind]} ${printable(source)} on ${printable(machine)}`
}

function describeIntake(intake: Intake): string {
  const { id, retiredAt, retiredBy, flushedAt, coveredUntil } = intake
  const state =
    retiredAt !== null
      ? `retired ${retiredAt} by ${printable(retiredBy ?? '')}`
      : flushedAt === null
        ? 'never heard of'
        : `heard of ${flushedAt}`
  return [id, nameIntake(intake), state, ...(coveredUntil === null ? [] : [`counted up to ${coveredUntil}`])].join('  ')
}
