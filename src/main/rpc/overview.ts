import { readPolicy } from '../../core/queries/policy.ts'
import { readNow } from '../../core/queries/projects.ts'
import { listRuns } from '../../core/queries/runs.ts'
import { countByStatus } from '../../core/queries/stats.ts'
import { nextDailyTick, sweepTickUtc } from '../../core/tick.ts'
import { procedure, router } from './trpc.ts'

export const overviewRouter = router({
  summary: procedure.query(async ({ ctx }) => {
    const { sql } = ctx.app
    const [counts, policy, now, runs] = await Promise.all([
      countByStatus(sql),
      readPolicy(sql),
      readNow(sql),
      listRuns(sql, { job: 'sweep', beforeId: null, limit: 1 }),
    ])
    return { counts, policy, now, lastRun: runs[0] ?? null, nextTickAt: nextDailyTick(sweepTickUtc, now) }
  }),
})
