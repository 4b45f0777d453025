import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countLines, placeLine } from './lay-out-groups.ts'

it('every group and every row of an open one has one line, in their order (property)', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 12 }), (groups) => {
      const open = groups.flatMap((lines, index) => (lines === null ? [] : [{ index, lines }]))
      const expected = groups.flatMap((lines, groupIndex) => [
        { groupIndex, rowIndex: null },
        ...Array.from({ length: lines ?? 0 }, (_, rowIndex) => ({ groupIndex, rowIndex })),
      ])
      expect(countLines(groups.length, open)).toBe(expected.length)
      expect(expected.map((_, line) => placeLine(line, open))).toEqual(expected)
    }),
  )
})
