import { z } from 'zod'
import { daysRule } from '../../core/check-policy.ts'
import { VigieError } from '../../core/errors.ts'
import { stages } from '../../core/policy.ts'
import { jobs, listRuns, readRun } from '../../core/queries/runs.ts'
import { countDue, listDue } from '../../core/sweep/preview.ts'
import { checkRevert } from '../../core/sweep/revert.ts'
import { compareWithLast, listReview, listReviewGroups } from '../../core/sweep/review.ts'
import { reviewGroupings, reviewScopes } from '../../core/sweep/review-request.ts'
import { id, instant, pageSize, reason, serial, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const runId = serial
const dueCursor = z.object({ at: instant, projectId: id })
const reviewed = { stage: z.enum(stages), scope: z.enum(reviewScopes) }
const days = z.int().min(daysRule.min).max(daysRule.max)

/** Of calls that nobody can leave. */
const never = new AbortController().signal

export const sweepsRouter = router({
  /** What a sweep started now would do, in numbers. */
  count: procedure.query(({ ctx, signal = never }) => countDue(ctx.app.sql, null, signal)),

  /** What it would do if the policy had other thresholds; changes nothing. */
  whatIf: procedure
    .input(z.object({ inactiveAfterDays: days, disabledAfterDays: days }))
    .query(({ ctx, input, signal = never }) => countDue(ctx.app.sql, input, signal)),

  /** What is due or was, with why, of all groups or of one. */
  review: procedure
    .input(
      z.object({
        ...reviewed,
        group: z.object({ by: z.enum(reviewGroupings), key: text(32) }).nullable(),
        after: dueCursor.nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input, signal = never }) => listReview(ctx.app.sql, input, signal)),

  reviewGroups: procedure
    .input(
      z.object({
        ...reviewed,
        by: z.enum(reviewGroupings),
        after: z.object({ projects: z.int().positive(), key: text(32) }).nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input, signal = never }) => listReviewGroups(ctx.app.sql, input, signal)),

  /** How many projects are new and gone since the last sweep; null: there is none to compare with. */
  compare: procedure.query(({ ctx, signal = never }) => compareWithLast(ctx.app.sql, signal)),

  /** The same, project by project, in the order in which the sweep takes them. */
  preview: procedure
    .input(
      z.object({
        stage: z.enum(stages),
        after: dueCursor.nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listDue(ctx.app.sql, input)),

  start: procedure.mutation(async ({ ctx }) => ({ runId: await ctx.app.sweeps.start() })),

  /** What taking a sweep back would do now, or why it can't be. */
  checkRevert: procedure.input(z.object({ runId })).query(({ ctx, input }) => checkRevert(ctx.app.sql, input.runId)),

  /** Starts to take a sweep back and returns the id of the run that does it. */
  revert: procedure
    .input(z.object({ runId, reason }))
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
