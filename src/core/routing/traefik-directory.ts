import { VigieError } from '../errors.ts'

/** The directory of Traefik's file provider, as the flow needs it. Every method throws VigieErrors with EDGE_ codes. */
export interface TraefikDirectory {
  /** The names in it. */
  list(): Promise<readonly string[]>
  /** Null: there is no such file. */
  read(name: string): Promise<{ readonly text: string; readonly modifiedAtMs: number } | null>
  /** Puts a file in place, whole: Traefik never sees a part of it. */
  write(name: string, text: string): Promise<void>
  /** Over whatever has the new name. Does nothing if there is no such file any more. */
  move(from: string, to: string): Promise<void>
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>
}

/** What is wrong with a directory, as it is kept in `vigie.edge.error`. */
export interface EdgeError {
  readonly code: string
  readonly message: string
}

/** The directory's own errors; any other is thrown on. */
export function edgeErrorOf(error: unknown): EdgeError {
  if (error instanceof VigieError && error.code.startsWith('EDGE_')) return { code: error.code, message: error.message }
  throw error
}
