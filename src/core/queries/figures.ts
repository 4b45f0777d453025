import type { Database } from '../context.ts'
import { countByStatus, type StatusCounts } from './stats.ts'

/** What monitoring asks of a platform, in one reading. */
export interface Figures {
  readonly projects: StatusCounts
  readonly reactivations: number
  readonly jobs: readonly JobFigures[]
  readonly mails: Readonly<Record<'queued' | 'failed' | 'dead', number>>
  /** How long the mail that has waited longest past its time has done so; 0 if none does. */
  readonly mailSecondsBehind: number
  /** Failed to be stopped, started or removed; each is tried again. */
  readonly containersFailing: number
  readonly agentsAlive: number
  readonly openHolds: number
  readonly openGaps: number
  /** Enrolled edges that are not as they should be: files that differ, an error, or no pass for 5 minutes. */
  readonly edgesOutOfStep: number
  readonly pausedParts: readonly string[]
  readonly intakes: readonly IntakeFigures[]
}

/** An enrolled intake. */
export interface IntakeFigures {
  readonly machine: string
  readonly kind: string
  readonly source: string
  /** All that it saw in the last hour that is over and in this one, also what does not count. */
  readonly recentHits: number
  /** Since the time before which all traffic is counted; null: it has not counted yet. */
  readonly lagSeconds: number | null
  readonly garbageLines: number
  readonly unknownHits: number
}

/** A job's sums over all its runs, and its latest ones. Null: there was none yet. */
export interface JobFigures {
  readonly job: string
  readonly deactivated: number
  readonly disabled: number
  readonly lastDurationSeconds: number | null
  readonly lastOutcome: string | null
  readonly lastEndAgeSeconds: number | null
  /** Since the latest tick that was claimed. */
  readonly lastTickAgeSeconds: number | null
  /** How late that tick was begun. */
  readonly lastTickDelaySeconds: number | null
}

/** Reads all figures. One pass over the projects' statuses; the rest are small tables or indexes. */
export async function readFigures(sql: Database): Promise<Figures> {
  const [projects, jobs, intakes, mails, [rest]] = await Promise.all([
    countByStatus(sql),
    readJobs(sql),
    readIntakes(sql),
    sql<{ status: 'queued' | 'failed' | 'dead'; mails: number }[]>`
      select m.status, count(*) as mails from vigie.mail m
      where m.status in ('queued', 'failed', 'dead') group by m.status`,
    sql<Omit<Figures, 'projects' | 'jobs' | 'mails' | 'intakes'>[]>`
      select
        (select count(*) from vigie.event e where e.kind = 'reactivated' and e.created_at > now() - interval '1 day')
          as reactivations,
        coalesce((select extract(epoch from clock_timestamp() - min(m.due_at)) from vigie.mail m
          where m.status = 'queued' and m.due_at < clock_timestamp()), 0)::float8 as "mailSecondsBehind",
        (select count(*) from vigie.stopped_container s where s.error is not null) as "containersFailing",
        (select count(*) from vigie.agent a
          where a.stopped_at is null and a.heartbeat_at > clock_timestamp() - interval '1 minute') as "agentsAlive",
        (select count(*) from vigie.hold h where h.status = 'open') as "openHolds",
        (select count(*) from vigie.gap g where g.resolved_at is null) as "openGaps",
        (select count(*) from vigie.edge e
          where e.retired_at is null and (e.out_of_step > 0 or e.error is not null
            or coalesce(e.reconciled_at, e.enrolled_at) < clock_timestamp() - interval '5 minutes')) as "edgesOutOfStep",
        array(select p.part from vigie.pause p order by p.part) as "pausedParts"`,
  ])
  if (rest === undefined) throw new Error('the figures came back empty')
  const countOf = (status: string) => mails.find((row) => row.status === status)?.mails ?? 0
  return {
    ...rest,
    projects,
    jobs,
    intakes,
    mails: { queued: countOf('queued'), failed: countOf('failed'), dead: countOf('dead') },
  }
}

function readJobs(sql: Database): Promise<JobFigures[]> {
  return sql<JobFigures[]>`
    with latest as (
      select distinct on (r.job) r.job, r.outcome, r.finished_at, r.started_at
      from vigie.job_run r where r.finished_at is not null order by r.job, r.id desc
    ), ticked as (
      select distinct on (r.job) r.job, r.tick, r.started_at
      from vigie.job_run r where r.tick is not null order by r.job, r.tick desc
    ), sums as (
      select r.job, sum(r.deactivated) as deactivated, sum(r.disabled) as disabled
      from vigie.job_run r where not r.is_preview group by r.job
    )
    select j.job, coalesce(s.deactivated, 0)::bigint as deactivated, coalesce(s.disabled, 0)::bigint as disabled,
      extract(epoch from l.finished_at - l.started_at)::float8 as "lastDurationSeconds", l.outcome as "lastOutcome",
      extract(epoch from clock_timestamp() - l.finished_at)::float8 as "lastEndAgeSeconds",
      extract(epoch from clock_timestamp() - t.tick)::float8 as "lastTickAgeSeconds",
      greatest(extract(epoch from t.started_at - t.tick), 0)::float8 as "lastTickDelaySeconds"
    from (select distinct r.job from vigie.job_run r) j
    left join sums s on s.job = j.job left join latest l on l.job = j.job left join ticked t on t.job = j.job
    order by j.job`
}

function readIntakes(sql: Database): Promise<IntakeFigures[]> {
  return sql<IntakeFigures[]>`
    select i.machine, i.kind, i.source, i.garbage_lines as "garbageLines", i.unknown_hits as "unknownHits",
      greatest(extract(epoch from clock_timestamp() - i.covered_until), 0)::float8 as "lagSeconds",
      coalesce((select sum(h.hits) from vigie.intake_hour h
        where h.intake_id = i.id and h.hour >= date_trunc('hour', now()) - interval '1 hour'), 0)::bigint as "recentHits"
    from vigie.intake i where i.retired_at is null order by i.id`
}
