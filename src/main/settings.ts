import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Log } from '../core/context.ts'

/** What this machine was told, in `settings.json` of the data folder. */
export interface Settings {
  /** Whether the desktop runs the scheduler and delivers mails; null: only for the embedded database. */
  readonly runsScheduler: boolean | null
}

const defaults: Settings = { runsScheduler: null }

const shape = z.object({ runsScheduler: z.boolean().nullable().default(null) })

/** Reads the settings; a file that can't be read is told of, left as it is, and counts as none. */
export async function readSettings(dataDir: string, log: Log): Promise<Settings> {
  const file = path.join(dataDir, 'settings.json')
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaults
    log.warn({ file }, 'The settings could not be read: correct or remove the file. Until then nothing runs by itself.')
    return { runsScheduler: false }
  }
}
