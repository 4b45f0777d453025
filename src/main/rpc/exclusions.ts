import { z } from 'zod'
import {
  addExclusion,
  applyExclusion,
  endExclusion,
  listExclusions,
  maxPatternLength,
  previewExclusion,
} from '../../core/traffic/change-exclusions.ts'
import { exclusionKinds, readyListNames } from '../../core/traffic/exclusions.ts'
import { reason, serial, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const decision = z.object({ id: serial, reason })

export const exclusionsRouter = router({
  list: procedure.query(async ({ ctx }) => ({
    exclusions: await listExclusions(ctx.app.sql),
    readyLists: readyListNames,
  })),

  /** Which projects would newly sleep if it were applied. */
  preview: procedure.input(z.object({ id: serial })).query(({ ctx, input }) => previewExclusion(ctx.app.sql, input.id)),

  /** It is observed: what it matches counts still. */
  add: procedure
    .input(z.object({ kind: z.enum(exclusionKinds), pattern: text(maxPatternLength), reason }))
    .mutation(({ ctx, input }) => addExclusion(ctx.app, input)),

  /** From now on what it matches does not count. */
  start: procedure.input(decision).mutation(({ ctx, input }) => applyExclusion(ctx.app, input)),

  end: procedure.input(decision).mutation(({ ctx, input }) => endExclusion(ctx.app, input)),
})
