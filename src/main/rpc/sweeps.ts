import { z } from 'zod'
import { VigieError } from '../../core/errors.ts'
import { stages } from '../../core/policy.ts'
import { jobs, listRuns, readRun } from '../../core/queries/runs.ts'
import { maxReasonLength } from '../../core/reactivate.ts'
import { countDue, listDue } from '../../core/sweep/preview.ts'
import { checkRevert } from '../../core/sweep/revert.ts'
import { id, instant, pageSize, serial, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const runId = serial

export const sweepsRouter = router({
  /** What a sweep started now would do, in numbers. */
  count: procedure.query(({ ctx }) => countDue(ctx.app.sql)),

  /** The same, project by project, in the order in which the sweep takes them. */
  preview: procedure
    .input(
      z.object({
        stage: z.enum(stages),
        after: z.object({ at: instant, projectId: id }).nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listDue(ctx.app.sql, input)),

  start: procedure.mutation(async ({ ctx }) => ({ runId: await ctx.app.sweeps.start() })),

  /** What taking a sweep back would do now, or why it can't be. */
  checkRevert: procedure.input(z.object({ runId })).query(({ ctx, input }) => checkRevert(ctx.app.sql, input.runId)),

  /** Starts to take a sweep back and returns the id of the run that does it. */
  revert: procedure
    .input(z.object({ runId, reason: text(maxReasonLength) }))
    .mutation(async ({ ctx, input }) => ({ runId: await ctx.app.sweeps.revert(input) })),

  /** Asks whichever process runs it to end between two batches. */
  cancel: procedure.input(z.object({ runId })).mutation(async ({ ctx, input }) => {
    const [answer] = await ctx.app.sql<{ isAsked: boolean }[]>`
      select vigie.request_cancel(${input.runId}) as "isAsked"`
    if (answer?.isAsked !== true) throw new VigieError('RUN_NOT_FOUND', 'This sweep has ended already.')
  }),

  get: procedure.input(z.object({ runId })).query(({ ctx, input }) => readRun(ctx.app.sql, input.runId)),

  /** The latest runs of all jobs, or of one. */
  runs: procedure
    .input(z.object({ job: z.enum(jobs).nullable(), beforeId: runId.nullable(), limit: pageSize }))
    .query(({ ctx, input: { job, ...page } }) => listRuns(ctx.app.sql, { ...page, ...(job !== null && { job }) })),

  history: procedure
    .input(z.object({ beforeId: runId.nullable(), limit: pageSize }))
    .query(({ ctx, input }) => listRuns(ctx.app.sql, { ...input, job: 'sweep' })),
})
