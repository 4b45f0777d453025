import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPattern } from './change-exclusions.ts'
import { compileExclusions, type ExclusionKind, parseRange } from './exclusions.ts'
import type { Hit } from './hit.ts'

const hit = (changes: Partial<Hit>): Hit => ({
  projectId: 'p1',
  hostname: 'a.example',
  at: 0,
  userAgent: null,
  path: null,
  address: null,
  ...changes,
})
const matches = (kind: ExclusionKind, pattern: string, changes: Partial<Hit>) =>
  compileExclusions([{ id: 1, kind, pattern, status: 'applied' }])(hit(changes)).excludedBy === 1

describe('an exclusion', () => {
  it.each([
    ['user_agent', 'Uptime', { userAgent: 'x uptimerobot y' }, true],
    ['user_agent', 'Uptime', { userAgent: 'curl' }, false],
    ['user_agent', 'Uptime', {}, false],
    ['path', '/health', { path: '/healthz?x=1' }, true],
    ['path', '/health', { path: '/api/health' }, false],
    ['path', '/health', {}, false],
    ['address', '192.0.2.0/24', { address: '192.0.2.77' }, true],
    ['address', '192.0.2.0/24', { address: '::ffff:192.0.2.77' }, true],
    ['address', '192.0.2.0/24', { address: '192.0.3.1' }, false],
    ['address', '192.0.2.7', { address: '192.0.2.7' }, true],
    ['address', '2001:db8::/32', { address: '2001:db8:1::7' }, true],
    ['address', '2001:db8::/32', { address: '192.0.2.7' }, false],
    ['address', '192.0.2.0/24', { address: 'forged, 192.0.2.7' }, false],
    ['address', 'nonsense', { address: '192.0.2.7' }, false],
    ['list', 'monitors', { userAgent: 'UptimeRobot/2.0' }, true],
    ['list', 'link_previews', { userAgent: 'Twitterbot/1.0' }, true],
    ['list', 'bots', { userAgent: 'Googlebot/2.1' }, true],
    ['list', 'bots', { userAgent: 'Mozilla/5.0 (X11) Firefox/130.0' }, false],
    ['list', 'nonsense', { userAgent: 'Googlebot/2.1' }, false],
  ] as const)('%s:%s of %j is %s', (kind, pattern, changes, isMatched) => {
    expect(matches(kind, pattern, changes)).toBe(isMatched)
  })

  it('that is applied comes before those that are observed, and the oldest first', () => {
    const match = compileExclusions([
      { id: 4, kind: 'path', pattern: '/', status: 'observed' },
      { id: 3, kind: 'path', pattern: '/a', status: 'applied' },
      { id: 2, kind: 'path', pattern: '/a/b', status: 'applied' },
    ])
    expect(match(hit({ path: '/a/b' }))).toEqual({ excludedBy: 2, observedBy: [] })
    expect(match(hit({ path: '/a' }))).toEqual({ excludedBy: 3, observedBy: [] })
    expect(match(hit({ path: '/' }))).toEqual({ excludedBy: null, observedBy: [4] })
  })
})

describe('a range of addresses', () => {
  it.each([
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    'example.com',
    '',
    '/',
    '1',
    'fe80::1%eth0',
  ])('that is none is refused: %s', (pattern) => {
    expect(parseRange(pattern)).toBeNull()
    expect(() => checkPattern({ kind: 'address', pattern })).toThrow(
      expect.objectContaining({ code: 'EXCLUSION_INVALID' }),
    )
  })

  it('holds the address that it is written with, and never fails', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (address, bits) => {
        expect(parseRange(`${address}/${bits}`)).not.toBeNull()
        expect(matches('address', `${address}/${bits}`, { address })).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pattern, address) => {
        expect(matches('address', pattern, { address })).toBe(
          parseRange(pattern) !== null && pattern.trim() === address,
        )
      }),
    )
  })
})

it.each([
  ['path', 'health'],
  ['list', 'everything'],
  ['user_agent', '  \0 '],
  ['user_agent', 'x'.repeat(501)],
] as const)('a pattern that can’t be meant is refused: %s %s', (kind, pattern) => {
  expect(() => checkPattern({ kind, pattern })).toThrow(expect.objectContaining({ code: 'EXCLUSION_INVALID' }))
})
