import { expect, it } from 'vitest'
import { isOwnUrl } from './origin.ts'

it.each(['app://vigie', 'app://vigie/', 'app://vigie/index.html?a=1#/projects/3f', 'app://vigie/../x'])(
  '%s is ours',
  (url) => {
    expect(isOwnUrl(url)).toBe(true)
  },
)

it.each([
  'app://vigie.example/',
  'app://vigie:80/',
  'app://vigie@example/',
  'app://someone@vigie/',
  'app://someone:secret@vigie/',
  'app://VIGIE/',
  'app:vigie',
  'app:///vigie',
  'apps://vigie/',
  'https://vigie/',
  'file:///app://vigie/',
  'javascript:alert(1)',
  'data:text/html,app://vigie/',
  'about:blank',
  'null',
  '',
])('%j is foreign', (url) => {
  expect(isOwnUrl(url)).toBe(false)
})
