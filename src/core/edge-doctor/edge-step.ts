/** What the doctor of an edge looks at, in the order in which it tells it. */
export const edgeStepNames = [
  'Traefik’s directory is writable',
  'Traefik watches its directory',
  'the blocked page is reachable through Traefik',
  'the access log is written, in a format that is read',
  'the access log has hostnames',
  'the access log has user agents',
  'each request is counted once',
  'the container engine answers',
  'the clock agrees with the database',
] as const
export type EdgeStepName = (typeof edgeStepNames)[number]

export interface EdgeStep {
  readonly name: EdgeStepName
  readonly outcome: 'ok' | 'failed' | 'skipped'
  /** What was found; of a failure also the setting to change, of a skipped step the one that is missing. */
  readonly message: string
}

/** What was found of a step, before it is named. */
export type Finding = Pick<EdgeStep, 'outcome' | 'message'>

export function ok(message: string): Finding {
  return { outcome: 'ok', message }
}

export function failed(message: string): Finding {
  return { outcome: 'failed', message }
}

export function skipped(message: string): Finding {
  return { outcome: 'skipped', message }
}
