/**
 * Every way in which Vigie says no, once. The exit code of the command line and the log level follow from the class:
 * `cancelled` 130, `usage` 2, `refused` 3 (a rule said no; logged as a warning), `failed` 1 (something broke; logged as an error).
 */
export const errorClasses = {
  CANCELLED: 'cancelled',
  USAGE: 'usage',
  CONFIG_INVALID: 'usage',
  PROJECT_NOT_FOUND: 'refused',
  REASON_REQUIRED: 'refused',
  REASON_TOO_LONG: 'refused',
  TEAM_DELETED: 'refused',
  PROJECT_PERMANENTLY_DISABLED: 'refused',
  PROJECT_NOT_INACTIVE: 'refused',
  NOT_OWNER_OR_ADMIN: 'refused',
  NO_ACTIVE_OWNER: 'refused',
  BULK_TOO_LARGE: 'refused',
  BULK_NOT_FOUND: 'refused',
  BULK_RUNNING: 'refused',
  EXPORT_RUNNING: 'refused',
  EXPORT_FILE_FAILED: 'failed',
  NOTE_EMPTY: 'refused',
  NOTE_TOO_LONG: 'refused',
  NOTE_NOT_FOUND: 'refused',
  NOTE_NOT_YOURS: 'refused',
  TEAM_NOT_FOUND: 'refused',
  RUN_NOT_FOUND: 'refused',
  HOLD_NOT_FOUND: 'refused',
  HOLD_EXPIRED: 'refused',
  SWEEP_PAUSED: 'refused',
  INTAKE_NOT_FOUND: 'refused',
  RUN_NOT_REVERTIBLE: 'refused',
  EDGE_NOT_FOUND: 'refused',
  MAIL_NOT_FOUND: 'refused',
  MAIL_NOT_WAITING: 'refused',
  MAIL_NOT_FAILED: 'refused',
  POLICY_INVALID: 'refused',
  EXCLUSION_INVALID: 'refused',
  EXCLUSION_NOT_FOUND: 'refused',
  PROJECT_DELETED: 'refused',
  EXEMPTION_DATE: 'refused',
  EXEMPTION_NOT_FOUND: 'refused',
  DATABASE_NOT_EMPTY: 'refused',
  BAD_REQUEST: 'refused',
  UNAUTHORIZED: 'refused',
  CONNECTION_NOT_CHOSEN: 'refused',
  NOT_A_PLATFORM: 'failed',
  NOT_MIGRATED: 'failed',
  SCHEMA_TOO_NEW: 'failed',
  SCHEMA_DAMAGED: 'failed',
  SERVER_TOO_OLD: 'failed',
  DATABASE_UNREACHABLE: 'failed',
  DATABASE_AUTHENTICATION: 'failed',
  DATABASE_CERTIFICATE: 'failed',
  DATABASE_PERMISSION: 'failed',
  DATABASE_NOT_FOUND: 'failed',
  DATABASE_READ_ONLY: 'failed',
  DATABASE_POOLER: 'failed',
  DATABASE_CONNECTION_LOST: 'failed',
  DATABASE_BUSY: 'failed',
  DATABASE_ERROR: 'failed',
  DATA_FOLDER_UNUSABLE: 'failed',
  EMBEDDED_DATABASE_FAILED: 'failed',
  EMBEDDED_DATABASE_ENDED: 'failed',
  EDGE_DIRECTORY_MISSING: 'failed',
  EDGE_DIRECTORY_READ_ONLY: 'failed',
  EDGE_DIRECTORY_FULL: 'failed',
  EDGE_DIRECTORY_FAILED: 'failed',
  CLAIM_LOST: 'failed',
  INTAKE_LOST: 'failed',
  ACCESS_LOG_UNREADABLE: 'failed',
  ENGINE_AWAY: 'failed',
  INTERNAL: 'failed',
} as const satisfies Record<string, 'cancelled' | 'usage' | 'refused' | 'failed'>

export type ErrorCode = keyof typeof errorClasses

/** What crosses the process boundary and stands in `{"error": …}`: plain data, no stack, no secrets. */
export interface ErrorShape {
  readonly code: ErrorCode
  /** One sentence: what happened and what to do. */
  readonly message: string
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

/** An error that was foreseen. Callers decide on `code`, never on the text. */
export class VigieError extends Error {
  override readonly name = 'VigieError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorShape['details'],
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  toShape(): ErrorShape {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details }
  }
}
