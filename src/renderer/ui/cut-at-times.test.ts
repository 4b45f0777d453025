import { expect, it } from 'vitest'
import { createFormats } from '../i18n/formats.ts'
import { cutAtTimes } from './cut-at-times.ts'

const { exact, deadline } = createFormats('en-GB', 'America/New_York')
const since = '2026-11-01T05:30:00.000Z'
const until = '2026-11-01T06:30:00.000Z'

it('finds the times of a sentence, in their order, and leaves the rest as it is', () => {
  const text = `Silent from ${exact(since)} to ${deadline(until)}: nobody watched.`
  const pieces = cutAtTimes(text, [since, null, until], [deadline, exact])
  expect(pieces.map(({ part }) => part).join('')).toBe(text)
  expect(pieces.filter(({ at }) => at !== null).map(({ part, at }) => [part, at])).toEqual([
    ['1 Nov 2026, 01:30', since],
    ['1 Nov 2026, 01:30 GMT-5', until],
  ])
})

it('two that look alike are told apart by their order', () => {
  const pieces = cutAtTimes(`${exact(since)} to ${exact(until)}`, [since, until], [deadline, exact])
  expect(pieces.flatMap(({ at }) => at ?? [])).toEqual([since, until])
})

it('a sentence without a time is one piece, an empty one none', () => {
  expect(cutAtTimes('Nothing.', [since], [exact])).toEqual([{ part: 'Nothing.', at: null, start: 0 }])
  expect(cutAtTimes('', [since], [exact])).toEqual([])
})
