import { z } from 'zod'
import { VigieError } from '../../core/errors.ts'
import { listAgents } from '../../core/queries/agents.ts'
import { listEdgeRecord } from '../../core/queries/edge-record.ts'
import { listEdgeStates, listIntakeStates, readEdgeSummary } from '../../core/queries/edge-state.ts'
import { retireEdge } from '../../core/routing/edges.ts'
import { retireIntake } from '../../core/watch/intakes.ts'
import { reason, serial } from './inputs.ts'
import { bareProcedure, procedure, router } from './trpc.ts'

const recordSize = 20

export const agentsRouter = router({
  /** The processes that act by themselves and were heard of in the last day. */
  list: procedure.query(({ ctx }) => listAgents(ctx.app.sql)),

  /** How traffic, files and containers stand. */
  summary: procedure.query(({ ctx }) => readEdgeSummary(ctx.app.sql)),

  intakes: procedure.query(({ ctx }) => listIntakeStates(ctx.app.sql)),

  /** The intake is not expected to watch any more. */
  retireIntake: procedure
    .input(z.object({ id: serial, reason }))
    .mutation(({ ctx, input: { id, reason } }) => retireIntake(ctx.app, { intakeId: id, reason })),

  /** What was decided about intakes, edges and exclusions lately. */
  record: procedure.query(({ ctx }) => listEdgeRecord(ctx.app.sql, recordSize)),

  edges: procedure.query(({ ctx }) => listEdgeStates(ctx.app.sql)),

  /** No project waits any more for that directory to be kept. */
  retireEdge: procedure
    .input(z.object({ id: serial, reason }))
    .mutation(({ ctx, input: { id, reason } }) => retireEdge(ctx.app, { edgeId: id, reason })),

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
