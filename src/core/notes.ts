/**
 * Notes: what staff want the next one to know of a project.
 *
 * Trigger: a person (console, command line).
 * Guarantees: one transaction each (migrations/functions/{add-note,take-back-note}.sql); nothing is edited or deleted: a note
 * that its author takes back stays on record, and says so.
 * Locks: the note's row, of one that is taken back.
 */
import type { Context } from './context.ts'
import { type ErrorCode, VigieError } from './errors.ts'
import type { Instant } from './instant.ts'
import { isProjectId } from './queries/project.ts'

/** In characters as JavaScript counts them, which are never fewer than the database's. */
export const maxNoteLength = 4_000

const refusals = {
  PROJECT_NOT_FOUND: 'No project has this id. Check the id and try again.',
  NOTE_EMPTY: 'The note is empty. Write what the next person should know.',
  NOTE_TOO_LONG: `The note is longer than ${maxNoteLength} characters. Shorten it.`,
  NOTE_NOT_FOUND: 'There is no such note. Read the project again.',
  NOTE_NOT_YOURS: 'Somebody else wrote this note. Only its author can take it back.',
} as const satisfies Partial<Record<ErrorCode, string>>

type Refusal = { readonly refusal: keyof typeof refusals }

export interface AddedNote {
  readonly noteId: number
  readonly at: Instant
}

/** Notes something on a project. Errors: PROJECT_NOT_FOUND, NOTE_EMPTY, NOTE_TOO_LONG. */
export async function addNote(
  { sql, origin }: Context,
  request: { readonly projectId: string; readonly text: string },
): Promise<AddedNote> {
  const text = request.text.replaceAll('\0', '').trim()
  if (!isProjectId(request.projectId)) throw refused('PROJECT_NOT_FOUND')
  if (text === '') throw refused('NOTE_EMPTY')
  if (text.length > maxNoteLength) throw refused('NOTE_TOO_LONG')
  const [row] = await sql<{ answer: AddedNote | Refusal }[]>`
    select vigie.add_note(${request.projectId}, ${text}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('vigie.add_note returned nothing')
  if ('refusal' in row.answer) throw refused(row.answer.refusal)
  return row.answer
}

/** `isChanged` is false if it was taken back before, at that time. */
export interface TakenBackNote {
  readonly isChanged: boolean
  readonly takenBackAt: Instant
}

/** Takes one's own note back. Errors: NOTE_NOT_FOUND, NOTE_NOT_YOURS. */
export async function takeBackNote({ sql, origin }: Context, noteId: number): Promise<TakenBackNote> {
  const [row] = await sql<{ answer: TakenBackNote | Refusal }[]>`
    select vigie.take_back_note(${noteId}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('vigie.take_back_note returned nothing')
  if ('refusal' in row.answer) throw refused(row.answer.refusal)
  return row.answer
}

function refused(code: keyof typeof refusals): VigieError {
  return new VigieError(code, refusals[code])
}
