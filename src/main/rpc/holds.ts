import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { stages } from '../../core/policy.ts'
import { listKept } from '../../core/queries/kept-list.ts'
import { closeHold, readHoldOfRun, readOpenGap, readOpenHold, resolveGap } from '../../core/sweep/holds.ts'
import { id, pageSize, reason } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const number = z.int().positive().max(2_147_483_647)
const decision = z.object({ holdId: number, reason })

export const holdsRouter = router({
  /** The sweep that a brake stopped and that waits for a person; null: there is none. */
  open: procedure.query(({ ctx }) => readOpenHold(ctx.app.sql)),

  /** The hold that a run ended in, whatever was decided; null: no brake stopped it. */
  ofRun: procedure
    .input(z.object({ runId: number }))
    .query(({ ctx, input }) => readHoldOfRun(ctx.app.sql, input.runId)),

  /** The exact list of a hold or of a stored preview, by its run, or whom of a run no mail has reached. */
  list: procedure
    .input(
      z.object({
        runId: number,
        stage: z.enum(stages),
        isNotToldOnly: z.boolean(),
        afterId: id.nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listKept(ctx.app.sql, input)),

  /** Does exactly what was held; returns the run that does it. */
  release: procedure
    .input(decision)
    .mutation(async ({ ctx, input }) => ({ runId: await ctx.app.sweeps.release(input) })),

  /** The time without agents that nobody has looked at yet; null: there is none. */
  gap: procedure.query(({ ctx }) => readOpenGap(ctx.app.sql)),

  resolveGap: procedure.input(z.object({ reason })).mutation(({ ctx, input }) => resolveGap(ctx.app, input.reason)),

  dismiss: procedure.input(decision).mutation(async ({ ctx, input }) => {
    await closeHold(ctx.app, { ...input, decision: 'dismissed', runner: randomUUID() })
  }),
})
