import { expect, it } from 'vitest'
import {
  allMarked,
  beginMarking,
  bringBack,
  canBringBack,
  changeList,
  countMarked,
  isMarked,
  mark,
  nothingMarked,
} from './marked.ts'

it('some are marked and unmarked by id', () => {
  const two = mark(nothingMarked, ['a', 'b'], true)
  expect(['a', 'b', 'c'].map((id) => isMarked(two, id))).toEqual([true, true, false])
  expect(countMarked(mark(two, ['a', 'c'], false), 99)).toBe(1)
})

it('of all that match, some are left out and taken in again', () => {
  const most = mark(allMarked, ['a', 'b'], false)
  expect(['a', 'c'].map((id) => isMarked(most, id))).toEqual([false, true])
  expect(countMarked(most, 4_312)).toBe(4_310)
  expect(countMarked(mark(most, ['a'], true), 4_312)).toBe(4_311)
  expect(countMarked(most, null)).toBeNull()
})

it('other filters put the marks aside; the same filters, or a wish, bring them back', () => {
  const marked = { ...beginMarking('inactive'), marked: mark(nothingMarked, ['a'], true) }
  const elsewhere = changeList(marked, 'paused')
  expect([countMarked(elsewhere.marked, 5), canBringBack(elsewhere)]).toEqual([0, true])
  const further = changeList(elsewhere, 'deleted')
  expect(changeList(further, 'inactive')).toEqual(marked)
  expect(bringBack(further)).toEqual({ ...marked, listKey: 'deleted' })
})

it('“all that match” would be others under other filters, and returns with its own alone', () => {
  const all = { ...beginMarking('inactive'), marked: allMarked }
  const elsewhere = changeList(all, 'paused')
  expect(canBringBack(elsewhere)).toBe(false)
  expect(bringBack(elsewhere)).toBe(elsewhere)
  expect(changeList(elsewhere, 'inactive')).toEqual(all)
})

it('new marks take the place of those put aside', () => {
  const first = { ...beginMarking('a'), marked: mark(nothingMarked, ['1'], true) }
  const second = { ...changeList(first, 'b'), marked: mark(nothingMarked, ['2'], true) }
  expect(changeList(second, 'c').aside).toEqual({ listKey: 'b', marked: second.marked })
})
