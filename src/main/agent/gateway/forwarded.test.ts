import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForwarded } from './forwarded.ts'

describe('what a proxy says of a request', () => {
  it('is read whatever the case of its headers, and the address is the last one', () => {
    const asked = readForwarded([
      ...['Host', '127.0.0.1', 'x-forwarded-host', 'owl.example', 'X-Forwarded-URI', '/nest?x=1'],
      ...['X-FORWARDED-FOR', '198.51.100.9, 192.0.2.1', 'User-Agent', 'curl/8'],
    ])
    expect(asked).toEqual({ hostname: 'owl.example', path: '/nest?x=1', address: '192.0.2.1', userAgent: 'curl/8' })
  })

  it('is nothing where nothing is said', () => {
    expect(readForwarded(['Host', '127.0.0.1'])).toEqual({
      hostname: undefined,
      path: null,
      address: null,
      userAgent: null,
    })
  })

  it('takes two hostnames for none, and of two user agents the first one', () => {
    const twice = ['X-Forwarded-Host', 'owl.example', 'X-Forwarded-Host', 'lark.example']
    const asked = readForwarded([...twice, 'User-Agent', 'curl/8', 'User-Agent', 'other'])
    expect(asked.hostname).toBe('owl.example, lark.example')
    expect(asked.userAgent).toBe('curl/8')
  })

  it('takes any list of strings', () => {
    const names = fc.constantFrom(
      'X-Forwarded-Host',
      'x-forwarded-for',
      'User-Agent',
      'X-Forwarded-Uri',
      '',
      '__proto__',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.string())), (raw) => {
        const { hostname, address } = readForwarded(raw)
        expect(hostname === undefined || raw.some((text) => hostname.includes(text))).toBe(true)
        expect(address?.includes(',') ?? false).toBe(false)
      }),
    )
  })
})
