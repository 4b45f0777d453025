import { z } from 'zod'
import { endExemption, exempt } from '../../core/exemptions.ts'
import { maxReasonLength } from '../../core/reactivate.ts'
import { id, instant, serial, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

export const exemptionsRouter = router({
  /** Leaves a project or a team alone until an instant; `until` null: for good. Replaces the exemption it has. */
  exempt: procedure
    .input(
      z.object({
        scope: z.enum(['project', 'team']),
        id,
        until: instant.nullable(),
        reason: text(maxReasonLength),
      }),
    )
    .mutation(({ ctx, input }) => exempt(ctx.app, input)),

  end: procedure
    .input(z.object({ exemptionId: serial, reason: text(maxReasonLength) }))
    .mutation(({ ctx, input }) => endExemption(ctx.app, input)),
})
