import { expect, it } from 'vitest'
import { isOwnUrl, isPlatformUrl } from './origin.ts'

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

it('the platform is the configured web app alone', () => {
  const platform = 'https://app.example'
  for (const url of ['https://app.example/', 'https://app.example/team/projects/a%2Fb', 'https://APP.example:443/x']) {
    expect(isPlatformUrl(url, platform)).toBe(true)
    expect(isPlatformUrl(url, null)).toBe(false)
  }
  for (const url of [
    'http://app.example/',
    'https://app.example.evil/',
    'https://app.example@evil/',
    'https://someone@app.example/',
    'https://app.example:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//app.example/',
    '',
  ]) {
    expect(isPlatformUrl(url, platform)).toBe(false)
  }
})
