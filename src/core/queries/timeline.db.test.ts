import { describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { addNote } from '../notes.ts'
import { readTimeline, type TimelineFilter, type TimelinePage, timelineFilters } from './timeline.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)

const kinds = [
  'deactivated',
  'blocked',
  'changed_outside',
  'warned',
  'reactivated',
  'unreachable',
  'permanently_disabled',
]

/** So many events, a minute apart, two of each instant; of the kinds in turn, and a mail for those that tell somebody. */
async function createHistory(events: number) {
  const projectId = await rows.project()
  await sql`select vigie.ensure_partitions(now() - make_interval(days => back * 7)) from generate_series(0, 12) back`
  await sql`
    insert into vigie.event (created_at, kind, project_id, entry, machine, version)
    select now() - make_interval(mins => n / 2), (${kinds}::text[])[n % ${kinds.length} + 1], ${projectId}, 'agent', 'm', '1'
    from generate_series(1, ${events}) n`
  await sql`
    insert into vigie.mail (created_at, event_id, project_id, template, user_id, address)
    select e.created_at, e.id, e.project_id, 'project-disabled', 1, 'owner@example.com'
    from vigie.event e where e.project_id = ${projectId} and e.kind in ('deactivated', 'warned')`
  return projectId
}

async function readAll(projectId: string, filter: TimelineFilter | null, limit: number) {
  const pages: TimelinePage[] = []
  let before: TimelinePage['next'] = null
  do {
    const page: TimelinePage = await readTimeline(sql, { projectId, filter, before, limit })
    pages.push(page)
    before = page.next
  } while (before !== null)
  return { pages: pages.length, events: pages.flatMap((page) => page.events) }
}

describe('a timeline', () => {
  it('of thousands of events is read page by page, each once and in order', async () => {
    const projectId = await createHistory(5_000)
    await addNote(database, { projectId, text: 'Between them' })
    const { pages, events } = await readAll(projectId, null, 200)
    expect(pages).toBe(26)
    expect(new Set(events.map(({ id }) => id)).size).toBe(5_001)
    const times = events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(events[0]?.kind).toBe('note')
  })

  it('is narrowed to one kind of things, over all pages', async () => {
    const projectId = await createHistory(140)
    await addNote(database, { projectId, text: 'A note' })
    const counted: Partial<Record<TimelineFilter, Record<string, number>>> = {}
    for (const filter of timelineFilters) {
      const { events } = await readAll(projectId, filter, 7)
      const ofKind = (kind: string) => events.filter((event) => event.kind === kind).length
      counted[filter] = Object.fromEntries(events.map(({ kind }) => [kind, ofKind(kind)]))
    }
    expect(counted).toEqual({
      transitions: { deactivated: 20, reactivated: 20, permanently_disabled: 20 },
      mails: { deactivated: 20, warned: 20 },
      edge: { blocked: 20, unreachable: 20 },
      outside: { changed_outside: 20 },
      notes: { note: 1 },
    })
  })

  it('of a project that nothing happened to is empty, with every filter', async () => {
    const projectId = await rows.project()
    for (const filter of [null, ...timelineFilters]) {
      expect(await readAll(projectId, filter, 10)).toEqual({ pages: 1, events: [] })
    }
  })
})
