import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Log } from '../core/context.ts'
import { VigieError } from '../core/errors.ts'

/** What this machine was told, in `settings.json` of the data folder. */
export interface Settings {
  /** Whether the desktop runs the scheduler and delivers mails; null: only for the embedded database. */
  readonly runsScheduler: boolean | null
}

const defaults: Settings = { runsScheduler: null }

const shape = z.object({ runsScheduler: z.boolean().nullable().default(null) })

/** Reads the settings; a file that can't be read is told of, left as it is, and counts as none. */
export async function readSettings(dataDir: string, log: Log): Promise<Settings> {
  const file = fileOf(dataDir)
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (isNoFile(error)) return defaults
    log.warn({ file }, 'The settings could not be read: correct or remove the file. Until then nothing runs by itself.')
    return { runsScheduler: false }
  }
}

/**
 * Writes settings, whole or not at all, and keeps what else stands in the file.
 * Errors: DATA_FOLDER_UNUSABLE if there is a file that makes no sense, which is left as it is, or if it can't be written.
 */
export async function writeSettings(dataDir: string, settings: Settings): Promise<void> {
  const file = fileOf(dataDir)
  try {
    const kept = await readKept(file)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeFile(`${file}.part`, `${JSON.stringify({ ...kept, ...settings }, null, 2)}\n`)
    await rename(`${file}.part`, file)
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
