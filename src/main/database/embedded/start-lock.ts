import { constants, open } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { type DataFolder, errorCode } from './data-folder.ts'

export interface StartLock {
  release(): Promise<void>
}

/**
 * Takes the lock under which a cluster is made and its server started, or returns `undefined` when another process has
 * it. The kernel holds it for this process and drops it however the process ends, so it is never stale.
 *
 * It keeps several Vigies from doing the same work at once; where it does not reach (containers that share a folder), the
 * rename of a new cluster and PostgreSQL's `postmaster.pid` still let only one win.
 */
export async function tryStartLock({ dataDir, id }: DataFolder): Promise<StartLock | undefined> {
  if (process.platform === 'darwin') return await tryFileLock(path.join(dataDir, 'start.lock'))
  return await tryListen(process.platform === 'win32' ? `\\\\.\\pipe\\vigie-start-${id}` : abstractName(id))
}

/**
 * A name in the kernel, with no file to leave behind. It fills all 108 bytes of a socket's address, because Node 20 fills
 * up shorter names with zeros and later ones do not: the two would not meet.
 */
function abstractName(id: string): string {
  return `\0vigie-start-${id}`.padEnd(108, '.')
}

function tryListen(name: string): Promise<StartLock | undefined> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (errorCode(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(name, () => resolve({ release: () => new Promise((released) => server.close(() => released())) }))
  })
}

/** open(2) of macOS: take an exclusive lock with the descriptor, and fail with EAGAIN instead of waiting for it. */
const O_EXLOCK = 0x20

async function tryFileLock(file: string): Promise<StartLock | undefined> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK | O_EXLOCK
  try {
    const handle = await open(file, flags, 0o600)
    return { release: () => handle.close() }
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return undefined
    throw error
  }
}
