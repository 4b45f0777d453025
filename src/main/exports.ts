import type { BulkOutcome } from '../core/bulk/bulk-result.ts'
import { maxBulkProjects } from '../core/bulk/fix-selection.ts'
import type { Database } from '../core/context.ts'
import { databaseErrorOf } from '../core/database-error.ts'
import { type ErrorShape, VigieError } from '../core/errors.ts'
import { bulkTable } from '../core/export/bulk-table.ts'
import { byteOrderMark } from '../core/export/csv.ts'
import { type ExportFormat, encodeTable, type Table } from '../core/export/encode-table.ts'
import { openProjectTable } from '../core/export/project-table.ts'
import type { ProjectView } from '../core/queries/projects.ts'
import type { BulkActs } from './bulk-acts.ts'

export type ExportSource =
  | { readonly kind: 'projects'; readonly view: ProjectView }
  | { readonly kind: 'bulk'; readonly bulkId: string; readonly outcomes: readonly BulkOutcome[] }

export interface ExportRequest {
  /** Chosen by whoever asks, to follow and to cancel it. */
  readonly exportId: string
  readonly source: ExportSource
  readonly format: ExportFormat
}

export interface ExportProgress {
  readonly exportId: string
  readonly rows: number
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  readonly error: ErrorShape | null
}

/** Resolves when more may be written; rejects when the signal is aborted meanwhile. */
export type Write = (text: string, signal: AbortSignal) => Promise<void>

/** The exports of this process. One at a time reads the platform's projects: it holds a connection and a snapshot. */
export interface Exports {
  /**
   * Writes an export piece by piece; no more is read before a piece is written. Returns the number of rows. Errors:
   * EXPORT_RUNNING, BULK_NOT_FOUND, CANCELLED, those of the database and of `write`.
   */
  readonly run: (request: ExportRequest, write: Write, signal: AbortSignal) => Promise<number>
  /** Of the last few; null: not begun, or forgotten. */
  readonly get: (exportId: string) => ExportProgress | null
  readonly cancel: (exportId: string) => void
  /** Ends what runs and waits for it. */
  readonly stop: () => Promise<void>
}

interface Options {
  readonly withSession: <T>(work: (session: Database) => Promise<T>) => Promise<T>
  readonly bulk: Pick<BulkActs, 'results'>
}

interface Job {
  progress: ExportProgress
  readonly cancelling: AbortController
  ended: Promise<unknown>
}

const keptJobs = 8

export function createExports({ withSession, bulk }: Options): Exports {
  const jobs = new Map<string, Job>()

  async function runJob(job: Job, { source, format }: ExportRequest, write: Write, signal: AbortSignal) {
    const tell = (change: Partial<ExportProgress>) => {
      job.progress = { ...job.progress, ...change }
    }
    const send = async <Row>(table: Table<Row>) => {
      if (format === 'csv') await write(byteOrderMark, signal)
      const pages = tapPages(table.pages, (rows) => tell({ rows: job.progress.rows + rows }))
      for await (const text of encodeTable({ ...table, pages }, format)) {
        signal.throwIfAborted()
        await write(text, signal)
      }
    }
    try {
      if (source.kind === 'bulk') await send(bulkTable(source.bulkId, resultsOf(bulk, source)))
      else await withSession(async (session) => send(await openProjectTable(session, source.view)))
      tell({ state: 'done' })
      return job.progress.rows
    } catch (thrown) {
      const error = signal.aborted ? new VigieError('CANCELLED', 'The export was cancelled.') : thrown
      const { code, message } = databaseErrorOf(error)
      tell({ state: signal.aborted ? 'cancelled' : 'failed', error: { code, message } })
      throw error
    }
  }

  return {
    async run(request, write, signal) {
      const { exportId, source } = request
      const isBusy = [...jobs.values()].some(({ progress }) => progress.state === 'running')
      if (isBusy && source.kind === 'projects') {
        throw new VigieError('EXPORT_RUNNING', 'Another export is running here. Wait for its end, or cancel it.')
      }
      const job: Job = {
        progress: { exportId, rows: 0, state: 'running', error: null },
        cancelling: new AbortController(),
        ended: Promise.resolve(),
      }
      jobs.set(exportId, job)
      for (const oldest of jobs.keys()) if (jobs.size > keptJobs) jobs.delete(oldest)
      const ended = runJob(job, request, write, AbortSignal.any([signal, job.cancelling.signal]))
      job.ended = ended
      return await ended
    },
    get: (exportId) => jobs.get(exportId)?.progress ?? null,
    cancel: (exportId) => jobs.get(exportId)?.cancelling.abort(),
    async stop() {
      for (const { cancelling } of jobs.values()) cancelling.abort()
      await Promise.allSettled([...jobs.values()].map(({ ended }) => ended))
    },
  }
}

/** Under which name a browser or a person keeps it. */
export function exportFileName({ source, format }: Pick<ExportRequest, 'source' | 'format'>, now: Date): string {
  const what = source.kind === 'projects' ? 'projects' : 'bulk-act'
  return `vigie-${what}-${now.toISOString().slice(0, 10)}.${format}`
}

async function* tapPages<Row>(pages: AsyncIterable<readonly Row[]>, tell: (rows: number) => void) {
  for await (const rows of pages) {
    yield rows
    tell(rows.length)
  }
}

function resultsOf(bulk: Options['bulk'], { bulkId, outcomes }: ExportSource & { kind: 'bulk' }) {
  return bulk.results({ bulkId, outcomes, after: null, limit: maxBulkProjects }).results
}
