/**
 * Changes outside Vigie: what the platform, its customers or another sweeper did to projects since Vigie last saw them.
 *
 * Trigger: a timer every few minutes; before each sweep.
 * Guarantees: the first time, everything is only recorded. Afterwards each change is on the timeline once, with its
 * consequences in the same transaction (migrations/functions/notice-changes.sql): a return to active or a fall back to the
 * free plan restarts the clock, an upgrade wakes. What Vigie does itself is recorded as it is done and never noticed.
 * Two at once do nothing twice.
 * Locks: the projects of one batch, skipping what others hold; those are noticed the next time.
 */
import type { Context, Database } from './context.ts'
import { databaseErrorOf, isHopelessError } from './database-error.ts'
import { inHalves } from './sweep/in-halves.ts'

/** What was noticed, in projects; mails in recipients. */
export interface Noticed {
  readonly firstSeen: number
  readonly changed: number
  readonly clocksRestarted: number
  readonly woken: number
  readonly mailsQueued: number
  /** Could not be noticed; tried again the next time. */
  readonly failed: number
}

export interface NoticeOptions {
  /** Aborted: ends between two batches; the rest is noticed the next time. */
  readonly signal?: AbortSignal
  /** Projects per transaction. */
  readonly batchSize?: number
  /** Projects per pass over all of them. */
  readonly pageSize?: number
}

/** Notices all that changed and returns how much it was. Errors: those of the database that every project would meet. */
export async function noticeChanges(context: Context, options: NoticeOptions = {}): Promise<Noticed> {
  const { sql, log } = context
  const { signal, batchSize = 1_000, pageSize = 50_000 } = options
  const total = { firstSeen: 0, changed: 0, clocksRestarted: 0, woken: 0, mailsQueued: 0, failed: 0 }
  let ids: string[]
  let after = ''
  do {
    ids = await readChangedIds(sql, after, pageSize)
    for (let at = 0; at < ids.length && signal?.aborted !== true; at += batchSize) {
      await noticeBatch(context, ids.slice(at, at + batchSize), total)
    }
    after = ids.at(-1) ?? after
  } while (ids.length === pageSize && signal?.aborted !== true)
  if (total.changed > 0) log.info({ ...total }, 'Changes outside Vigie were noticed.')
  return total
}

/**
 * Materialised: read in the order of ids, the planner would look every project up by its id to find the few that changed,
 * instead of passing over both tables once.
 */
async function readChangedIds(sql: Database, after: string, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with changed as materialized (select c.project_id from vigie.changed() c where c.project_id > ${after})
    select c.project_id as id from changed c order by c.project_id limit ${limit}`
  return rows.map((row) => row.id)
}

async function noticeBatch(context: Context, ids: string[], total: { -readonly [K in keyof Noticed]: number }) {
  const { sql, log, origin } = context
  await inHalves(ids, {
    isHopeless: isHopelessError,
    isCancelled: () => false,
    async work(part) {
      const [row] = await sql<{ noticed: Omit<Noticed, 'failed'> }[]>`
        select vigie.notice_changes(${part}::varchar[], ${sql.json({ ...origin })}) as noticed`
      if (row === undefined) throw new Error('notice_changes returned nothing')
      const { noticed } = row
      total.firstSeen += noticed.firstSeen
      total.changed += noticed.changed
      total.clocksRestarted += noticed.clocksRestarted
      total.woken += noticed.woken
      total.mailsQueued += noticed.mailsQueued
      return []
    },
    onBad(projectId, error) {
      const { sqlstate } = databaseErrorOf(error)
      total.failed += 1
      log.error({ projectId, sqlstate }, 'A change outside Vigie could not be noticed; it is tried again.')
    },
  })
}
