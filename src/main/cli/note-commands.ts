import type { Command } from 'commander'
import { addNote } from '../../core/notes.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'

/** `note`. */
export function addNoteCommands(program: Command, handle: Handle, process: Process): void {
  handle(
    program
      .command('note')
      .description('note something on a project’s timeline')
      .argument('<project id>')
      // Checked by the rule itself, so that a missing text is refused like an empty one.
      .option('--text <text>', 'what the next person should know', ''),
    async (command) => {
      const { text } = command.opts<{ text: string }>()
      const added = await withApp(process, (app) => addNote(app, { projectId: command.args[0] ?? '', text }))
      return { json: added, text: `Noted (${added.noteId}).` }
    },
  )
}
