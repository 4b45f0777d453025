import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { IntakeName } from '../watch/intakes.ts'

interface Problem {
  readonly code: string
  readonly message: string
}

/** An intake and how well it watches. */
export interface IntakeState extends IntakeName {
  readonly id: number
  readonly enrolledAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string | null
  /** Enrolled, and heard of in the last minute. */
  readonly isAlive: boolean
  /** Since when it has watched without a break; null: it does not at the moment. */
  readonly watchingSince: Instant | null
  readonly flushedAt: Instant | null
  /** All traffic before it is counted. */
  readonly coveredUntil: Instant | null
  /** Of the day in UTC. */
  readonly hitsToday: number
  readonly excludedToday: number
  /** Lines that were none of a log's, ever. */
  readonly garbageLines: number
  /** Requests for hostnames of nobody, ever. */
  readonly unknownHits: number
}

/** Every intake there was, those that are enrolled first; at most a hundred. */
export function listIntakeStates(sql: Database): Promise<IntakeState[]> {
  return sql<IntakeState[]>`
    select i.id, i.machine, i.kind, i.source, i.enrolled_at as "enrolledAt", i.retired_at as "retiredAt",
      i.retired_by as "retiredBy",
      coalesce(i.retired_at is null and i.flushed_at > clock_timestamp() - interval '1 minute', false) as "isAlive",
      (select s.span_from from vigie.watch_span s
        where s.intake_id = i.id and i.retired_at is null and s.span_to > clock_timestamp() - interval '2 minutes'
        order by s.span_from desc limit 1) as "watchingSince",
      i.flushed_at as "flushedAt", i.covered_until as "coveredUntil",
      coalesce(today.hits, 0) as "hitsToday", coalesce(today.excluded, 0) as "excludedToday",
      i.garbage_lines as "garbageLines", i.unknown_hits as "unknownHits"
    from vigie.intake i
    left join lateral (
      select sum(h.hits)::bigint as hits, sum(h.excluded)::bigint as excluded from vigie.intake_hour h
      where h.intake_id = i.id and h.hour >= date_trunc('day', now())
    ) today on true
    order by i.retired_at is not null, i.machine, i.id
    limit 100`
}

/** A directory of Traefik's that an agent keeps. */
export interface EdgeState {
  readonly id: number
  readonly machine: string
  readonly directory: string
  readonly enrolledAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string | null
  /** Enrolled, and gone over within three minutes: it is every minute. */
  readonly isAlive: boolean
  readonly reconciledAt: Instant | null
  /** Projects that it blocks. */
  readonly blocked: number
  /** Projects whose files are not as they should be. */
  readonly outOfStep: number
  readonly error: Problem | null
}

/** Every edge there was, those that are enrolled first; at most a hundred. */
export function listEdgeStates(sql: Database): Promise<EdgeState[]> {
  return sql<EdgeState[]>`
    select e.id, e.machine, e.directory, e.enrolled_at as "enrolledAt", e.retired_at as "retiredAt",
      e.retired_by as "retiredBy",
      coalesce(e.retired_at is null and e.reconciled_at > clock_timestamp() - interval '3 minutes', false) as "isAlive",
      e.reconciled_at as "reconciledAt",
      (select count(*) from vigie.edge_block b where b.edge_id = e.id) as blocked,
      e.out_of_step as "outOfStep", e.error
    from vigie.edge e
    order by e.retired_at is not null, e.machine, e.id
    limit 100`
}

/** How traffic, files and containers stand, in a few numbers. Retired intakes and edges are none. */
export interface EdgeSummary {
  readonly intakes: number
  readonly aliveIntakes: number
  /** Counted hits since the hour before this one began, per minute; null: no intake is enrolled. */
  readonly hitsPerMinute: number | null
  /** Up to where every intake has counted; null: one has not begun, or there is none. */
  readonly coveredUntil: Instant | null
  readonly edges: number
  readonly aliveEdges: number
  readonly outOfStep: number
  readonly edgeErrors: readonly (Problem & { readonly machine: string })[]
  /** Containers that could not be stopped, started or removed, and are tried again. */
  readonly failedContainers: number
  /** What went wrong in a part of an agent that lives. */
  readonly partErrors: readonly (Problem & { readonly machine: string; readonly part: string })[]
}

export async function readEdgeSummary(sql: Database): Promise<EdgeSummary> {
  const [summary] = await sql<EdgeSummary[]>`
    with intake as (
      select i.id, i.covered_until, i.flushed_at from vigie.intake i where i.retired_at is null
    ), edge as (
      select e.* from vigie.edge e where e.retired_at is null
    ), counted as (
      select sum(h.hits) / (extract(epoch from now() - since.hour) / 60) as per_minute
      from (select date_trunc('hour', now()) - interval '1 hour' as hour) since
      left join vigie.intake_hour h on h.hour >= since.hour and h.intake_id in (select i.id from intake i)
      group by since.hour
    )
    select
      (select count(*) from intake) as intakes,
      (select count(*) from intake i where i.flushed_at > clock_timestamp() - interval '1 minute') as "aliveIntakes",
      case when exists (select from intake) then coalesce((select c.per_minute from counted c), 0)::float8 end
        as "hitsPerMinute",
      (select min(i.covered_until) from intake i having bool_and(i.covered_until is not null)) as "coveredUntil",
      (select count(*) from edge) as edges,
      (select count(*) from edge e where e.reconciled_at > clock_timestamp() - interval '3 minutes') as "aliveEdges",
      (select coalesce(sum(e.out_of_step), 0)::bigint from edge e) as "outOfStep",
      (select coalesce(jsonb_agg(e.error || jsonb_build_object('machine', e.machine) order by e.machine, e.id), '[]')
        from edge e where e.error is not null) as "edgeErrors",
      (select count(*) from vigie.stopped_container s where s.error is not null) as "failedContainers",
      (select coalesce(jsonb_agg((r.value -> 'error') || jsonb_build_object('machine', a.machine, 'part', r.key)
          order by a.machine, r.key), '[]')
        from vigie.agent a cross join lateral jsonb_each(a.report) r
        where a.stopped_at is null and a.heartbeat_at > clock_timestamp() - interval '1 minute'
          and jsonb_typeof(r.value -> 'error') = 'object') as "partErrors"`
  if (summary === undefined) throw new Error('the summary of the edge came back empty')
  return summary
}
