import { z } from 'zod'
import { bulkOutcomes } from '../../core/bulk/bulk-result.ts'
import { VigieError } from '../../core/errors.ts'
import { exportFormats } from '../../core/export/encode-table.ts'
import { exportFileName } from '../exports.ts'
import { saveExport } from '../save-export.ts'
import { projectView } from './projects.ts'
import { procedure, router } from './trpc.ts'

const exportId = z.uuid()

/** What the browser's address of an export holds as well (console/export-endpoint.ts). */
export const exportRequest = z.object({
  exportId,
  format: z.enum(exportFormats),
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('projects'), view: projectView }),
    z.object({
      kind: z.literal('bulk'),
      bulkId: z.uuid(),
      outcomes: z.array(z.enum(bulkOutcomes)).max(bulkOutcomes.length).readonly(),
    }),
  ]),
})

export const exportsRouter = router({
  /** How far it is; null: it has not begun, or is forgotten. */
  get: procedure.input(z.object({ exportId })).query(({ ctx, input }) => ctx.app.exports.get(input.exportId)),

  cancel: procedure.input(z.object({ exportId })).mutation(({ ctx, input }) => ctx.app.exports.cancel(input.exportId)),

  /** In the desktop: asks where, writes it there and returns the rows; null: the person changed their mind. */
  save: procedure.input(exportRequest).mutation(async ({ ctx, input, signal }) => {
    const { chooseFile, exports } = ctx.app
    if (chooseFile === null) throw new VigieError('BAD_REQUEST', 'Here the browser keeps files: follow the link.')
    const path = await chooseFile(exportFileName(input, new Date()))
    return path === null ? null : { rows: await saveExport(exports, input, path, signal) }
  }),
})
