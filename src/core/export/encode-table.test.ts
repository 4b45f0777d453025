import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'
import { type ExportFormat, encodeTable, type Table } from './encode-table.ts'

/** What people who mean harm call their projects, and what is merely awkward. */
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        ';',
        ',',
        '"',
        "'",
        '\u202e',
        '\u2067',
        '＝',
        '<b>',
        ' ',
        'a',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

/** A reader of RFC 4180 with any separator, as spreadsheets have it: its records. */
function readCsv(text: string, separator = ','): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (isQuoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"' && field === '') isQuoted = true
    else if (character === separator) {
      record.push(field)
      field = ''
    } else if (character === '\r' && text[at + 1] === '\n') {
      records.push([...record, field])
      record = []
      field = ''
      at += 1
    } else field += character
  }
  return records
}

const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

describe('a line of CSV', () => {
  it('is one record of as many fields, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 2, maxLength: 6 }), (values) => {
        const [record = [], ...more] = readCsv(csvLine(values))
        expect(more).toEqual([])
        // What was added is the apostrophe alone, what was left out the marks of direction.
        const plain = (text: string) => text.replace(marks, '').replaceAll("'", '')
        expect(record.map(plain)).toEqual(values.map(plain))
      }),
    )
  })

  it('has no field that a spreadsheet would compute, whether it separates by comma, semicolon or tab', () => {
    const isFormula = (field: string) => /^[=+\-@＝＋－＠]/.test(field)
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1, maxLength: 4 }), (values) => {
        const line = csvLine(values)
        expect(
          readCsv(line)
            .flat()
            .filter((field) => /^[\t\r\n]/.test(field)),
        ).toEqual([])
        for (const separator of [',', ';', '\t']) {
          expect(readCsv(line, separator).flat().filter(isFormula)).toEqual([])
        }
      }),
    )
  })

  it.each([
    ['Shop', 'Shop'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=1+1', '"\'=1+1"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['-2+3|cmd', '"\'-2+3|cmd"'],
    ['x;=HYPERLINK("http://evil.example")', '"x;\'=HYPERLINK(""http://evil.example"")"'],
    ['a-b', 'a-b'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['\t=1', '"\'\t\'=1"'],
  ])('%j becomes %s', (value, written) => {
    expect(csvLine([value])).toBe(`${written}\r\n`)
  })

  it('has numbers and yes or no as they are, and nothing for nothing', () => {
    expect(csvLine([-1, 0, true, null, ''])).toBe('-1,0,true,,\r\n')
  })
})

interface Row {
  readonly name: string
  readonly count: number | null
}

function tableOf(pages: readonly (readonly Row[])[]): Table<Row> {
  return {
    columns: [
      ['name', ({ name }) => name],
      ['count', ({ count }) => count],
    ],
    pages: (async function* () {
      yield* pages
    })(),
    head: { exportedAt: '2026-03-01T00:00:00.000Z' },
    name: 'rows',
  }
}

async function write(pages: readonly (readonly Row[])[], format: ExportFormat): Promise<string> {
  let text = ''
  for await (const part of encodeTable(tableOf(pages), format)) text += part
  return text
}

const pagesOfRows = fc.array(fc.array(fc.record({ name: awkward, count: fc.option(fc.integer()) }), { maxLength: 4 }), {
  maxLength: 4,
})

it('JSON has every row as it was, and neither markup nor marks of direction in its text', async () => {
  await fc.assert(
    fc.asyncProperty(pagesOfRows, async (pages) => {
      const text = await write(pages, 'json')
      expect(JSON.parse(text)).toEqual({ exportedAt: '2026-03-01T00:00:00.000Z', rows: pages.flat() })
      expect(text).not.toMatch(/[<>&\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})

it('CSV has a header and a record for every row', async () => {
  await fc.assert(
    fc.asyncProperty(pagesOfRows, async (pages) => {
      const records = readCsv(await write(pages, 'csv'))
      expect(records).toHaveLength(1 + pages.flat().length)
      expect(records[0]).toEqual(['name', 'count'])
    }),
  )
})
