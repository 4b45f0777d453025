import { readNextTicks } from '../../core/jobs/next-ticks.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { listRuns } from '../../core/queries/runs.ts'
import { countByStatus } from '../../core/queries/stats.ts'
import { procedure, router } from './trpc.ts'

export const overviewRouter = router({
  summary: procedure.query(async ({ ctx }) => {
    const { sql } = ctx.app
    const [counts, policy, { now, ticks }, runs] = await Promise.all([
      countByStatus(sql),
      readPolicy(sql),
      readNextTicks(sql),
      listRuns(sql, { job: 'sweep', beforeId: null, limit: 1 }),
    ])
    return { counts, policy, now, lastRun: runs[0] ?? null, ticks }
  }),
})
