import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

it('measures a million projects unless told otherwise', () => {
  expect(readOptions([])).toEqual({ projects: 1_000_000, isExplaining: false })
  expect(readOptions(['--projects', '20000', '--explain'])).toEqual({ projects: 20_000, isExplaining: true })
})

it.each([['--projects'], ['--projects=12.5'], ['--projects=many'], ['--projects=999'], ['--rows=20000'], ['20000']])(
  'does not guess at %s',
  (argument) => {
    expect(readOptions([argument])).toBeNull()
  },
)
