/**
 * A bulk act: the same act for many projects, one after the other, with one reason.
 *
 * Trigger: a person at a console, who has seen its numbers (./preview-bulk.ts) for exactly this list of projects
 * (./fix-selection.ts).
 * Guarantees: each project is one transaction of the very function that does a single act, and is judged by it again; so
 * what no longer qualifies is refused by itself, and nothing is ever half done. Cancelled, it ends between two projects.
 * When the connection is lost it waits, asks whether the interrupted project was done, and goes on. It lives in its
 * process alone and ends with it: what was done is on record, each event with the id of the act.
 * Locks: those of the single act, for one project at a time.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, Database } from '../context.ts'
import { databaseErrorOf, isConnectionError, isHopelessError } from '../database-error.ts'
import { errorClasses, VigieError } from '../errors.ts'
import type { BulkEnd, BulkOutcome, BulkResult, BulkSubject } from './bulk-result.ts'

export interface Bulk {
  /** A uuid; the events of what was done hold it. */
  readonly bulkId: string
  readonly projectIds: readonly string[]
  /** Does it to one project. Errors: a VigieError for what a rule refuses. */
  readonly perform: (projectId: string) => Promise<unknown>
}

export interface BulkOptions {
  /** Aborted: it ends between two projects, as cancelled. */
  readonly signal: AbortSignal
  readonly onResult: (result: BulkResult) => void
  /** How often, and after how long, a project is tried again whose connection was lost. */
  readonly retries?: { readonly times: number; readonly delayMs: number }
}

const defaultRetries = { times: 120, delayMs: 1_000 }

/** Projects whose names are read at once. */
const chunkSize = 200

/** Acts on each project in turn and tells each result. Errors: none; why it could not go on is in its end. */
export async function runBulk(context: Context, bulk: Bulk, options: BulkOptions): Promise<BulkEnd> {
  const { log } = context
  const { bulkId, projectIds } = bulk
  try {
    for (let start = 0; start < projectIds.length; start += chunkSize) {
      if (options.signal.aborted) break
      const ids = projectIds.slice(start, start + chunkSize)
      const subjects = await patiently(options, () => readSubjects(context.sql, ids))
      for (const [offset, subject] of subjects.entries()) {
        if (options.signal.aborted) break
        options.onResult({ index: start + offset, ...subject, ...(await actOn(context, bulk, subject, options)) })
      }
    }
  } catch (error) {
    const { code, message } = databaseErrorOf(error)
    log.error({ bulkId, code }, 'A bulk act could not go on. What was done is on record.')
    return { outcome: 'failed', error: { code, message } }
  }
  const outcome = options.signal.aborted ? 'cancelled' : 'done'
  log.info({ bulkId, outcome, projects: projectIds.length }, 'A bulk act ended.')
  return { outcome, error: null }
}

type Verdict = Pick<BulkResult, 'outcome' | 'code' | 'message'>
const done: Verdict = { outcome: 'done', code: null, message: null }

/** Errors: what every other project would meet as well. */
async function actOn(
  { sql, log }: Context,
  { bulkId, perform }: Bulk,
  { projectId }: BulkSubject,
  options: BulkOptions,
): Promise<Verdict> {
  try {
    await patiently(options, async (attempt) => {
      if (attempt === 0 || !(await wasDone(sql, projectId, bulkId))) await perform(projectId)
    })
    return done
  } catch (error) {
    if (error instanceof VigieError && errorClasses[error.code] === 'refused') {
      return { outcome: refusalOf(error), code: error.code, message: error.message }
    }
    if (isHopelessError(error)) throw error
    const { code, message, sqlstate } = databaseErrorOf(error)
    log.error({ bulkId, projectId, code, sqlstate }, 'A project of a bulk act failed; the rest goes on.')
    return { outcome: 'failed', code, message }
  }
}

function refusalOf({ code }: VigieError): BulkOutcome {
  return code === 'NO_ACTIVE_OWNER' ? 'skipped' : 'refused'
}

/** Tries again while the connection is lost. */
async function patiently<T>(
  { signal, retries = defaultRetries }: BulkOptions,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      if (!isConnectionError(error) || attempt >= retries.times || signal.aborted) throw error
      await sleep(retries.delayMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Whether the answer alone was lost. */
async function wasDone(sql: Database, projectId: string, bulkId: string): Promise<boolean> {
  const found = await sql`
    select from vigie.event e
    where e.project_id = ${projectId} and e.created_at > now() - interval '1 day' and e.after ->> 'bulkId' = ${bulkId}
    limit 1`
  return found.length > 0
}

/** In the order of the ids. */
function readSubjects(sql: Database, ids: readonly string[]): Promise<readonly BulkSubject[]> {
  return sql<BulkSubject[]>`
    select i.id as "projectId", p.name as "projectName", t.id as "teamId", t.name as "teamName"
    from unnest(${[...ids]}::varchar[]) with ordinality as i (id, place)
    left join project p on p.id = i.id
    left join team t on t.id = p.team_id
    order by i.place`
}
