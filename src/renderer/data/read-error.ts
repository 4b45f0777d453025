import { TRPCClientError } from '@trpc/client'
import { type ErrorCode, type ErrorShape, errorClasses } from '../../core/errors.ts'
import type { AppRouter } from '../../main/rpc/contract.ts'

/** An error as the console shows it. `VIGIE_UNREACHABLE`: there was no answer at all. */
export interface ShownError extends Omit<ErrorShape, 'code'> {
  readonly code: ErrorCode | 'VIGIE_UNREACHABLE'
  /** The procedure that was called, if one answered. */
  readonly path?: string | undefined
}

/** What there is to show of anything that a call threw. */
export function readError(error: unknown): ShownError {
  if (error instanceof TRPCClientError) {
    const { data }: TRPCClientError<AppRouter> = error
    return data ? { ...data.vigie, path: data.path } : unreachable
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

const unreachable: ShownError = { code: 'VIGIE_UNREACHABLE', message: '' }

/** Whether it passes by itself once the database, or Vigie, is back: such calls are tried again. */
export function isPassing({ code }: ShownError): boolean {
  return isConnectionLoss({ code }) || code === 'NOT_MIGRATED' || code === 'NOT_A_PLATFORM' || code === 'DATABASE_ERROR'
}

/** Whether a rule said no, and would again. */
export function isRefusal({ code }: ShownError): boolean {
  return code !== 'VIGIE_UNREACHABLE' && errorClasses[code] === 'refused'
}

/** Whether nothing can be read at all, which is said once for the whole window rather than in every view. */
export function isConnectionLoss({ code }: Pick<ShownError, 'code'>): boolean {
  return connectionLosses.some((loss) => loss === code)
}

const connectionLosses = [
  'VIGIE_UNREACHABLE',
  'DATABASE_UNREACHABLE',
  'DATABASE_CONNECTION_LOST',
  'DATABASE_AUTHENTICATION',
  'DATABASE_CERTIFICATE',
  'DATABASE_NOT_FOUND',
  'DATABASE_BUSY',
  'EMBEDDED_DATABASE_FAILED',
  'EMBEDDED_DATABASE_ENDED',
] as const satisfies readonly ShownError['code'][]
