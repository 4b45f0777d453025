import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes a file whole or not at all, also when the machine stops meanwhile: beside it first, to the disk, then in its
 * place. Readable for its owner alone. Errors: those of the file system; what was there before is then there still.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`
  try {
    // One that a killed writer left would keep its own rights.
    await rm(part, { force: true })
    const handle = await open(part, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await syncFolder(path.dirname(file))
}

/** The new name itself, to the disk. Windows can't open a folder, and keeps names in its journal. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
