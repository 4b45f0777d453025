import { expect, it } from 'vitest'
import { isPermitted } from './permissions.ts'

it('lets our page write text to the clipboard', () => {
  expect(isPermitted('clipboard-sanitized-write', true, 'app://vigie/')).toBe(true)
})

it.each([
  ['clipboard-sanitized-write', false, 'app://vigie/'],
  ['clipboard-sanitized-write', true, 'https://example.com/'],
  ['clipboard-sanitized-write', true, ''],
  ['clipboard-read', true, 'app://vigie/'],
  ['notifications', true, 'app://vigie/'],
  ['media', true, 'app://vigie/'],
  ['openExternal', true, 'app://vigie/'],
  ['unknown', true, 'app://vigie/'],
])('denies %s (main frame: %s, %j)', (permission, isMainFrame, url) => {
  expect(isPermitted(permission, isMainFrame, url)).toBe(false)
})
