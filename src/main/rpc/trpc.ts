import { initTRPC, TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import type { Change } from '../../core/change.ts'
import type { Context, Database } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { type ErrorCode, type ErrorShape, VigieError } from '../../core/errors.ts'
import type { Outlook } from '../../core/queries/outlook.ts'
import type { BulkActs } from '../bulk-acts.ts'
import type { Exports } from '../exports.ts'
import type { Mailer } from '../mail/open-mailer.ts'
import type { Sweeps } from '../sweeps.ts'

/** What the procedures reach of the application (main/app.ts); both adapters hand the same one to every call. */
export interface RpcContext {
  readonly app: RpcApp
}

export interface RpcApp extends Context {
  /** Throws the VigieError that says why the database can't be worked with; remembers success for a while. */
  readonly checkDatabase: () => Promise<DatabaseFacts>
  readonly databaseTarget: DatabaseTarget
  /** Under which the platform's own hostnames live (`DEPLOY_DOMAIN`); null if not configured. */
  readonly deployDomain: string | null
  readonly sweeps: Pick<Sweeps, 'start' | 'release' | 'revert'>
  readonly bulk: BulkActs
  readonly exports: Exports
  /** Asks the person where to keep a file of this name; null: they don't want it. Itself null: the browser does that. */
  readonly chooseFile: ((suggestedName: string) => Promise<string | null>) | null
  /** Where mails go, and the platform's address in them. */
  readonly mailer: Pick<Mailer, 'platformUrl' | 'sender' | 'target'>
  /** The figures that look at every project, read at most once a minute. */
  readonly readOutlook: () => Promise<Outlook>
  /** Of a desktop; null: this process never acts by itself, or always. */
  readonly unattended: UnattendedSwitch | null
  /** Runs something on one connection of its own, for what needs a transaction. */
  readonly withSession: <T>(work: (session: Database) => Promise<T>) => Promise<T>
  /** Changes from now on, until the signal is aborted. */
  readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change>
}

/** Whether a desktop runs the scheduler and delivers mails. */
export interface UnattendedSwitch {
  readonly isOn: () => boolean
  /** Starts or ends it, and keeps that for the next start. Errors: DATA_FOLDER_UNUSABLE. */
  readonly turn: (isOn: boolean) => Promise<void>
}

/** Which database this is, in words that may be shown: no password, no path. */
export interface DatabaseTarget {
  readonly kind: 'embedded' | 'external'
  readonly label: string
}

/** What was learnt of the database when it was checked. */
export interface DatabaseFacts {
  readonly serverVersion: string
  readonly login: string
  readonly isReadOnly: boolean
  /** Whether pg_trgm serves the search. */
  readonly isSearchFast: boolean
  /** Whether the rows are Vigie's sample platform. */
  readonly isSample: boolean
}

const trpc = initTRPC.context<RpcContext>().create({
  // A stream that is silent for long is cut by proxies and tunnels; one that was cut is opened again.
  sse: { ping: { enabled: true, intervalMs: 20_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
  errorFormatter: ({ shape, error }) => {
    const vigie = shapeOf(error)
    const { code, httpStatus, path } = shape.data
    // The error's own text stays here: it may quote values of the database.
    return { code: shape.code, message: vigie.message, data: { code, httpStatus, path, vigie } }
  },
})

/** The error as the renderer gets it. A bad input names the field; anything unforeseen carries no detail. */
function shapeOf(error: TRPCError): ErrorShape {
  const { cause } = error
  if (cause instanceof VigieError) return cause.toShape()
  if (cause instanceof ZodError) {
    const [issue] = cause.issues
    return { code: 'BAD_REQUEST', message: `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not valid'}` }
  }
  if (error.code === 'NOT_FOUND') return { code: 'BAD_REQUEST', message: 'There is no such procedure.' }
  if (error.code !== 'INTERNAL_SERVER_ERROR')
    return { code: 'BAD_REQUEST', message: 'This request makes no sense here.' }
  const { code, message } = databaseErrorOf(cause ?? error)
  return { code, message: code === 'INTERNAL' ? 'Something unforeseen failed. The log has the details.' : message }
}

/** For what must answer while the database does not. */
export const bareProcedure = trpc.procedure.use(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  const vigie = cause instanceof VigieError ? cause : null
  if (vigie === null && result.error.code === 'INTERNAL_SERVER_ERROR') {
    const { code, message } = databaseErrorOf(cause ?? result.error)
    ctx.app.log.error({ path, code, err: cause ?? result.error }, message)
  }
  if (vigie === null) return result
  throw new TRPCError({ code: trpcCodeOf(vigie.code), message: vigie.message, cause: vigie })
})

/** For everything that needs a database that is there, is a platform's and is prepared. */
export const procedure = bareProcedure.use(async ({ ctx, next }) => {
  await ctx.app.checkDatabase()
  return next()
})

export const router = trpc.router

function trpcCodeOf(code: ErrorCode): TRPC_ERROR_CODE_KEY {
  const known: Partial<Record<ErrorCode, TRPC_ERROR_CODE_KEY>> = {
    PROJECT_NOT_FOUND: 'NOT_FOUND',
    RUN_NOT_FOUND: 'NOT_FOUND',
    BULK_NOT_FOUND: 'NOT_FOUND',
    MAIL_NOT_FOUND: 'NOT_FOUND',
    TEAM_NOT_FOUND: 'NOT_FOUND',
    BAD_REQUEST: 'BAD_REQUEST',
    POLICY_INVALID: 'BAD_REQUEST',
    REASON_REQUIRED: 'BAD_REQUEST',
    REASON_TOO_LONG: 'BAD_REQUEST',
    EXEMPTION_DATE: 'BAD_REQUEST',
    EXEMPTION_NOT_FOUND: 'NOT_FOUND',
    NOTE_EMPTY: 'BAD_REQUEST',
    NOTE_TOO_LONG: 'BAD_REQUEST',
    NOTE_NOT_FOUND: 'NOT_FOUND',
    UNAUTHORIZED: 'UNAUTHORIZED',
    DATABASE_UNREACHABLE: 'SERVICE_UNAVAILABLE',
    DATABASE_CONNECTION_LOST: 'SERVICE_UNAVAILABLE',
  }
  return known[code] ?? 'PRECONDITION_FAILED'
}
