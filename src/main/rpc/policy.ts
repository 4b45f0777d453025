import { z } from 'zod'
import { changePolicy, previewPolicy } from '../../core/change-policy.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { maxReasonLength } from '../../core/reactivate.ts'
import { text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

/** Any names and values: core/check-policy.ts refuses what makes no sense and names the field. */
const changes = z.record(text(64), z.unknown())

export const policyRouter = router({
  get: procedure.query(({ ctx }) => readPolicy(ctx.app.sql)),

  /** What a change would do, in numbers; writes nothing. */
  preview: procedure
    .input(z.object({ changes }))
    .query(({ ctx, input }) => ctx.app.withSession((session) => previewPolicy(ctx.app, session, input.changes))),

  set: procedure
    .input(z.object({ changes, reason: text(maxReasonLength) }))
    .mutation(({ ctx, input }) => changePolicy(ctx.app, input)),
})
