/*
 * The application of a desktop on whichever database was chosen.
 *
 * Trigger: the desktop's start, then a person's choice in its window. Guarantees: nothing is opened before something was
 * chosen; a new choice is tested, opened and kept before the old application ends; one choice after the other.
 */
import type { Log } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import type { App } from '../app.ts'
import type { DatabaseAddress } from '../config.ts'
import { addressOf } from '../database/try-connection.ts'
import type { ConnectionDesk } from '../rpc/connection.ts'
import type { Settings } from '../settings.ts'
import {
  addressIn,
  type ConnectionChoice,
  type ConnectionQuestion,
  decideStart,
  keepChoice,
  type Start,
} from './connection.ts'
import type { Secrets } from './secrets.ts'

export interface ConnectedAppOptions {
  /** Whether the environment names a database. Errors: CONFIG_INVALID. */
  readonly isConfigured: () => boolean
  readonly readSettings: () => Promise<Settings>
  readonly saveSettings: (chosen: Partial<Settings>) => Promise<void>
  readonly hasEmbeddedData: () => Promise<boolean>
  /** Asked only when the application is ready. */
  readonly secrets: Secrets
  readonly whenReady: () => Promise<void>
  /** On this database; null: on what the environment names, else on the embedded one. */
  readonly openApp: (database: DatabaseAddress | null) => Promise<App>
  readonly tryConnection: ConnectionDesk['test']
  readonly log: Log
}

export interface ConnectedApp {
  /** Resolves when the first application is open, or when it is known that a person has to choose. */
  readonly started: Promise<void>
  /** The application as it is now. Errors: CONNECTION_NOT_CHOSEN, and those of the start. */
  readonly now: () => Promise<App>
  /** Whether a person may choose: not where the environment has. */
  readonly canChoose: () => Promise<boolean>
  readonly desk: ConnectionDesk
  /** Calls with the application there is, and with each that takes its place. */
  readonly follow: (listener: (app: App) => void) => void
  readonly stop: () => Promise<void>
}

/** Starts with what was chosen before, if anything was. */
export function connectApp(options: ConnectedAppOptions): ConnectedApp {
  const { log, secrets } = options
  const listeners: ((app: App) => void)[] = []
  const endings = new Set<Promise<void>>()
  let isFixed = false
  let question: ConnectionQuestion | null = null
  let kept: Settings['connection'] = null
  let current: App | null = null
  /** One choice after the other. */
  let turn: Promise<unknown> = Promise.resolve()

  const take = (app: App): void => {
    const former = current
    current = app
    question = null
    for (const listener of listeners) listener(app)
    if (former === null) return
    const ending = former
      .stop()
      .catch((err: unknown) => log.error({ err }, 'The former connection could not be ended in order.'))
      .finally(() => endings.delete(ending))
    endings.add(ending)
  }

  const decide = async (): Promise<Start> => {
    isFixed = options.isConfigured()
    if (isFixed) return { kind: 'environment' }
    kept = (await options.readSettings()).connection
    const hasEmbeddedData = await options.hasEmbeddedData()
    const start = decideStart({ isConfigured: false, kept, password: await unsealKept(), hasEmbeddedData })
    question = start.kind === 'ask' ? start.question : null
    return start
  }

  const unsealKept = async (): Promise<string | null> => {
    if (kept?.kind !== 'platform' || kept.sealedPassword === null) return null
    await options.whenReady()
    return secrets.unseal(kept.sealedPassword)
  }

  const choose = async (choice: ConnectionChoice): Promise<void> => {
    const isAgain = choice.kind === 'sample' && current?.databaseTarget.kind === 'embedded'
    const app = isAgain ? null : await options.openApp(choice.kind === 'sample' ? null : addressOf(choice.connection))
    try {
      const password = choice.kind === 'platform' ? choice.connection.password : ''
      const chosen = keepChoice(choice, password === '' ? null : await secrets.seal(password))
      await options.saveSettings({ connection: chosen })
      kept = chosen
    } catch (error) {
      await app?.stop()
      throw error
    }
    if (app !== null) take(app)
    log.info({ kind: choice.kind }, 'The database of this desktop was chosen.')
  }

  const decided = decide()
  const started = decided.then(async (start) => {
    if (start.kind === 'ask') return
    take(await options.openApp(start.kind === 'platform' ? addressOf(start.connection) : null))
  })
  // It may fail before anybody waits for it; who does gets the error then.
  started.catch(() => undefined)

  return {
    started,
    async now() {
      await started
      if (current !== null) return current
      throw new VigieError('CONNECTION_NOT_CHOSEN', 'No database is chosen yet. Choose one in Vigie’s window.')
    },
    canChoose: () => decided.then(() => !isFixed),
    follow(listener) {
      listeners.push(listener)
      if (current !== null) listener(current)
    },
    desk: {
      async read() {
        // Not until it is open, which may take long.
        await decided
        return {
          canChoose: !isFixed,
          question,
          kept: kept?.kind === 'platform' ? addressIn(kept) : null,
          canKeepPassword: isFixed ? false : await secrets.canSeal(),
        }
      },
      test: options.tryConnection,
      choose(choice) {
        const chosen = turn.then(async () => {
          await started
          if (isFixed) throw new VigieError('BAD_REQUEST', 'DATABASE_URL names the database: change it there.')
          const result = choice.kind === 'platform' ? await options.tryConnection(choice.connection) : null
          if (result?.kind !== 'failed') await choose(choice)
          return result
        })
        turn = chosen.catch((err: unknown) => log.error({ err }, 'The chosen database could not be opened.'))
        return chosen
      },
    },
    async stop() {
      await started
      await turn
      await current?.stop()
      await Promise.all(endings)
    },
  }
}
