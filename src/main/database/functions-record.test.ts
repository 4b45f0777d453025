import { expect, it } from 'vitest'
import { canWorkWith, describeFunctions } from './functions-record.ts'

it.each<[string, string | null, boolean]>([
  ['its own', 'aa 1.9.0', true],
  ['the same, made by another version', 'aa 1.8.0', true],
  ['a later version’s', 'bb 1.10.0', true],
  ['a much later version’s', 'bb 2.0', true],
  ['an earlier version’s', 'bb 1.8.12', false],
  ['another build’s of the same version', 'bb 1.9.0', false],
  ['of before versions were on record', 'bb', false],
  ['unknown', null, false],
])('functions that are %s', (_whose, recorded, expected) => {
  expect(canWorkWith(recorded, 'aa 1.9.0')).toBe(expected)
})

it('describes its own as ones that it can work with', () => {
  expect(describeFunctions()).toMatch(/^[0-9a-f]{32} \d+\.\d+\.\d+$/)
  expect(canWorkWith(describeFunctions(), describeFunctions())).toBe(true)
})
