import { csvLine } from './csv.ts'

export const exportFormats = ['csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

type Value = string | number | boolean | null

/** What is exported of a row, column by column; the same names in both formats and every language. */
export type Columns<Row> = readonly (readonly [name: string, read: (row: Row) => Value])[]

/** A table page by page, and what stands before its rows in JSON. */
export interface Table<Row> {
  readonly columns: Columns<Row>
  readonly pages: AsyncIterable<readonly Row[]>
  readonly head: Readonly<Record<string, Value>>
  /** Under which name the rows stand in JSON. */
  readonly name: string
}

/** The table as text, a page at a time: none is held longer than until the next is asked for. */
export function encodeTable<Row>(table: Table<Row>, format: ExportFormat): AsyncGenerator<string> {
  return format === 'csv' ? encodeCsv(table) : encodeJson(table)
}

async function* encodeCsv<Row>({ columns, pages }: Table<Row>): AsyncGenerator<string> {
  yield csvLine(columns.map(([name]) => name))
  for await (const rows of pages) {
    yield rows.map((row) => csvLine(columns.map(([, read]) => read(row)))).join('')
  }
}

/** One object, one row a line; it is complete only with its last character. */
async function* encodeJson<Row>({ columns, pages, head, name }: Table<Row>): AsyncGenerator<string> {
  const before = Object.entries(head).map((entry) => `${safeJson(entry[0])}:${safeJson(entry[1])},`)
  yield `{${before.join('')}${safeJson(name)}:[`
  let separator = '\n'
  for await (const rows of pages) {
    let text = ''
    for (const row of rows) {
      text += separator + safeJson(Object.fromEntries(columns.map(([column, read]) => [column, read(row)])))
      separator = ',\n'
    }
    yield text
  }
  yield '\n]}\n'
}

/** Nothing in it is markup or turns the writing direction where the file is merely looked at; its meaning is the same. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
