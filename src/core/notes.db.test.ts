import { describe, expect, it } from 'vitest'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { addNote, maxNoteLength, takeBackNote } from './notes.ts'
import { readTimeline } from './queries/timeline.ts'

const database = await createTestDatabase({ maxConnections: 4 })
const { sql } = database
const rows = createRows(sql)

const notesOn = async (projectId: string) =>
  (await readTimeline(sql, { projectId, filter: 'notes', before: null, limit: 50 })).events

describe('a note', () => {
  it('stands on the timeline as it was written, with its author, and others are told', async () => {
    const projectId = await rows.project({ status: 'permanently_disabled', deactivated: { days: 9 } })
    const told = new Promise<string>((resolve) => {
      void sql.listen('vigie', resolve, () => {
        void addNote(database, { projectId, text: '  <b>Called</b> on Monday\n\u202eabc\0  ' })
      })
    })
    expect(JSON.parse(await told)).toEqual({ kind: 'note', projectId })
    const [login] = await sql<{ name: string }[]>`select session_user as name`
    expect(await notesOn(projectId)).toEqual([
      expect.objectContaining({
        kind: 'note',
        reason: '<b>Called</b> on Monday\n\u202eabc',
        actor: login?.name,
        entry: 'cli',
        machine: 'test',
        after: { takenBackAt: null },
        mails: [],
      }),
    ])
  })

  it('is refused when it is empty, too long, or on no project', async () => {
    const projectId = await rows.project()
    await expect(addNote(database, { projectId, text: ' \n\0' })).rejects.toMatchObject({ code: 'NOTE_EMPTY' })
    const text = 'x'.repeat(maxNoteLength + 1)
    await expect(addNote(database, { projectId, text })).rejects.toMatchObject({ code: 'NOTE_TOO_LONG' })
    for (const other of ['abc', "'; drop table project; --"]) {
      await expect(addNote(database, { projectId: other, text: 'x' })).rejects.toMatchObject({
        code: 'PROJECT_NOT_FOUND',
      })
    }
    expect(await notesOn(projectId)).toEqual([])
  })

  it('is refused by the database itself, whoever calls', async () => {
    const projectId = await rows.project()
    const refusalOf = async (text: string | null) => {
      const [row] = await sql`select vigie.add_note(${projectId}, ${text}, '{}') as answer`
      return row?.answer
    }
    expect(await refusalOf(null)).toEqual({ refusal: 'NOTE_EMPTY' })
    expect(await refusalOf('\n\t ')).toEqual({ refusal: 'NOTE_EMPTY' })
    expect(await refusalOf('é'.repeat(maxNoteLength + 1))).toEqual({ refusal: 'NOTE_TOO_LONG' })
  })

  it('as long as it may be is kept, whatever its characters', async () => {
    const projectId = await rows.project()
    const text = '🛰'.repeat(maxNoteLength / 2)
    await addNote(database, { projectId, text })
    expect((await notesOn(projectId))[0]?.reason).toBe(text)
  })

  it('is taken back by its author, once, and what it said stays on record', async () => {
    const projectId = await rows.project()
    const { noteId } = await addNote(database, { projectId, text: 'Wrong project' })
    const first = await takeBackNote(database, noteId)
    expect(first).toEqual({ isChanged: true, takenBackAt: expect.stringMatching(/Z$/) })
    const [note] = await notesOn(projectId)
    expect(note).toMatchObject({ reason: 'Wrong project', after: { takenBackAt: first.takenBackAt } })
    expect(await takeBackNote(database, noteId)).toEqual({ ...first, isChanged: false })
    expect((await notesOn(projectId))[0]).toEqual(note)
  })

  it('is not taken back by anybody else', async () => {
    const projectId = await rows.project()
    const { noteId } = await addNote(database, { projectId, text: 'Theirs' })
    await sql`update vigie.note set actor = 'somebody' where id = ${noteId}`
    await expect(takeBackNote(database, noteId)).rejects.toMatchObject({ code: 'NOTE_NOT_YOURS' })
    await expect(takeBackNote(database, 2_000_000_000)).rejects.toMatchObject({ code: 'NOTE_NOT_FOUND' })
    expect((await notesOn(projectId))[0]?.after).toEqual({ takenBackAt: null })
  })

  it('stays with its project, and goes when the platform has deleted the project’s row', async () => {
    const [kept, gone] = [await rows.project(), await rows.project()]
    for (const projectId of [kept, gone]) await addNote(database, { projectId, text: 'Kept for long' })
    await sql`update vigie.note set created_at = now() - interval '3 years'`
    await sql`delete from project where id = ${gone}`
    const [pruned] = await sql<{ notes: number }[]>`select (vigie.prune_rows(100) ->> 'notes')::int as notes`
    expect(pruned?.notes).toBe(1)
    expect(await notesOn(kept)).toHaveLength(1)
  })
})
