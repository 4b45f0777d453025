/** The files of a log that is rotated: which there are, in which order they were written, and which is which. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import { createLineSplitter } from '../../../core/traffic/line-splitter.ts'
import { parseLogLine } from '../../../core/traffic/log-line.ts'

export interface LogFile {
  readonly path: string
  /** Device and number; a number may be used again. */
  readonly inode: string
  readonly isCompressed: boolean
  /** Whether it is the one that is written to. */
  readonly isCurrent: boolean
}

/** Up to where a log was read. */
export interface LogPlace {
  readonly inode: string
  /** Of what is in it, when it is compressed. */
  readonly offset: number
  /** Of its first `headBytes` bytes: by them a file is known again, under whatever name. */
  readonly head: string
  readonly headBytes: number
  /** When its last line was written; null: none was read. */
  readonly lineAt: number | null
}

export const maxHeadBytes = 1024

/** The files of a log, oldest first. One that appears compressed and plain is there once. */
export async function listLogFiles(logPath: string): Promise<LogFile[]> {
  let files = await listOnce(logPath)
  // Files that are renamed while they are listed would be there twice, or not at all.
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const again = await listOnce(logPath)
    if (JSON.stringify(again) === JSON.stringify(files)) break
    files = again
  }
  return files
}

async function listOnce(logPath: string): Promise<LogFile[]> {
  const { dir, base, name, ext } = path.parse(logPath)
  const entries = await readdir(dir || '.').catch((): string[] => [])
  const rotated = entries
    .flatMap((entry) => {
      const suffix = suffixOf(entry, base, name, ext)
      const isCompressed = entry.endsWith('.gz')
      // While a file is compressed, both are there, and only the plain one is whole.
      if (suffix === null || (isCompressed && entries.includes(entry.slice(0, -'.gz'.length)))) return []
      return [{ entry, suffix, isCompressed }]
    })
    .sort((a, b) => compareSuffixes(a.suffix, b.suffix))
  const found = await Promise.all(
    [...rotated, { entry: base, isCompressed: false }].map(async ({ entry, isCompressed }) => {
      const file = path.join(dir, entry)
      const facts = await stat(file).catch(() => null)
      if (facts?.isFile() !== true) return []
      return [{ path: file, inode: `${facts.dev}:${facts.ino}`, isCompressed, isCurrent: entry === base }]
    }),
  )
  return found.flat()
}

/** `access.log.1`, `access.log-20260301.gz`, `access-20260301.log`: what tells rotated files from each other; null: no such file. */
function suffixOf(entry: string, base: string, name: string, ext: string): string | null {
  const plain = entry.replace(/\.gz$/, '')
  const suffix = plain.startsWith(base)
    ? plain.slice(base.length)
    : plain.startsWith(name) && ext !== '' && plain.endsWith(ext)
      ? plain.slice(name.length, -ext.length)
      : ''
  return /^[.-]\d[\dTZ_.:-]*$/.test(suffix) ? suffix : null
}

/** Small numbers count up with age, dates with time. */
function compareSuffixes(a: string, b: string): number {
  const [first, second] = [Number(a.slice(1)), Number(b.slice(1))]
  if (first < 10_000 && second < 10_000) return second - first
  return a < b ? -1 : 1
}

export function hashHead(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32)
}

/** The first bytes of a file, or fewer if it has no more. */
export async function readHead(file: LogFile, bytes: number): Promise<Buffer> {
  if (file.isCompressed) return readCompressedHead(file.path, bytes)
  const handle = await open(file.path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function readCompressedHead(file: string, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  const source = createReadStream(file)
  const stream = source.pipe(createGunzip())
  // A pipe leaves each end to itself.
  source.on('error', (error) => stream.destroy(error))
  try {
    for await (const piece of stream) {
      pieces.push(piece)
      length += piece.length
      if (length >= bytes) break
    }
  } catch {
    // What could be unpacked is compared; nothing is known by nothing.
  } finally {
    source.destroy()
  }
  return Buffer.concat(pieces).subarray(0, bytes)
}

/** What is to be read next. */
export interface NextFile {
  readonly file: LogFile
  readonly offset: number
  /** Whether lines may be missing before it. */
  readonly hasGap: boolean
}

/**
 * Where to read on after a place: in the file that begins as the place says, whatever its name is now. If it is gone, in
 * the oldest that was begun after its last line. Without a place: in the current file. Null: there is none.
 */
export async function findNext(logPath: string, place: LogPlace | null): Promise<NextFile | null> {
  const files = await listLogFiles(logPath)
  const found = place === null ? undefined : files[await findFile(files, place)]
  if (place !== null && found !== undefined) return { file: found, offset: place.offset, hasGap: false }
  const [file] = place === null ? files.filter(({ isCurrent }) => isCurrent) : await selectNewer(files, place)
  return file === undefined ? null : { file, offset: 0, hasGap: true }
}

/** The file that was written after the one of a place, which has been read to its end; null: there is none. */
export async function findNewer(logPath: string, place: LogPlace): Promise<NextFile | null> {
  const files = await listLogFiles(logPath)
  const index = await findFile(files, place)
  const [file] = index === -1 ? await selectNewer(files, place) : files.slice(index + 1)
  return file === undefined ? null : { file, offset: 0, hasGap: false }
}

/** The index of the file that a place is in, or -1. */
async function findFile(files: readonly LogFile[], place: LogPlace): Promise<number> {
  const matches = await Promise.all(
    files.map(async (file) => {
      if (place.headBytes === 0) return file.inode === place.inode
      const head = await readHead(file, place.headBytes).catch(() => null)
      return head !== null && head.length === place.headBytes && hashHead(head) === place.head
    }),
  )
  const same = files.findIndex((file, index) => matches[index] === true && file.inode === place.inode)
  return same === -1 ? matches.lastIndexOf(true) : same
}

async function selectNewer(files: readonly LogFile[], { lineAt }: LogPlace): Promise<LogFile[]> {
  const begun = await Promise.all(files.map(readFirstLineAt))
  return files.filter(({ isCurrent }, index) => isCurrent || (begun[index] ?? 0) >= (lineAt ?? 0))
}

const firstLinesBytes = 65_536

/** When the first line of a file was written; null: it has none. */
async function readFirstLineAt(file: LogFile): Promise<number | null> {
  const head = await readHead(file, firstLinesBytes).catch(() => null)
  const { lines } = createLineSplitter().push(head ?? Buffer.alloc(0))
  for (const line of lines) {
    const request = parseLogLine(line, null)
    if (request !== null) return request.at
  }
  return null
}
