import { expect, it } from 'vitest'
import { readDays } from './read-days.ts'

it('reads whole days that a threshold may have, and nothing else', () => {
  expect(['1', ' 5 ', '3650', '007'].map(readDays)).toEqual([1, 5, 3_650, 7])
  expect(['', ' ', '0', '3651', '-1', '1.5', '1e3', '٣', '9'.repeat(30), 'five'].map(readDays)).toEqual(
    Array.from({ length: 10 }, () => null),
  )
})
