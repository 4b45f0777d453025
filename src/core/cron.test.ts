import { expect, it } from 'vitest'
import { cronProblem } from './cron.ts'

it.each([
  '0 2 * * *',
  '*/15 0-6 1,15 * 1-5',
  '0 0 29 2 *',
  '0 0 31 1-12/2 *',
  '30 4 * * 7',
  // Either of the two days is enough.
  '0 0 31 2 1',
  '  0   2 * * * ',
])('%s comes', (expression) => {
  expect(cronProblem(expression)).toBeNull()
})

it.each([
  ['', /five fields/],
  ['0 2 * *', /five fields/],
  ['0 0 2 * * *', /five fields/],
  ['60 2 * * *', /minute/],
  ['0 24 * * *', /hour/],
  ['0 2 0 * *', /day of the month/],
  ['0 2 * 13 *', /month/],
  ['0 2 * * 8', /day of the week/],
  ['5-1 2 * * *', /minute/],
  ['*/0 2 * * *', /minute/],
  ['5/15 2 * * *', /minute/],
  ['-1 2 * * *', /minute/],
  ['0 2 * * MON', /week/],
  ['0 0 31 2 *', /never/],
  ['0 0 30,31 2 *', /never/],
  ['0 0 31 4,6,9,11 *', /never/],
])('%s is refused', (expression, problem) => {
  expect(cronProblem(expression)).toMatch(problem)
})
