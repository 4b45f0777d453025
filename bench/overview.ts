import { readHistory } from '../src/core/queries/history.ts'
import { readOutlook } from '../src/core/queries/outlook.ts'
import { readReactivations } from '../src/core/queries/reactivations.ts'
import { countByStatus } from '../src/core/queries/stats.ts'
import { readTeam } from '../src/core/queries/team.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { measureWarmMs, median, percentile } from './statistics.ts'

export interface OverviewTimes {
  /** Idle days and forecast, which are read once a minute at most; the median. */
  readonly outlookMs: number
  /** The reference: the counts by status, one pass over all projects; the median. */
  readonly countMs: number
  /** What the page waits for besides, at the 95th percentile of the slowest. */
  readonly lightMs: number
  /** The page of the team with most projects, at the 95th percentile. */
  readonly teamMs: number
}

const heavyRounds = 5
const lightRounds = 30

/** What Overview and a team's page read. */
export async function measureOverview(sql: Pool): Promise<OverviewTimes> {
  const [team] = await sql<{ id: string }[]>`
    select team_id as id from project group by team_id order by count(*) desc, team_id limit 1`
  const p95Of = async (read: () => Promise<unknown>) => percentile(await measureWarmMs(lightRounds, read), 0.95)
  return {
    outlookMs: median(await measureWarmMs(heavyRounds, () => readOutlook(sql))),
    countMs: median(await measureWarmMs(heavyRounds, () => countByStatus(sql))),
    lightMs: Math.max(await p95Of(() => readHistory(sql)), await p95Of(() => readReactivations(sql))),
    teamMs: await p95Of(() => readTeam(sql, team?.id ?? '')),
  }
}
