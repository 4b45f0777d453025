import { readNextTicks } from '../../core/jobs/next-ticks.ts'
import { readHistory } from '../../core/queries/history.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { readReactivations } from '../../core/queries/reactivations.ts'
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

  /** The daily counts. */
  history: procedure.query(({ ctx }) => readHistory(ctx.app.sql)),

  reactivations: procedure.query(({ ctx }) => readReactivations(ctx.app.sql)),

  /** What looks at every project: up to a minute old, and with its time. */
  outlook: procedure.query(({ ctx }) => ctx.app.readOutlook()),
})
