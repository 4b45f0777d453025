import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeLicense, licenseOfManifest, listShipped } from './shipped-packages.mjs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))

describe('the packages that are shipped', () => {
  it('all have a licence that allows it', () => {
    const shipped = listShipped(lock, (path) => licenseOfManifest(readFileSync(`${path}/package.json`, 'utf8')))
    expect(shipped.length).toBeGreaterThan(50)
    expect(shipped.filter(({ license }) => !judgeLicense(license))).toEqual([])
  })

  it('leave out what is for development alone', () => {
    const packages = {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '2.0.0', license: 'MIT' },
      'node_modules/b': { version: '1.0.0', license: 'GPL-3.0-only', dev: true },
      'node_modules/a/node_modules/@c/d': { version: '3.0.0' },
    }
    expect(listShipped({ packages }, () => 'ISC')).toEqual([
      { name: '@c/d', version: '3.0.0', license: 'ISC' },
      { name: 'a', version: '2.0.0', license: 'MIT' },
    ])
  })

  it('are all pinned by a digest, and none comes from elsewhere than the registry', () => {
    const entries = Object.entries<{ integrity?: string; resolved?: string; link?: boolean }>(lock.packages)
    const loose = entries.filter(([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'))
    expect(loose.map(([path]) => path)).toEqual([])
  })
})

describe('a manifest of before SPDX', () => {
  it.each([
    ['{"licenses":[{"type":"MIT","url":"x"}]}', 'MIT'],
    ['{"licenses":[{"type":"MIT"},{"type":"GPL"}]}', 'MIT OR GPL'],
    ['{"licenses":[{}]}', null],
    ['{}', null],
  ])('%s: %s', (manifest, license) => {
    expect(licenseOfManifest(manifest)).toBe(license)
  })
})

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR CC0-1.0)', true],
    ['(GPL-3.0-only OR MIT)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
    [null, false],
  ])('%s: %s', (license, isAllowed) => {
    expect(judgeLicense(license)).toBe(isAllowed)
  })
})
