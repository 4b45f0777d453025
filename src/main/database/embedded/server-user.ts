import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { VigieError } from '../../../core/errors.ts'
import { otherFolderHint } from './data-folder.ts'

/** The user that the server runs as when this process is root, because PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Runs a command; resolves with its output, or `undefined` when it is missing or failed. */
export type TryCommand = (command: string, args: readonly string[], user?: ServerUser) => Promise<string | undefined>

const ownUser = 'vigie'
/** Used where no user can be made. `nobody` comes last: other programs run as it too. */
const otherUsers: readonly string[] = ['postgres', '_postgres', 'nobody']

/**
 * The unprivileged system user for a new database of root's: `vigie`, made with `useradd --system` if it is missing and
 * may be made, else one that exists.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when there is none.
 */
export async function findServerUser(mayCreate: boolean, tryCommand: TryCommand = tryRun): Promise<ServerUser> {
  const own = await lookUpUser(ownUser, tryCommand)
  if (own) return own
  if (mayCreate) {
    const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
    await tryCommand('useradd', [...options, '--shell', '/usr/sbin/nologin', ownUser])
  }
  for (const name of [ownUser, ...otherUsers]) {
    const user = await lookUpUser(name, tryCommand)
    if (user) return user
  }
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    'PostgreSQL does not run as root and there is no other user to run it as: add a system user named vigie, or set DATABASE_URL.',
  )
}

/**
 * Checks that the server's user can pass through every folder above the database.
 * @throws VigieError DATA_FOLDER_UNUSABLE naming the first folder that the user cannot enter.
 */
export async function requireEnterable(dataDir: string, user: ServerUser, tryCommand: TryCommand = tryRun) {
  const canEnter = async (folder: string): Promise<boolean> =>
    (await tryCommand('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user)) !== undefined
  if (await canEnter(dataDir)) return
  for (const folder of withAncestors(dataDir)) {
    if (await canEnter(folder)) continue
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `PostgreSQL runs as the user ${user.name}, who cannot enter ${folder}: allow it with "chmod o+x ${folder}", or ${otherFolderHint}.`,
    )
  }
}

/** The folder and all above it, the outermost first. */
export function withAncestors(folder: string): readonly string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [...withAncestors(parent), folder]
}

async function lookUpUser(name: string, tryCommand: TryCommand): Promise<ServerUser | undefined> {
  const uid = parseId(await tryCommand('id', ['-u', name]))
  const gid = parseId(await tryCommand('id', ['-g', name]))
  return uid === undefined || gid === undefined ? undefined : { name, uid, gid }
}

/** Root's id is no id here, and what does not fit a signed 32-bit number (macOS's `nobody`) Node cannot run as. */
function parseId(text: string | undefined): number | undefined {
  const id = Number(text?.trim() || Number.NaN)
  return Number.isInteger(id) && id > 0 && id < 2 ** 31 ? id : undefined
}

const execFileAsync = promisify(execFile)

/** Runs a command, looking for it in the system's folders too; see `TryCommand`. */
export const tryRun: TryCommand = async (command, args, user) => {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const { PATH = '' } = process.env
  const searched = `${PATH}:/usr/sbin:/sbin:/usr/bin:/bin`
  try {
    const { stdout } = await execFileAsync(command, args, { ...identity, cwd: '/', env: { PATH: searched } })
    return stdout
  } catch {
    // Missing, not allowed or failed: the caller asked whether it works, and has its answer.
    return undefined
  }
}
