import { z } from 'zod'
import { maxSearchLength } from '../../core/queries/projects.ts'
import { searchTeams } from '../../core/queries/search-teams.ts'
import { text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const shownTeams = 5

/** What the palette finds beside projects, pages and actions. */
export const paletteRouter = router({
  teams: procedure
    .input(z.object({ search: text(maxSearchLength).trim().min(1) }))
    .query(({ ctx, input }) => searchTeams(ctx.app.sql, input.search, shownTeams)),
})
