/** One request that was routed to a project, as an intake sees it. */
export interface Hit {
  readonly projectId: string
  readonly hostname: string
  /** When it was made, or, of a connection that lasts, when it was seen: milliseconds since 1970. */
  readonly at: number
  readonly userAgent: string | null
  /** Path and address are there for exclusions only and never leave memory. */
  readonly path: string | null
  readonly address: string | null
}

const probeName = 'Vigie-Probe/'

/** The user agent with which Vigie asks a project's hostname whether it answers. */
export function probeUserAgent(version: string): string {
  return `${probeName}${version}`
}

/** Whether a request is one of Vigie's own probes: the only ones that never count. */
export function isProbe(userAgent: string | null): boolean {
  return userAgent?.startsWith(probeName) === true
}
