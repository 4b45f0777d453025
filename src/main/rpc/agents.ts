import { listAgents } from '../../core/queries/agents.ts'
import { procedure, router } from './trpc.ts'

export const agentsRouter = router({
  /** The processes that act by themselves and were heard of in the last day. */
  list: procedure.query(({ ctx }) => listAgents(ctx.app.sql)),
})
