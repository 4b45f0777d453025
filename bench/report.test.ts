import { describe, expect, it } from 'vitest'
import { describeFigure, type Figure, formatTable, isWithinBudget, ratioOf } from './report.ts'

const sweep: Figure = {
  name: 'sweep',
  value: 8_000,
  unit: 'ms',
  reference: { name: 'one update', value: 2_000 },
  budget: { kind: 'at-most-times', ratio: 4 },
}
const rowByRow: Figure = {
  name: 'sweep',
  value: 8_000,
  unit: 'ms',
  reference: { name: 'row by row', value: 80_000 },
  budget: { kind: 'at-least-times-faster', ratio: 10 },
}
const memory: Figure = { name: 'memory', value: 150, unit: 'MB', budget: { kind: 'at-most', value: 150 } }
const known: Figure = { name: 'known', value: 0.1234, unit: 'ms', notes: ['1 ms  here', '2 ms  there'] }

describe('a budget', () => {
  it.each([sweep, rowByRow, memory])('is kept at its boundary: $budget.kind', (figure) => {
    expect(isWithinBudget(figure)).toBe(true)
    expect(isWithinBudget({ ...figure, value: figure.value * 1.001 })).toBe(false)
    expect(isWithinBudget({ ...figure, value: figure.value * 0.999 })).toBe(true)
  })

  it('of a ratio needs a reference', () => {
    const { reference: _reference, ...alone } = sweep
    expect(() => isWithinBudget(alone)).toThrow(RangeError)
  })

  it('is not asked of every figure', () => {
    expect([isWithinBudget(known), ratioOf(known)]).toEqual([null, null])
  })
})

describe('the table', () => {
  const lines = formatTable([sweep, { ...rowByRow, value: 9_000 }, memory, known]).split('\n')

  it('has a line for each figure with its reference, ratio, budget and verdict', () => {
    expect(lines.slice(1, 5).map((line) => line.split(/ {2,}/))).toEqual([
      ['sweep', '8,000 ms', '2,000 ms', 'one update', '4', '<= 4 x', 'ok'],
      ['sweep', '9,000 ms', '80,000 ms', 'row by row', '1/8.89', '<= 1/10 x', 'OVER'],
      ['memory', '150 MB', '<= 150 MB', 'ok'],
      ['known', '0.12 ms'],
    ])
  })

  it('aligns numbers at their right, words at their left', () => {
    const [, first = '', second = '', third = ''] = lines
    expect(first.indexOf('one update')).toBe(second.indexOf('row by row'))
    expect(first.indexOf('8,000 ms') + '8,000 ms'.length).toBe(third.indexOf('150 MB') + '150 MB'.length)
  })

  it('ends with the notes, each under its figure', () => {
    expect(lines.slice(5)).toEqual(['', 'known:', '  1 ms  here', '  2 ms  there'])
  })
})

it('describes a figure as data, with its ratio and verdict', () => {
  expect(describeFigure(sweep)).toEqual({ ...sweep, ratio: 4, isWithinBudget: true })
  expect(JSON.parse(JSON.stringify(describeFigure(known)))).toMatchObject({ ratio: null, isWithinBudget: null })
})
