import type { BulkResult } from '../bulk/bulk-result.ts'
import type { Table } from './encode-table.ts'

/** What became of the projects of a bulk act. */
export function bulkTable(bulkId: string, results: readonly BulkResult[]): Table<BulkResult> {
  return {
    columns: [
      ['projectId', ({ projectId }) => projectId],
      ['projectName', ({ projectName }) => projectName],
      ['teamId', ({ teamId }) => teamId],
      ['teamName', ({ teamName }) => teamName],
      ['outcome', ({ outcome }) => outcome],
      ['code', ({ code }) => code],
      ['message', ({ message }) => message],
    ],
    pages: onePage(results),
    head: { bulkId },
    name: 'results',
  }
}

async function* onePage<Row>(rows: readonly Row[]) {
  yield rows
}
