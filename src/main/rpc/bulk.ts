import { z } from 'zod'
import { bulkActKinds } from '../../core/bulk/bulk-act.ts'
import { bulkOutcomes } from '../../core/bulk/bulk-result.ts'
import { maxBulkProjects } from '../../core/bulk/fix-selection.ts'
import { id, instant, pageSize, reason } from './inputs.ts'
import { projectView } from './projects.ts'
import { procedure, router } from './trpc.ts'

const bulkId = z.uuid()
const ids = z.array(id).max(maxBulkProjects).readonly()
const selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('some'), projectIds: ids }),
  z.object({ kind: z.literal('matching'), view: projectView, exceptIds: ids }),
])

const act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reactivate') }),
  z.object({ kind: z.literal('exempt'), until: instant.nullable() }),
])

export const bulkRouter = router({
  /** Fixes what is selected and says what an act on it would do. No query, since ten thousand ids fit into no address. */
  prepare: procedure
    .input(z.object({ kind: z.enum(bulkActKinds), selection }))
    .mutation(({ ctx, input }) => ctx.app.bulk.prepare(input)),

  /** Begins to act on exactly the projects that were prepared; `projects` is the number that was confirmed. */
  start: procedure
    .input(z.object({ bulkId, act, projects: z.int().min(1).max(maxBulkProjects), reason }))
    .mutation(({ ctx, input }) => ctx.app.bulk.start(input)),

  get: procedure.input(z.object({ bulkId })).query(({ ctx, input }) => ctx.app.bulk.get(input.bulkId)),

  latest: procedure.query(({ ctx }) => ctx.app.bulk.latest()),

  results: procedure
    .input(
      z.object({
        bulkId,
        outcomes: z.array(z.enum(bulkOutcomes)).max(bulkOutcomes.length).readonly(),
        after: z.int().min(0).nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => ctx.app.bulk.results(input)),

  cancel: procedure.input(z.object({ bulkId })).mutation(({ ctx, input }) => ctx.app.bulk.cancel(input.bulkId)),
})
