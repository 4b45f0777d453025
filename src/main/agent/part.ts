/** How a part is, told with each heartbeat: what went wrong last, and figures by name (units in the names). */
export interface PartReport {
  readonly error: { readonly code: string; readonly message: string } | null
  readonly [figure: string]: number | string | boolean | null | PartReport['error']
}

/** A piece of the agent that works by itself: the scheduler, the sender of mails, the heartbeat. */
export interface Part {
  readonly name: string
  /** What needs no database: done before the agent waits for one. Throws if the part can never work. */
  prepare?(): Promise<void>
  /** Resolves once it works; may throw while the database is away, and is then called again. */
  start(): Promise<void> | void
  /** Ends what it does between two pieces of work. Called once, also if it never started. */
  stop(): Promise<void>
  /** Absent: there is nothing to tell but that it runs. */
  report?(): PartReport
}
