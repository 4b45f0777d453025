import { z } from 'zod'
import { pausableParts, pausePart, readPauses, resumePart } from '../../core/pauses.ts'
import { reason } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const request = z.object({ part: z.enum(pausableParts), reason })

export const pausesRouter = router({
  list: procedure.query(({ ctx }) => readPauses(ctx.app.sql)),
  pause: procedure.input(request).mutation(({ ctx, input }) => pausePart(ctx.app, input)),
  resume: procedure.input(request).mutation(({ ctx, input }) => resumePart(ctx.app, input)),
})
