import type { Context, Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { checkReason, reasonRequired } from '../reason.ts'
import type { EdgeError } from './traefik-directory.ts'

/** An edge in the care of one agent. */
export interface KeptEdge {
  readonly edgeId: number
  /** The agent; another one that enrols the same directory takes its place. */
  readonly keeper: string
}

export interface EdgePlace {
  readonly machine: string
  readonly directory: string
}

/**
 * Takes a directory into care. Null: another agent keeps it, and was heard of within `silentSeconds` (0: taken over at
 * once, as by an agent that starts again).
 */
export async function enrolEdge(
  { sql }: Context,
  { machine, directory }: EdgePlace,
  keeper: string,
  silentSeconds: number,
): Promise<KeptEdge | null> {
  const [row] = await sql<{ edgeId: number | null }[]>`
    select vigie.enrol_edge(${machine}, ${directory}, ${keeper}, ${silentSeconds}) as "edgeId"`
  return row?.edgeId == null ? null : { edgeId: row.edgeId, keeper }
}

/** Whether files may be written: a pause of routing and an outage that nobody has looked at stop it. */
export interface EdgePermission {
  readonly isKeeper: boolean
  readonly isPaused: boolean
  readonly hasGap: boolean
}

/** Asked before each piece of work. */
export async function readPermission(sql: Database, { edgeId, keeper }: KeptEdge): Promise<EdgePermission> {
  const [row] = await sql<EdgePermission[]>`
    select
      exists (select from vigie.edge e where e.id = ${edgeId} and e.keeper = ${keeper}) as "isKeeper",
      exists (select from vigie.pause p where p.part = 'routing') as "isPaused",
      exists (select from vigie.gap g where g.resolved_at is null) as "hasGap"`
  return row ?? { isKeeper: false, isPaused: false, hasGap: false }
}

/** What a pass came to. */
export interface Confirmation {
  readonly blocked: readonly {
    readonly projectId: string
    readonly deactivatedAt: string | null
    readonly hostnames: number
  }[]
  readonly unblocked: readonly string[]
  readonly outOfStep: number
  readonly error: { readonly code: string; readonly message: string } | null
}

const confirmationSize = 5_000

/**
 * Puts a pass on record, a few thousand projects at a time. Returns the active projects that this edge was the last to
 * unblock: nobody else is told of them. Errors: CLAIM_LOST.
 */
export async function confirmEdge(
  { sql, origin }: Context,
  { edgeId, keeper }: KeptEdge,
  { blocked, unblocked, outOfStep, error }: Confirmation,
): Promise<string[]> {
  const served: string[] = []
  const parts = Math.max(1, Math.ceil(Math.max(blocked.length, unblocked.length) / confirmationSize))
  for (let part = 0; part < parts; part += 1) {
    const some = <Item>(items: readonly Item[]) => items.slice(part * confirmationSize, (part + 1) * confirmationSize)
    const now = some(blocked)
    const [row] = await sql<{ answer: { refusal: 'CLAIM_LOST' } | { served: string[] } }[]>`
      select vigie.confirm_edge(${edgeId}, ${keeper}, ${now.map(({ projectId }) => projectId)}::varchar[],
        ${now.map(({ deactivatedAt }) => deactivatedAt)}::text[]::timestamp[],
        ${now.map(({ hostnames }) => hostnames)}::integer[], ${some(unblocked)}::varchar[], ${outOfStep},
        ${error === null ? null : sql.json({ ...error })}, ${sql.json({ ...origin })}) as answer`
    if (row === undefined) throw new Error('the confirmation was answered by nothing')
    if ('refusal' in row.answer) throw displaced()
    served.push(...row.answer.served)
  }
  return served
}

/** Tells of hostnames that are left to other projects, each once. */
export async function leaveHostnames(
  { sql, origin }: Context,
  left: readonly { readonly projectId: string; readonly hostname: string }[],
): Promise<void> {
  await sql`
    select vigie.leave_hostnames(${left.map(({ projectId }) => projectId)}::varchar[],
      ${left.map(({ hostname }) => hostname)}::text[], ${sql.json({ ...origin })})`
}

export function displaced(): VigieError {
  return new VigieError(
    'CLAIM_LOST',
    'Another agent on this machine keeps the same directory of Traefik’s. Give each agent a directory of its own.',
  )
}

/** A directory of Traefik's that an agent keeps, or kept. */
export interface Edge extends EdgePlace {
  readonly id: number
  readonly enrolledAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string | null
  /** Its latest pass over the directory, and what went wrong in it. */
  readonly reconciledAt: Instant | null
  readonly error: EdgeError | null
  /** Projects that it blocks. */
  readonly blocked: number
  /** Projects whose files are not as they should be. */
  readonly outOfStep: number
}

/** Every edge there was, those that are enrolled first. */
export function listEdges(sql: Database): Promise<Edge[]> {
  return sql<Edge[]>`
    select e.id, e.machine, e.directory, e.enrolled_at as "enrolledAt", e.retired_at as "retiredAt",
      e.retired_by as "retiredBy", e.reconciled_at as "reconciledAt", e.error, e.out_of_step as "outOfStep",
      (select count(*) from vigie.edge_block b where b.edge_id = e.id) as blocked
    from vigie.edge e order by e.retired_at is not null, e.id`
}

/** An edge is kept no more, and nothing waits for it. Errors: REASON_REQUIRED, REASON_TOO_LONG, EDGE_NOT_FOUND. */
export async function retireEdge(
  { sql, origin, log }: Context,
  { edgeId, reason }: { readonly edgeId: number; readonly reason: string },
): Promise<{ readonly isChanged: boolean }> {
  const [row] = await sql<{ answer: { refusal: 'REASON_REQUIRED' | 'EDGE_NOT_FOUND' } | { isChanged: boolean } }[]>`
    select vigie.retire_edge(${edgeId}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('the retirement was answered by nothing')
  if ('refusal' in row.answer) {
    if (row.answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
    throw new VigieError('EDGE_NOT_FOUND', 'There is no edge under this number. “vigie edge list” shows all.')
  }
  if (row.answer.isChanged) log.info({ edgeId }, 'An edge was retired.')
  return row.answer
}
