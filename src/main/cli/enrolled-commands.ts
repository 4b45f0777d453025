import type { Command } from 'commander'
import type { Database } from '../../core/context.ts'
import type { App } from '../app.ts'
import { printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'
import { wholeNumber } from './words.ts'

/** A kind of thing that enrols itself and is expected from then on, until a person retires it. */
export interface Enrolled<Item> {
  readonly word: string
  readonly descriptions: { readonly group: string; readonly list: string; readonly retire: string }
  readonly list: (sql: Database) => Promise<readonly Item[]>
  /** One line. */
  readonly describe: (item: Item) => string
  readonly noneText: string
  readonly retire: (app: App, id: number, reason: string) => Promise<{ readonly isChanged: boolean }>
}

/** `<word> list|retire`: what there is, and what need not be waited for any more. */
export function addEnrolledCommands<Item>(
  program: Command,
  handle: Handle,
  process: Process,
  { word, descriptions, list, describe, noneText, retire }: Enrolled<Item>,
): void {
  const readId = wholeNumber(`The number of an ${word}`, 1, 2_147_483_647)
  const group = program.command(word).description(descriptions.group)
  handle(group.command('list').description(descriptions.list), async () => {
    const items = await withApp(process, (app) => list(app.sql))
    return { json: { [`${word}s`]: items }, text: items.length > 0 ? items.map(describe).join('\n') : noneText }
  })
  handle(
    group
      .command('retire')
      .description(descriptions.retire)
      .argument('<id>', 'its number', readId)
      // Checked by the rule itself, so that a missing one is refused like an empty one.
      .option('--reason <text>', 'why', ''),
    async (command) => {
      const id = readId(command.args[0] ?? '')
      const { reason } = command.opts<{ reason: string }>()
      const { isChanged } = await withApp(process, (app) => retire(app, id, reason))
      const name = `${word.charAt(0).toUpperCase()}${word.slice(1)} ${id}`
      return { json: { [`${word}Id`]: id, isChanged }, text: `${name} is retired${isChanged ? '' : ' already'}.` }
    },
  )
}

/** Whether something is expected, and when it was last heard of. The times are instants as they are written. */
export function describeState(facts: {
  readonly retiredAt: string | null
  readonly retiredBy: string | null
  readonly heardAt: string | null
}): string {
  const { retiredAt, retiredBy, heardAt } = facts
  if (retiredAt !== null) return `retired ${retiredAt} by ${printable(retiredBy ?? '')}`
  return heardAt === null ? 'never heard of' : `heard of ${heardAt}`
}
