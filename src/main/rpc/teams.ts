import { z } from 'zod'
import { readTeam } from '../../core/queries/team.ts'
import { id } from './inputs.ts'
import { procedure, router } from './trpc.ts'

export const teamsRouter = router({
  get: procedure.input(z.object({ teamId: id })).query(({ ctx, input }) => readTeam(ctx.app.sql, input.teamId)),
})
