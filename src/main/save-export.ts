import { open, rename, rm } from 'node:fs/promises'
import { VigieError } from '../core/errors.ts'
import type { ExportRequest, Exports } from './exports.ts'

/**
 * Writes an export into a file, beside it first: what was there stays until the new one is whole. Returns the number of
 * rows. Errors: EXPORT_FILE_FAILED; those of `exports.run`.
 */
export async function saveExport(
  exports: Exports,
  request: ExportRequest,
  path: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const partial = `${path}.part`
  try {
    const file = await open(partial, 'w')
    let rows: number
    try {
      rows = await exports.run(request, (text) => file.writeFile(text), signal)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
    return rows
  } catch (error) {
    await rm(partial, { force: true })
    throw fileError(error)
  }
}

function fileError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : null
  if (code === null) return error
  const what =
    code === 'ENOSPC' ? 'the disk is full' : code === 'EACCES' || code === 'EPERM' ? 'it is not allowed' : code
  return new VigieError('EXPORT_FILE_FAILED', `The file can’t be written there: ${what}. Choose another place.`)
}
