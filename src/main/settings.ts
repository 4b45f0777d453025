import { mkdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Log } from '../core/context.ts'
import { VigieError } from '../core/errors.ts'
import { type KeptConnection, keptConnectionShape } from './kept-connection.ts'
import { writeWhole } from './write-whole.ts'

/** What this machine was told, in `settings.json` of the data folder. */
export interface Settings {
  /** Whether the desktop runs the scheduler and delivers mails; null: only for the embedded database. */
  readonly runsScheduler: boolean | null
  /** The database that the desktop was told to work on; null: nobody has chosen. */
  readonly connection: KeptConnection | null
}

const defaults: Settings = { runsScheduler: null, connection: null }

const shape = z.object({
  runsScheduler: z.boolean().nullable().default(null),
  connection: keptConnectionShape.nullable().default(null),
})

/**
 * Reads the settings. A file that makes no sense is set aside beside itself and told of, and counts as none: what it said
 * can be looked up there, and the next change does not meet it. One that can't be read at all stays, and nothing runs by
 * itself.
 */
export async function readSettings(dataDir: string, log: Log): Promise<Settings> {
  const file = fileOf(dataDir)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isNoFile(error)) return defaults
    log.warn(
      { file },
      'The settings could not be read: correct the rights of the file. Until then nothing runs by itself.',
    )
    return { ...defaults, runsScheduler: false }
  }
  const settings = parse(text)
  if (settings !== null) return settings
  const asideAs = `${file}.broken`
  const isAside = await rename(file, asideAs).then(
    () => true,
    () => false,
  )
  log.warn(
    { file, asideAs: isAside ? asideAs : null },
    'The settings made no sense and were set aside: the defaults count. Set them again in the window.',
  )
  return defaults
}

function parse(text: string): Settings | null {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/**
 * Writes settings, whole or not at all, also when the machine stops at that moment, and keeps what else stands in the file.
 * Errors: DATA_FOLDER_UNUSABLE if there is a file that makes no sense, which is left as it is, or if it can't be written.
 */
export async function writeSettings(dataDir: string, settings: Partial<Settings>): Promise<void> {
  const file = fileOf(dataDir)
  try {
    const kept = await readKept(file)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeWhole(file, `${JSON.stringify({ ...kept, ...settings }, null, 2)}\n`)
  } catch (cause) {
    const message = 'settings.json of the data folder can’t be read or written. Correct it or its rights, or remove it.'
    throw new VigieError('DATA_FOLDER_UNUSABLE', message, undefined, { cause })
  }
}

async function readKept(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (isNoFile(error)) return {}
    throw error
  }
}

function fileOf(dataDir: string): string {
  return path.join(dataDir, 'settings.json')
}

function isNoFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
