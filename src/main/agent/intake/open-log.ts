import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { createLineSplitter, type SplitLines } from '../../../core/traffic/line-splitter.ts'
import { hashHead, type LogPlace, maxHeadBytes, type NextFile, readHead } from './log-files.ts'

/** A log file that is being read. */
export interface OpenLog {
  readonly inode: string
  readonly isCompressed: boolean
  /** The next whole lines; null at the end, for now; `truncated`: what was read is not in it any more. */
  readLines(): Promise<SplitLines | null | 'truncated'>
  /** What stands behind the last line end, when nothing more can come. */
  finish(): SplitLines
  /** Up to where whole lines were read. `lineAt`: of the last of them. */
  place(lineAt: number | null): LogPlace
  close(): Promise<void>
}

const pieceBytes = 256 * 1024

interface Source {
  /** The next bytes, which are overwritten by the following call; none at the end. */
  read(): Promise<Buffer>
  /** Whether the file still begins with these bytes, and is not shorter than what was read of it. */
  beginsWith(head: Buffer, isAtEnd: boolean): Promise<boolean>
  close(): Promise<void>
}

/** Opens a file to be read from an offset on; null: its name leads to another one by now. Errors: of the file system. */
export async function openLog({ file, offset }: NextFile): Promise<OpenLog | null> {
  let head = await readHead(file, Math.min(offset, maxHeadBytes))
  const handle = await open(file.path, 'r')
  const { dev, ino } = await handle.stat()
  if (`${dev}:${ino}` !== file.inode) {
    await handle.close()
    return null
  }
  const source = file.isCompressed ? readCompressed(handle, offset) : readPlain(handle, offset)
  const splitter = createLineSplitter()
  let read = offset
  let done = offset
  let hash: { readonly bytes: number; readonly text: string } | undefined

  return {
    inode: file.inode,
    isCompressed: file.isCompressed,
    async readLines() {
      for (;;) {
        const piece = await source.read()
        // After the piece was read: it is from before the file was truncated, or it is not taken.
        const begin = read === head.length ? Buffer.concat([head, piece]).subarray(0, maxHeadBytes) : head
        if (!(await source.beginsWith(begin, piece.length === 0))) return 'truncated'
        head = begin
        if (piece.length === 0) return null
        read += piece.length
        const split = splitter.push(piece)
        done += split.bytes
        if (split.bytes > 0) return split
      }
    },
    finish() {
      const split = splitter.finish()
      done += split.bytes
      return split
    },
    place(lineAt) {
      const bytes = Math.min(head.length, done)
      if (hash?.bytes !== bytes) hash = { bytes, text: hashHead(head.subarray(0, bytes)) }
      return { inode: file.inode, offset: done, head: hash.text, headBytes: bytes, lineAt }
    },
    close: source.close,
  }
}

function readPlain(handle: FileHandle, offset: number): Source {
  const start = Buffer.alloc(maxHeadBytes)
  let [buffer, spare] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)]
  let position = offset
  /** The next piece, read while the one before is worked on. */
  let ahead: ReturnType<typeof readSpare> | null = null
  const readSpare = () => handle.read(spare, 0, pieceBytes, position)
  return {
    async read() {
      let { bytesRead } = await (ahead ?? readSpare())
      // The end of a while ago says nothing of now.
      if (ahead !== null && bytesRead === 0) bytesRead = (await readSpare()).bytesRead
      ;[buffer, spare] = [spare, buffer]
      position += bytesRead
      ahead = bytesRead === pieceBytes ? readSpare() : null
      // It is asked for by the following call, if there is one.
      ahead?.catch(() => undefined)
      return buffer.subarray(0, bytesRead)
    },
    async beginsWith(head, isAtEnd) {
      const { bytesRead } = await handle.read(start, 0, head.length, 0)
      if (!start.subarray(0, bytesRead).equals(head)) return false
      // What bytes were read of was long enough.
      return !isAtEnd || (await handle.stat()).size >= position
    },
    async close() {
      await ahead?.catch(() => undefined)
      await handle.close()
    },
  }
}

function readCompressed(handle: FileHandle, offset: number): Source {
  const source = handle.createReadStream()
  const stream = source.pipe(createGunzip())
  // A pipe leaves each end to itself.
  source.on('error', (error) => stream.destroy(error))
  const pieces: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  let left = offset
  return {
    async read() {
      for (;;) {
        const { done, value } = await pieces.next()
        if (done === true) return Buffer.alloc(0)
        if (left === 0) return value
        const skipped = Math.min(left, value.length)
        left -= skipped
        if (skipped < value.length) return value.subarray(skipped)
      }
    },
    beginsWith: async () => true,
    async close() {
      source.destroy()
      stream.destroy()
      await handle.close().catch(() => undefined)
    },
  }
}
