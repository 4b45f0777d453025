import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { ProjectStatus } from '../project.ts'
import type { ClientKind } from '../traffic/client-kind.ts'
import type { ExclusionPattern } from '../traffic/exclusions.ts'
import type { IntakeKey } from '../traffic/intake.ts'

/** What is kept of a hit: no address, no path. */
export interface LastHit {
  readonly at: Instant
  readonly hostname: string
  readonly client: ClientKind
  readonly intake: Pick<IntakeKey, 'machine' | 'kind'> | null
  /** For which it was not counted; null: it was, or the exclusion is no longer kept. */
  readonly exclusion: ExclusionPattern | null
}

export interface TrafficDay {
  /** In UTC, `2026-11-25`. */
  readonly day: string
  readonly hits: number
  /** Kept apart by an exclusion. */
  readonly excluded: number
  /** What the project became on that day, each once: woken, put to sleep, disabled. Mostly nothing. */
  readonly became: readonly Extract<ProjectStatus, 'active' | 'inactive' | 'permanently_disabled'>[]
}

export interface ProjectTraffic {
  /** Today and the days before it, the oldest first. */
  readonly days: readonly TrafficDay[]
  /** From when on intakes have watched at all; before, nothing was counted. Null: none has yet. */
  readonly watchedSince: Instant | null
  /** Of the intakes that are enrolled. */
  readonly intakeKinds: readonly IntakeKey['kind'][]
  readonly lastCounted: LastHit | null
  readonly lastExcluded: LastHit | null
}

const shownDays = 30

/** The hits of a project by day, and its last ones: why it counts as visited, or does not. */
export async function readProjectTraffic(sql: Database, projectId: string): Promise<ProjectTraffic> {
  const [days, hits, [watch]] = await Promise.all([
    selectDays(sql, projectId),
    selectLastHits(sql, projectId),
    sql<Pick<ProjectTraffic, 'watchedSince' | 'intakeKinds'>[]>`
      select least((select min(s.span_from) from vigie.watch_span s), (select min(i.enrolled_at) from vigie.intake i))
          as "watchedSince",
        (select coalesce(json_agg(distinct i.kind), '[]') from vigie.intake i where i.retired_at is null) as "intakeKinds"`,
  ])
  const last = (isExcluded: boolean) => hits.find((hit) => hit.isExcluded === isExcluded)?.hit ?? null
  return {
    days,
    watchedSince: watch?.watchedSince ?? null,
    intakeKinds: watch?.intakeKinds ?? [],
    lastCounted: last(false),
    lastExcluded: last(true),
  }
}

function selectDays(sql: Database, projectId: string) {
  return sql<TrafficDay[]>`
    with shown as (
      select (now() at time zone 'utc')::date - back as day from generate_series(0, ${shownDays - 1}) back
    ), became as (
      select m.day, array_agg(distinct m.status) as statuses
      from (
        select (e.created_at at time zone 'utc')::date as day,
          coalesce(e.after ->> 'status', case e.kind when 'deactivated' then 'inactive' else e.kind end) as status
        from vigie.event e
        where e.project_id = ${projectId} and e.created_at >= now() - make_interval(days => ${shownDays})
          and e.kind in ('deactivated', 'permanently_disabled', 'reactivated', 'reverted', 'woken_by_upgrade', 'changed_outside')
          and e.after ->> 'status' is distinct from e.before ->> 'status'
      ) m
      where m.status in ('active', 'inactive', 'permanently_disabled')
      group by 1
    )
    select s.day::text, coalesce(t.hits, 0) as hits,
      coalesce((select sum(x.hits)::bigint from vigie.excluded_day x
        where x.project_id = ${projectId} and x.day = s.day and not x.is_counted), 0) as excluded,
      coalesce(b.statuses, '{}') as became
    from shown s
    left join vigie.traffic_day t on t.project_id = ${projectId} and t.day = s.day
    left join became b on b.day = s.day
    order by s.day`
}

function selectLastHits(sql: Database, projectId: string) {
  return sql<{ isExcluded: boolean; hit: LastHit }[]>`
    select h.is_excluded as "isExcluded", jsonb_build_object(
      'at', vigie.instant(h.at at time zone 'utc'), 'hostname', h.hostname, 'client', h.client,
      'intake', case when i.id is not null then jsonb_build_object('machine', i.machine, 'kind', i.kind) end,
      'exclusion', case when x.id is not null then jsonb_build_object('kind', x.kind, 'pattern', x.pattern) end) as hit
    from vigie.last_hit h
    left join vigie.intake i on i.id = h.intake_id
    left join vigie.exclusion x on x.id = h.exclusion_id and h.is_excluded
    where h.project_id = ${projectId}`
}
