import { type ErrorCode, VigieError } from './errors.ts'

/** What Vigie makes of an error of the driver or of PostgreSQL: decided by SQLSTATE or system code, never by its text. */
export interface DatabaseError {
  readonly code: ErrorCode
  readonly message: string
  readonly sqlstate: string | null
}

const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  'EACCES',
  'CONNECT_TIMEOUT',
]
const lost = ['ECONNRESET', 'EPIPE', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED']

/** The system code or SQLSTATE that an error carries; null if it carries none. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code
}

/** Whether the session is gone, so that trying the next statement on it makes no sense. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  return unreachable.includes(code) || lost.includes(code) || /^(08|57P)/.test(code)
}

/**
 * Whether the same may work later though nobody changes anything about Vigie: the connection is gone, the server starts,
 * stops, is read-only for now, or has no room left; or the container engine is away.
 */
export function isPassingError(error: unknown): boolean {
  if (error instanceof VigieError && error.code === 'ENGINE_AWAY') return true
  return isConnectionError(error) || /^(53|25006)/.test(databaseErrorOf(error).sqlstate ?? '')
}

/** Whether every other row would fail as well: no connection, no right, no room, or statements that make no sense. */
export function isHopelessError(error: unknown): boolean {
  if (isConnectionError(error) || error instanceof VigieError) return true
  return /^(25|42|53)/.test(databaseErrorOf(error).sqlstate ?? '')
}

/** Classifies any error. Unknown ones become DATABASE_ERROR (with a SQLSTATE) or INTERNAL, with their own text. */
export function databaseErrorOf(error: unknown): DatabaseError {
  if (error instanceof VigieError) return { code: error.code, message: error.message, sqlstate: null }
  const code = codeOf(error) ?? ''
  const sqlstate = /^[0-9A-Z]{5}$/.test(code) && !unreachable.includes(code) && code !== 'EPIPE' ? code : null
  const known = classify(code)
  if (known !== null) return { ...known, sqlstate }
  const text = error instanceof Error ? error.message : String(error)
  return sqlstate === null
    ? { code: 'INTERNAL', message: `Something unforeseen failed: ${text}`, sqlstate }
    : { code: 'DATABASE_ERROR', message: `The database refused a statement (${sqlstate}): ${text}`, sqlstate }
}

function classify(code: string): { code: ErrorCode; message: string } | null {
  if (code === '08P01') {
    return {
      code: 'DATABASE_POOLER',
      message: 'A connection pooler refused Vigie’s session settings. Connect to the database itself, past the pooler.',
    }
  }
  if (unreachable.includes(code)) {
    return {
      code: 'DATABASE_UNREACHABLE',
      message: `The database can't be reached (${code}). Check that it runs and that the address is right.`,
    }
  }
  if (lost.includes(code) || /^(08|57P0[1-5])/.test(code)) {
    return code === '57P03'
      ? { code: 'DATABASE_UNREACHABLE', message: 'The database is starting or stopping. Try again in a moment.' }
      : {
          code: 'DATABASE_CONNECTION_LOST',
          message: 'The connection to the database was lost. What was committed is done; try again.',
        }
  }
  return certificateError(code) ?? byState[code] ?? null
}

/** Node's codes for a server's certificate that was refused (crypto/x509_vfy.h of OpenSSL, and tls.checkServerIdentity). */
function certificateError(code: string): { code: ErrorCode; message: string } | null {
  const sentence =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'The server’s certificate is for another name. Check the hostname, or ask for a certificate with this one.'
      : code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
        ? 'The server’s certificate is not valid today. Have it renewed, and check this machine’s clock.'
        : /SELF_SIGNED_CERT|ISSUER_CERT|VERIFY_LEAF_SIGNATURE|^CERT_(UNTRUSTED|REVOKED|SIGNATURE_FAILURE)$/.test(code)
          ? 'This machine does not trust who issued the server’s certificate. Name the issuer in NODE_EXTRA_CA_CERTS.'
          : null
  return sentence === null ? null : { code: 'DATABASE_CERTIFICATE', message: sentence }
}

const notMigrated = {
  code: 'NOT_MIGRATED',
  message: 'The database is not prepared for this Vigie. Run “vigie migrate” first.',
} as const

const byState: Readonly<Record<string, { code: ErrorCode; message: string }>> = {
  '28P01': {
    code: 'DATABASE_AUTHENTICATION',
    message: 'The database refused the password. Check the user and the password.',
  },
  '28000': {
    code: 'DATABASE_AUTHENTICATION',
    message: 'The database refused this user. Check the user name and the server’s access rules.',
  },
  '3D000': { code: 'DATABASE_NOT_FOUND', message: 'The server has no database of this name. Check the name.' },
  '42501': {
    code: 'DATABASE_PERMISSION',
    message: 'The database does not allow this user to do that. Ask an administrator for the right.',
  },
  '25006': {
    code: 'DATABASE_READ_ONLY',
    message: 'The database is read-only (a replica, or set so). Connect to the writable server to change something.',
  },
  '55P03': { code: 'DATABASE_BUSY', message: 'Somebody else is changing this right now. Try again in a moment.' },
  '57014': { code: 'DATABASE_BUSY', message: 'The database took too long to answer. Try again in a moment.' },
  '40P01': { code: 'DATABASE_BUSY', message: 'Two changes stood in each other’s way. Try again.' },
  '53300': {
    code: 'DATABASE_BUSY',
    message: 'The database has no connection left. Close other programs, or try again later.',
  },
  '42P01': notMigrated,
  '42883': notMigrated,
  '3F000': notMigrated,
}
