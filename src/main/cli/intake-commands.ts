import type { Command } from 'commander'
import { type Intake, type IntakeName, listIntakes, retireIntake } from '../../core/watch/intakes.ts'
import { printable } from './answer.ts'
import { addEnrolledCommands, describeState } from './enrolled-commands.ts'
import type { Handle } from './program.ts'
import type { Process } from './session.ts'

/** `intake list|retire`: where traffic is seen, and what need not be waited for any more. */
export function addIntakeCommands(program: Command, handle: Handle, process: Process): void {
  addEnrolledCommands(program, handle, process, {
    word: 'intake',
    descriptions: {
      group: 'where traffic is seen',
      list: 'list the intakes, those that are enrolled first',
      retire: 'expect no more of an intake that is gone for good',
    },
    list: listIntakes,
    describe: describeIntake,
    noneText: 'No intake was ever enrolled.',
    retire: (app, intakeId, reason) => retireIntake(app, { intakeId, reason }),
  })
}

const kindWords: Record<IntakeName['kind'], string> = { access_log: 'access log', forward_auth: 'forward auth' }

/** An intake by the words of its name, safe for a terminal. */
export function nameIntake({ machine, kind, source }: IntakeName): string {
  return `${kindWords[kind]} ${printable(source)} on ${printable(machine)}`
}

function describeIntake(intake: Intake): string {
  const { id, flushedAt, coveredUntil } = intake
  const state = describeState({ ...intake, heardAt: flushedAt })
  return [id, nameIntake(intake), state, ...(coveredUntil === null ? [] : [`counted up to ${coveredUntil}`])].join('  ')
}
