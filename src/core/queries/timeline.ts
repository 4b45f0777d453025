import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { MailStatus } from '../mail/outbox.ts'

/** What became of a project's hostnames and containers: consequences, which a revert does not count as changes. */
const edgeEventKinds = [
  'blocked',
  'unblocked',
  'hostname_left',
  'containers_stopped',
  'containers_started',
  'containers_removed',
  'container_failed',
  'reachable',
  'unreachable',
] as const

/** What the timelines tell of exemptions, those of a team included: no change of the project itself. */
const exemptionEventKinds = ['exempted', 'exemption_ended', 'exemption_expired'] as const

export const eventKinds = [
  'deactivated',
  'permanently_disabled',
  'reactivated',
  'reverted',
  'changed_outside',
  'woken_by_upgrade',
  'warned',
  ...exemptionEventKinds,
  'note',
  ...edgeEventKinds,
] as const
export type EventKind = (typeof eventKinds)[number]

/** What a timeline can be narrowed to; `mails` are the events that somebody was told of. */
export const timelineFilters = ['transitions', 'mails', 'edge', 'outside', 'notes'] as const
export type TimelineFilter = (typeof timelineFilters)[number]

const filteredKinds: Readonly<Record<Exclude<TimelineFilter, 'mails'>, readonly EventKind[]>> = {
  transitions: [
    'deactivated',
    'permanently_disabled',
    'reactivated',
    'reverted',
    'woken_by_upgrade',
    ...exemptionEventKinds,
  ],
  edge: edgeEventKinds,
  outside: ['changed_outside', 'woken_by_upgrade'],
  notes: ['note'],
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface TimelineMail {
  readonly id: number
  readonly address: string
  readonly status: MailStatus
  /** The digest that tells of it. */
  readonly digestId: number | null
  readonly endedAt: Instant | null
}

/** One entry of a timeline: what happened, who did it, from where, for whom and why. */
export interface TimelineEvent {
  readonly id: number
  readonly at: Instant
  readonly kind: EventKind
  readonly runId: number | null
  /** The login that acted. */
  readonly actor: string
  readonly entry: string
  readonly machine: string
  readonly version: string
  readonly onBehalfOf: { readonly userId: number; readonly name: string | null; readonly email: string | null } | null
  /** Of a person, their words; of a sweep, `no_traffic` or `still_inactive`. */
  readonly reason: string | null
  readonly before: Readonly<Record<string, Json>> | null
  readonly after: Readonly<Record<string, Json>> | null
  /** For how many other projects the same bulk act did it; null: it was no bulk act. */
  readonly bulkOthers: number | null
  /** To whom a mail was queued. */
  readonly mailTo: readonly string[]
  /** The same mails and what became of them; of one that a digest tells, the digest's state. */
  readonly mails: readonly TimelineMail[]
}

export interface TimelinePage {
  readonly events: readonly TimelineEvent[]
  /** Pass it as `before` for the next, older page; null at the end. */
  readonly next: { readonly at: Instant; readonly id: number } | null
}

interface TimelineRequest {
  readonly projectId: string
  /** By default all that happened. */
  readonly filter?: TimelineFilter | null
  readonly before: TimelinePage['next']
  readonly limit: number
}

/** A project's events, those of its team that concern it, and the notes on it, latest first. Of a note, `reason` is its text. */
export async function readTimeline(sql: Database, request: TimelineRequest): Promise<TimelinePage> {
  const { projectId, filter = null, limit } = request
  const found = await sql<TimelineEvent[]>`
    select e.id, e.created_at as at, e.kind, e.run_id as "runId", e.actor, e.entry, e.machine, e.version,
      case when e.on_behalf_of_user_id is not null then
        json_build_object('userId', e.on_behalf_of_user_id, 'name', u.name, 'email', u.email) end as "onBehalfOf",
      e.reason, e.before, e.after,
      case when e.after ->> 'bulkId' is not null then (
        select count(*)::integer - 1 from vigie.event b
        where b.after ->> 'bulkId' = e.after ->> 'bulkId' and b.kind = e.kind) end as "bulkOthers",
      array(select m.address from vigie.mail m
        where m.project_id = ${projectId} and m.created_at = e.created_at and m.event_id = e.id
        order by m.address) as "mailTo",
      (select coalesce(json_agg(json_build_object(
          'id', m.id, 'address', m.address, 'status', coalesce(d.status, m.status), 'digestId', m.digest_id,
          'endedAt', vigie.instant(case when d.id is null then m.ended_at else d.ended_at end at time zone 'utc'))
          order by m.address), '[]')
        from vigie.mail m left join vigie.mail d on d.id = m.digest_id and m.status = 'digested'
        where m.project_id = ${projectId} and m.created_at = e.created_at and m.event_id = e.id) as mails
    from (
      (${eventRows(sql, request)} limit ${limit + 1})
      ${filter === null || filter === 'transitions' ? sql`union all (${teamRows(sql, request)} limit ${limit + 1})` : sql``}
      ${filter === null || filter === 'notes' ? sql`union all (${noteRows(sql, request)} limit ${limit + 1})` : sql``}
    ) e
    left join "user" u on u.id = e.on_behalf_of_user_id
    order by e.created_at desc, e.id desc
    limit ${limit + 1}`
  const events = found.slice(0, limit)
  const last = events.at(-1)
  return { events, next: found.length > limit && last ? { at: last.at, id: last.id } : null }
}

function eventRows(sql: Database, { projectId, filter = null, before }: TimelineRequest): Fragment {
  const isWanted =
    filter === null
      ? sql``
      : filter === 'mails'
        ? sql`and exists (
            select from vigie.mail m
            where m.project_id = o.project_id and m.created_at = o.created_at and m.event_id = o.id)`
        : sql`and o.kind = any (${filteredKinds[filter]})`
  return sql`
    select ${eventColumns(sql)} from vigie.event o
    where o.project_id = ${projectId} ${isWanted} ${isBefore(sql, before)}
    order by o.created_at desc, o.id desc`
}

/** The exemptions of a whole team. */
function teamRows(sql: Database, { projectId, before }: TimelineRequest): Fragment {
  return sql`
    select ${eventColumns(sql)} from vigie.event o
    where o.project_id is null and o.team_id = (select p.team_id from project p where p.id = ${projectId})
      and o.kind = any (${[...exemptionEventKinds]}) ${isBefore(sql, before)}
    order by o.created_at desc, o.id desc`
}

function eventColumns(sql: Database): Fragment {
  return sql`
    o.id, o.created_at, o.kind, o.run_id, o.actor, o.entry, o.machine, o.version, o.on_behalf_of_user_id, o.reason,
    o.before, o.after`
}

function noteRows(sql: Database, { projectId, before }: TimelineRequest): Fragment {
  return sql`
    select o.id, o.created_at, 'note', null, o.actor, o.entry, o.machine, o.version, null, o.text, null,
      jsonb_build_object('takenBackAt', vigie.instant(o.taken_back_at at time zone 'utc'))
    from vigie.note o
    where o.project_id = ${projectId} ${isBefore(sql, before)}
    order by o.created_at desc, o.id desc`
}

function isBefore(sql: Database, before: TimelinePage['next']): Fragment {
  if (before === null) return sql``
  return sql`and (o.created_at, o.id) < (${before.at}::text::timestamptz, ${before.id}::bigint)`
}
