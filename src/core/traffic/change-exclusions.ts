/**
 * Changing what counts: a person observes an exclusion, looks at what it would change, applies it, and may take it back.
 *
 * Trigger: a person (console, command line).
 * Guarantees: one transaction each (migrations/functions/{add,apply,end}-exclusion.sql), on record with who and why.
 * Locks: the exclusion's row; taking back waits for flushes and locks the projects that move.
 */
import type { Context, Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { checkReason, reasonRequired } from '../reason.ts'
import { type ExclusionPattern, parseRange, readyListNames } from './exclusions.ts'

export interface Exclusion extends ExclusionPattern {
  readonly id: number
  readonly status: 'observed' | 'applied' | 'ended'
  readonly reason: string
  readonly createdAt: Instant
  readonly createdBy: string
  readonly appliedAt: Instant | null
  readonly endedAt: Instant | null
  /** Hits that it matched on the days that are kept: those that counted, and those that did not. */
  readonly counted: number
  readonly excluded: number
}

/** All exclusions, the latest first. */
export function listExclusions(sql: Database): Promise<Exclusion[]> {
  return selectExclusions(sql, sql`true`)
}

function selectExclusions(sql: Database, condition: ReturnType<Database>) {
  return sql<Exclusion[]>`
    select x.id, x.kind, x.pattern, x.status, x.reason, x.created_at as "createdAt", x.created_by as "createdBy",
      x.applied_at as "appliedAt", x.ended_at as "endedAt",
      coalesce(sum(d.hits) filter (where d.is_counted), 0)::bigint as counted,
      coalesce(sum(d.hits) filter (where not d.is_counted), 0)::bigint as excluded
    from vigie.exclusion x left join vigie.excluded_day d on d.exclusion_id = x.id
    where ${condition} group by x.id order by x.id desc`
}

export const maxPatternLength = 500

/** A pattern as it is kept. Errors: EXCLUSION_INVALID, saying what it must be. */
export function checkPattern({ kind, pattern }: ExclusionPattern): ExclusionPattern {
  const text = pattern.replaceAll('\0', '').trim()
  if (text === '' || text.length > maxPatternLength) {
    throw exclusionInvalid(`must have 1 to ${maxPatternLength} characters`)
  }
  if (kind === 'path' && !text.startsWith('/')) throw exclusionInvalid('must begin with a slash, as paths do')
  if (kind === 'list' && !readyListNames.includes(text))
    throw exclusionInvalid(`is one of ${readyListNames.join(', ')}`)
  if (kind === 'address' && parseRange(text) === null) {
    throw exclusionInvalid('must be an address or a range like 192.0.2.0/24')
  }
  return { kind, pattern: text }
}

/** Observes an exclusion; returns its id. Errors: EXCLUSION_INVALID, REASON_REQUIRED, REASON_TOO_LONG. */
export async function addExclusion(
  context: Context,
  request: ExclusionPattern & { readonly reason: string },
): Promise<number> {
  const { sql, origin, log } = context
  const { kind, pattern } = checkPattern(request)
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.add_exclusion(${kind}, ${pattern}, ${checkReason(request.reason)}, ${sql.json({ ...origin })}) as answer`
  const { id } = acceptedOf(row?.answer)
  log.info({ exclusionId: id, kind, pattern }, 'An exclusion is observed.')
  return id
}

export interface ExclusionDecision {
  readonly id: number
  readonly reason: string
}

/** From now on it is not counted. Errors: EXCLUSION_NOT_FOUND (or not observed), REASON_REQUIRED, REASON_TOO_LONG. */
export async function applyExclusion({ sql, origin, log }: Context, { id, reason }: ExclusionDecision): Promise<void> {
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.apply_exclusion(${id}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  acceptedOf(row?.answer)
  log.info({ exclusionId: id }, 'An exclusion is applied.')
}

/** What was taken back: hits that count now, and projects whose clock moved. */
export interface EndedExclusion {
  readonly id: number
  readonly hits: number
  readonly moved: number
}

/** Ends it and counts what it kept apart. Errors: EXCLUSION_NOT_FOUND, REASON_REQUIRED, REASON_TOO_LONG. */
export async function endExclusion(
  { sql, origin, log }: Context,
  { id, reason }: ExclusionDecision,
): Promise<EndedExclusion> {
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.end_exclusion(${id}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  const { hits = 0, moved = 0 } = acceptedOf(row?.answer)
  log.info({ exclusionId: id, hits, moved }, 'An exclusion has ended and was taken back.')
  return { id, hits, moved }
}

interface Accepted {
  readonly id: number
  readonly hits?: number
  readonly moved?: number
}

type Answer = Accepted | { readonly refusal: 'EXCLUSION_INVALID' | 'EXCLUSION_NOT_FOUND' | 'REASON_REQUIRED' }

function acceptedOf(answer: Answer | undefined): Accepted {
  if (answer === undefined) throw new Error('the exclusion was answered by nothing')
  if (!('refusal' in answer)) return answer
  if (answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
  if (answer.refusal === 'EXCLUSION_NOT_FOUND') throw exclusionNotFound()
  throw exclusionInvalid('can’t be that, or is excluded already')
}

function exclusionInvalid(problem: string): VigieError {
  return new VigieError('EXCLUSION_INVALID', `What is excluded ${problem}. Nothing was changed.`)
}

function exclusionNotFound(): VigieError {
  return new VigieError(
    'EXCLUSION_NOT_FOUND',
    'No exclusion of this number can be changed so. Look at “vigie exclusion list”.',
  )
}

export interface ExclusionPreview {
  readonly exclusion: Exclusion
  /** Before that, nothing is known of what it would have matched. */
  readonly observedSince: Instant
  /** Since when hits are looked at: as long as a project may be idle. */
  readonly since: Instant
  readonly projects: number
  /** The first hundred of them by name. */
  readonly list: readonly {
    readonly projectId: string
    readonly name: string
    /** All matched by it. */
    readonly hits: number
  }[]
}

const previewedProjects = 100

/**
 * What applying an exclusion would change in time: the active free projects whose counted hits, on the days since the
 * policy's cut-off, were all matched by it. Errors: EXCLUSION_NOT_FOUND.
 */
export async function previewExclusion(sql: Database, id: number): Promise<ExclusionPreview> {
  const [exclusion] = await selectExclusions(sql, sql`x.id = ${id} and x.status <> 'ended'`)
  if (exclusion === undefined) throw exclusionNotFound()
  const rows = await sql<{ since: Instant; projectId: string | null; name: string; hits: number; projects: number }[]>`
    with cutoff as (
      select vigie.idle_cutoff(y.inactive_after_days) at time zone 'utc' as at from vigie.policy y
    ), matched as (
      select d.project_id, sum(d.hits) as hits
      from vigie.excluded_day d, cutoff c
      where d.exclusion_id = ${id} and d.is_counted and d.day >= (c.at at time zone 'utc')::date group by 1
    ), sleepy as (
      select p.id, p.name, m.hits
      from matched m join project p on p.id = m.project_id and p.status = 'active'
      join team t on t.id = p.team_id and t.status = 'active'
      left join team_subscription b on b.team_id = p.team_id left join subscription_plan l on l.id = b.plan_id, cutoff c
      where vigie.plan_kind(b.id is not null, l.name, b.status::text) = 'free'
        and m.hits >= (select sum(d.hits) from vigie.traffic_day d
          where d.project_id = p.id and d.day >= (c.at at time zone 'utc')::date)
    )
    select c.at as since, s.id as "projectId", s.name, s.hits::bigint as hits, count(s.id) over () as projects
    from cutoff c left join sleepy s on true order by s.name, s.id limit ${previewedProjects}`
  const [first] = rows
  if (first === undefined) throw new Error('the preview came back empty')
  const list = rows.flatMap(({ projectId, name, hits }) => (projectId === null ? [] : [{ projectId, name, hits }]))
  return { exclusion, observedSince: exclusion.createdAt, since: first.since, projects: first.projects, list }
}
