import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter } from './line-splitter.ts'

/** Feeds a splitter in pieces that end at these places; all lines, and all bytes that it has told of. */
function splitAt(bytes: Buffer, places: readonly number[], maxBytes: number) {
  const splitter = createLineSplitter(maxBytes)
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  const parts = [...cuts, bytes.length].map((end, index) =>
    splitter.push(Buffer.from(bytes.subarray(cuts[index - 1] ?? 0, end))),
  )
  parts.push(splitter.finish())
  return {
    lines: parts.flatMap((part) => part.lines),
    tooLong: parts.reduce((sum, part) => sum + part.tooLong, 0),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
  }
}

describe('a splitter of lines', () => {
  it('gives the same lines wherever its pieces end', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\n', ' '))
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), fc.boolean(), (lines, places, isEnded) => {
        const text = lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '')
        const wanted = text === '' ? [] : text.replace(/\n$/, '').split('\n')
        const bytes = Buffer.from(text)
        expect(splitAt(bytes, places, 1_000)).toEqual({ lines: wanted, tooLong: 0, bytes: bytes.length })
      }),
    )
  })

  it('leaves out what is too long, wherever its pieces end', () => {
    const line = fc.nat(20).map((length) => 'x'.repeat(length))
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, places) => {
        const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''))
        const { lines: found, tooLong, bytes: told } = splitAt(bytes, places, 10)
        expect(found).toEqual(lines.filter((each) => each.length <= 10))
        expect(tooLong).toBe(lines.filter((each) => each.length > 10).length)
        expect(told).toBe(bytes.length)
      }),
    )
  })

  it('tells of the bytes of whole lines only', () => {
    const splitter = createLineSplitter()
    expect(splitter.push(Buffer.from('one\ntw'))).toEqual({ lines: ['one'], bytes: 4, tooLong: 0 })
    expect(splitter.push(Buffer.from('o'))).toEqual({ lines: [], bytes: 0, tooLong: 0 })
    expect(splitter.push(Buffer.from('\n'))).toEqual({ lines: ['two'], bytes: 4, tooLong: 0 })
  })

  it('takes a line of a megabyte and not one byte more', () => {
    const splitter = createLineSplitter()
    const mega = 'm'.repeat(1024 * 1024)
    expect(splitter.push(Buffer.from(`${mega}\n`)).lines).toEqual([mega])
    expect(splitter.push(Buffer.from(`${mega}m\nnext\n`))).toMatchObject({ lines: ['next'], tooLong: 1 })
  })
})
