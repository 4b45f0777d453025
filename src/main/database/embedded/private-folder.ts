import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { errorCode, exists } from './data-folder.ts'

/** Where root's clusters lie whose data folder is closed to everybody else. */
const elsewhere = '/var/lib/vigie/elsewhere'

/** In a data folder that is closed: says where its cluster lies. */
const pointerName = 'postgres-location'

/**
 * Where the files of the server lie. For root the server runs as another user, who cannot pass through a folder that is
 * closed to others (root's home, what `mktemp -d` makes), and opening somebody's folder is not ours to do: then they
 * lie elsewhere, and the data folder holds a pointer to them.
 * @param dataDir resolved
 */
export async function findServerDir(dataDir: string, isRoot: boolean): Promise<string> {
  if (!isRoot || process.platform === 'win32') return dataDir
  const pointer = path.join(dataDir, pointerName)
  const known = await readPointer(pointer)
  if (known !== undefined) return known
  if ((await exists(path.join(dataDir, 'postgres'))) || (await isOpenToOthers(dataDir))) return dataDir
  return makePointer(pointer, path.join(elsewhere, randomBytes(8).toString('hex')))
}

async function readPointer(pointer: string): Promise<string | undefined> {
  try {
    const target = (await readFile(pointer, 'utf8')).trim()
    // A pointer that leads anywhere else was not written here.
    return path.dirname(target) === elsewhere ? target : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Of several at once, the first to write the pointer decides. */
async function makePointer(pointer: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true })
  for (const folder of [path.dirname(elsewhere), elsewhere, target]) await chmod(folder, 0o711)
  try {
    await writeFile(pointer, `${target}\n`, { flag: 'wx', mode: 0o600 })
    return target
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    await rm(target, { recursive: true })
    return (await readPointer(pointer)) ?? path.dirname(pointer)
  }
}

async function isOpenToOthers(folder: string): Promise<boolean> {
  const { mode } = await stat(folder)
  const parent = path.dirname(folder)
  return (mode & 0o001) !== 0 && (parent === folder || (await isOpenToOthers(parent)))
}

/**
 * Whether a database was ever made in this data folder. One that can't be looked at counts as such: opening it tells what
 * is wrong.
 */
export async function hasCluster(dataDir: string): Promise<boolean> {
  const places = ['postgres', pointerName].map((name) => path.join(dataDir, name))
  const found = await Promise.all(places.map((place) => exists(place).catch(() => true)))
  return found.some(Boolean)
}
