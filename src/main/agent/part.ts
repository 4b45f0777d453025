/** A piece of the agent that works by itself: the scheduler, the sender of mails, the heartbeat. */
export interface Part {
  readonly name: string
  /** Resolves once it works; may throw while the database is away, and is then called again. */
  start(): Promise<void> | void
  /** Ends what it does between two pieces of work. Called once, also if it never started. */
  stop(): Promise<void>
}
