import { z } from 'zod'
import { endExemption, exempt } from '../../core/exemptions.ts'
import { foreseeEnd, listExemptions, readExemptionsOf } from '../../core/queries/exemptions.ts'
import { id, instant, pageSize, reason, serial } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const target = z.object({ scope: z.enum(['project', 'team']), id, until: instant.nullable() })

export const exemptionsRouter = router({
  list: procedure
    .input(
      z.object({
        endingWithinDays: z.int().min(1).max(365).nullable(),
        after: serial.nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listExemptions(ctx.app.sql, input)),

  /** The exemptions that a project has of its own and by its team. */
  of: procedure
    .input(z.object({ projectId: id }))
    .query(({ ctx, input }) => readExemptionsOf(ctx.app.sql, input.projectId)),

  /** What its end would bring about. */
  foresee: procedure.input(target).query(({ ctx, input }) => foreseeEnd(ctx.app.sql, input)),

  /** Leaves a project or a team alone until an instant; `until` null: for good. Replaces the exemption it has. */
  exempt: procedure.input(target.extend({ reason })).mutation(({ ctx, input }) => exempt(ctx.app, input)),

  end: procedure
    .input(z.object({ exemptionId: serial, reason }))
    .mutation(({ ctx, input }) => endExemption(ctx.app, input)),
})
