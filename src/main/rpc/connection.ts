import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { type Connection, type ConnectionAddress, checkConnection, tlsModes } from '../../core/connection.ts'
import { VigieError } from '../../core/errors.ts'
import type { ConnectionResult } from '../database/try-connection.ts'

/** What the window of a desktop may ask and decide about its database. */
export interface ConnectionDesk {
  readonly read: () => Promise<ConnectionState>
  /** Connects once and tells; nothing is kept. */
  readonly test: (connection: Connection) => Promise<ConnectionResult>
  /**
   * Tests, opens, and keeps for the next start. Null: the sample, which is not tested. Errors: DATA_FOLDER_UNUSABLE,
   * EMBEDDED_DATABASE_FAILED.
   */
  readonly choose: (
    choice: { readonly kind: 'sample' } | { readonly kind: 'platform'; readonly connection: Connection },
  ) => Promise<ConnectionResult | null>
}

export interface ConnectionState {
  /** False where the environment names the database. */
  readonly canChoose: boolean
  /** Why a person has to choose before anything else; null: they don't have to. */
  readonly question: 'first' | 'password' | null
  /** The platform's database that was chosen last. */
  readonly kept: ConnectionAddress | null
  /** Whether the system can encrypt a password; else it is known until Vigie ends. */
  readonly canKeepPassword: boolean
}

/** These answer while there is no application yet, and on desktops alone. */
interface ConnectionContext {
  readonly connection?: ConnectionDesk
}

const trpc = initTRPC.context<ConnectionContext>().create()

const procedure = trpc.procedure.use(({ ctx, next }) => {
  const { connection } = ctx
  if (connection !== undefined) return next({ ctx: { connection } })
  throw new VigieError('BAD_REQUEST', 'This Vigie takes its database from its environment: set DATABASE_URL.')
})

const connectionSchema = z
  .strictObject({
    host: z.string(),
    port: z.int(),
    database: z.string(),
    user: z.string(),
    password: z.string(),
    tlsMode: z.enum(tlsModes),
  })
  // The form has said it in words already.
  .refine((value) => Object.keys(checkConnection({ ...value, port: String(value.port) })).length === 0, 'not valid')

/** The path of every procedure here begins with this. */
export const connectionPath = 'connection.'

export const connectionRouter = trpc.router({
  get: procedure.query(({ ctx }) => ctx.connection.read()),
  test: procedure.input(connectionSchema).mutation(({ ctx, input }) => ctx.connection.test(input)),
  choose: procedure
    .input(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('sample') }),
        z.strictObject({ kind: z.literal('platform'), connection: connectionSchema }),
      ]),
    )
    .mutation(({ ctx, input }) => ctx.connection.choose(input)),
})
