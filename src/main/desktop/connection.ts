/*
 * Which database a desktop works on, decided from what its environment and its settings say. One choice is kept; where
 * several are to be kept under names, a list of these takes its place and `decideStart` gets the name of one.
 */
import type { Connection, ConnectionAddress } from '../../core/connection.ts'
import type { KeptConnection } from '../kept-connection.ts'

/** What a person decides for. */
export type ConnectionChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'platform'; readonly connection: Connection }

/** Why a person is asked: nothing was ever chosen, or the password is not known any more. */
export type ConnectionQuestion = 'first' | 'password'

export type Start =
  | { readonly kind: 'environment' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'platform'; readonly connection: Connection }
  | { readonly kind: 'ask'; readonly question: ConnectionQuestion }

export interface StartFacts {
  /** The environment names a database, which always wins. */
  readonly isConfigured: boolean
  readonly kept: KeptConnection | null
  /** What `kept.sealedPassword` holds; null if it can't be read or is not there. */
  readonly password: string | null
  /** An embedded database was made in the data folder, maybe before anybody was asked. */
  readonly hasEmbeddedData: boolean
}

/** What a desktop starts with. */
export function decideStart({ isConfigured, kept, password, hasEmbeddedData }: StartFacts): Start {
  if (isConfigured) return { kind: 'environment' }
  if (kept === null) return hasEmbeddedData ? { kind: 'sample' } : { kind: 'ask', question: 'first' }
  if (kept.kind === 'sample') return { kind: 'sample' }
  if (kept.hasPassword && password === null) return { kind: 'ask', question: 'password' }
  return { kind: 'platform', connection: { ...addressIn(kept), password: password ?? '' } }
}

/** What is kept of a choice. `sealedPassword`: null where nothing can seal it. */
export function keepChoice(choice: ConnectionChoice, sealedPassword: string | null): KeptConnection {
  if (choice.kind === 'sample') return { kind: 'sample' }
  const { password, ...address } = choice.connection
  return { kind: 'platform', ...address, hasPassword: password !== '', sealedPassword }
}

/** The part of a kept connection that may be shown. */
export function addressIn(kept: Extract<KeptConnection, { kind: 'platform' }>): ConnectionAddress {
  const { host, port, database, user, tlsMode } = kept
  return { host, port, database, user, tlsMode }
}
