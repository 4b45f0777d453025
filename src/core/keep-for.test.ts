import { expect, it } from 'vitest'
import { keepFor } from './keep-for.ts'

it('is read again once it is too old, and once for all who ask', async () => {
  let nowMs = 0
  let readings = 0
  const read = keepFor({ maxAgeMs: 60_000, nowMs: () => nowMs }, async () => {
    readings += 1
    return readings
  })
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  nowMs = 59_999
  expect(await read()).toBe(1)
  nowMs = 60_000
  expect(await Promise.all([read(), read()])).toEqual([2, 2])
})

it('that fails is told to all who wait, and tried again by the next who asks', async () => {
  let isAway = true
  const read = keepFor({ maxAgeMs: 60_000, nowMs: () => 0 }, () =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve('there'),
  )
  const answers = await Promise.allSettled([read(), read()])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isAway = false
  expect(await read()).toBe('there')
})
