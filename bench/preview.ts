import { stages } from '../src/core/policy.ts'
import { readBrakeFigures } from '../src/core/sweep/brakes.ts'
import { countDue, listDue } from '../src/core/sweep/preview.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { measureMs, measureWarmMs, median, percentile } from './statistics.ts'

export interface PreviewTimes {
  readonly countMs: number
  readonly bareCountMs: number
  /** The first page of the list, at the 95th percentile; of the slower stage. */
  readonly listMs: number
  /** What the brakes look at before a sweep. */
  readonly brakesMs: number
}

const countRounds = 7
const listRounds = 30
const listLimit = 100

/** The counts and the list of a preview. The product and its reference take turns, so that both meet the same noise. */
export async function measurePreview(sql: Pool, due: number): Promise<PreviewTimes> {
  const counts = await countDue(sql)
  const bare = await countBare(sql)
  if (
    counts.deactivated !== due ||
    counts.disabled !== 0 ||
    JSON.stringify(bare) !== JSON.stringify(countsOf(counts))
  ) {
    throw new Error(`the preview and its reference should both find ${due}: ${JSON.stringify({ counts, bare })}`)
  }
  const countMs: number[] = []
  const bareCountMs: number[] = []
  for (let round = 0; round < countRounds; round += 1) {
    countMs.push(await measureMs(() => countDue(sql)))
    bareCountMs.push(await measureMs(() => countBare(sql)))
  }
  const listMs: number[] = []
  for (const stage of stages) {
    const request = { stage, after: null, limit: listLimit }
    listMs.push(percentile(await measureWarmMs(listRounds, () => listDue(sql, request)), 0.95))
  }
  const brakesMs = median(
    await measureWarmMs(countRounds, () =>
      readBrakeFigures(sql, { teams: null, isUnattended: false, flushAskedAt: null }),
    ),
  )
  return { countMs: median(countMs), bareCountMs: median(bareCountMs), listMs: Math.max(...listMs), brakesMs }
}

interface Counts {
  readonly deactivated: number
  readonly disabled: number
  readonly mailsQueued: number
  readonly lapsedPaid: number
}

function countsOf({ deactivated, disabled, mailsQueued, lapsedPaid }: Counts): Counts {
  return { deactivated, disabled, mailsQueued, lapsedPaid }
}

/** The reference: what the preview counts, as somebody would write it who knows the policy, on the same sessions. */
async function countBare(sql: Pool): Promise<Counts> {
  const [[deactivate], [disable], [lapsed]] = await Promise.all([
    sql.unsafe<{ projects: number; mails: number }[]>(countStage(deactivateCondition)),
    sql.unsafe<{ projects: number; mails: number }[]>(countStage(disableCondition)),
    sql.unsafe<{ projects: number }[]>(countLapsed),
  ])
  return {
    deactivated: deactivate?.projects ?? 0,
    disabled: disable?.projects ?? 0,
    mailsQueued: (deactivate?.mails ?? 0) + (disable?.mails ?? 0),
    lapsedPaid: lapsed?.projects ?? 0,
  }
}

const deactivateCondition = `p.status = 'active'
  and greatest(p.last_traffic_at, p.created_at) <= (now() at time zone 'utc') - interval '5 days'`
const disableCondition = `p.status = 'inactive' and p.deactivated_at <= (now() at time zone 'utc') - interval '7 days'`
const isFree = "(s.id is null or l.name = 'free')"
const isLapsed = "l.name <> 'free' and s.status <> 'active'"

const joins = (condition: string, plan: string) => `
  from project p
  join team t on t.id = p.team_id
  left join team_subscription s on s.team_id = p.team_id
  left join subscription_plan l on l.id = s.plan_id
  where t.status <> 'deleted' and ${condition} and ${plan}
    and not exists (select from vigie.exemption e where e.project_id = p.id and (e.until is null or e.until > now()))
    and not exists (select from vigie.exemption e where e.team_id = p.team_id and (e.until is null or e.until > now()))`

/** Recipients: the active owners of each team; where there is none its active admins; then its creator. */
const countStage = (condition: string) => `
  with due as (select p.team_id, t.created_by_user_id ${joins(condition, isFree)}),
  teams as (select distinct team_id, created_by_user_id from due),
  candidates as (
    select m.team_id, m.role = 'owner' as is_owner, false as is_creator
    from teams d join team_member m on m.team_id = d.team_id and m.role in ('owner', 'admin')
    join "user" u on u.id = m.user_id and u.status <> 'deleted'
    union all
    select d.team_id, false, true
    from teams d join "user" u on u.id = d.created_by_user_id and u.status <> 'deleted'
  ), told as (
    select team_id, case
      when count(*) filter (where is_owner) > 0 then count(*) filter (where is_owner)
      when count(*) filter (where not is_creator) > 0 then count(*) filter (where not is_creator)
      else count(*) end as mails
    from candidates group by team_id
  )
  select count(*) as projects, coalesce(sum(told.mails), 0)::bigint as mails
  from due left join told on told.team_id = due.team_id`

const countLapsed = `
  select (select count(*) ${joins(deactivateCondition, isLapsed)})
    + (select count(*) ${joins(disableCondition, isLapsed)}) as projects`
