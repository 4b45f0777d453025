import { z } from 'zod'
import { VigieError } from '../../core/errors.ts'
import { listAgents } from '../../core/queries/agents.ts'
import { bareProcedure, procedure, router } from './trpc.ts'

export const agentsRouter = router({
  /** The processes that act by themselves and were heard of in the last day. */
  list: procedure.query(({ ctx }) => listAgents(ctx.app.sql)),

  /** Whether this very process acts by itself; null: that is not for its window to decide. */
  here: bareProcedure.query(({ ctx }) => {
    const { unattended } = ctx.app
    return unattended && { isOn: unattended.isOn() }
  }),

  /** Lets this process act by itself, or not; it is kept on this machine. */
  turnHere: bareProcedure.input(z.object({ isOn: z.boolean() })).mutation(async ({ ctx, input }) => {
    const { unattended } = ctx.app
    if (unattended === null) throw new VigieError('BAD_REQUEST', 'Only a desktop can be switched.')
    await unattended.turn(input.isOn)
  }),
})
