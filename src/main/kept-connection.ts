import { z } from 'zod'
import { tlsModes } from '../core/connection.ts'

/** As it stands in the settings. A password stands there sealed by the system's keyring or not at all. */
export const keptConnectionShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample') }),
  z.object({
    kind: z.literal('platform'),
    host: z.string(),
    port: z.int().min(1).max(65_535),
    database: z.string(),
    user: z.string(),
    tlsMode: z.enum(tlsModes),
    hasPassword: z.boolean(),
    sealedPassword: z.string().nullable(),
  }),
])
export type KeptConnection = z.infer<typeof keptConnectionShape>
