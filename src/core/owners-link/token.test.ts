import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { microsToInstant } from '../instant.ts'
import { type OwnersLink, readToken, signToken } from './token.ts'

const key = randomBytes(32)
const link: OwnersLink = {
  projectId: '0123456789abcdef0123456789abcdef',
  userId: 42,
  deactivatedAt: '2026-03-22T02:00:00.123456Z',
  expiresAt: '2026-03-29T02:00:00.123456Z',
}

const micros = fc.integer({ min: 0, max: 9e15 })
const links = fc.record({
  projectId: fc.stringMatching(/^[0-9a-f]{1,32}$/),
  userId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  deactivatedAt: micros.map(microsToInstant),
  expiresAt: micros.map(microsToInstant),
})

describe('the token of an owner’s link', () => {
  it('says what was signed, to the microsecond, in characters that an address may hold', () => {
    fc.assert(
      fc.property(links, (given) => {
        const token = signToken(key, given)
        expect(readToken(key, token)).toEqual(given)
        expect(token).toMatch(/^[\w.-]{1,120}$/)
      }),
    )
  })

  it('says nothing under another key', () => {
    expect(readToken(randomBytes(32), signToken(key, link))).toBeNull()
  })

  it('says nothing once any of its characters is another', () => {
    const token = signToken(key, link)
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'0189afzAZ_-.%'), (at, character) => {
        fc.pre(token[at] !== character)
        expect(readToken(key, token.slice(0, at) + character + token.slice(at + 1))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('is of one piece: the facts of one link do not go with the signature of another', () => {
    fc.assert(
      fc.property(links, links, (one, other) => {
        const facts = signToken(key, one).split('.').slice(0, 4)
        const signature = signToken(key, other).split('.').at(-1) ?? ''
        fc.pre(signToken(key, one) !== signToken(key, other))
        expect(readToken(key, [...facts, signature].join('.'))).toBeNull()
      }),
    )
  })

  it('is nothing else: garbage of any kind and length is refused', () => {
    const garbage = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('.'.repeat(100_000)))
    fc.assert(fc.property(garbage, (text) => readToken(key, text) === null))
    for (const text of ['', `${signToken(key, link)}=`, ` ${signToken(key, link)}`, `${signToken(key, link)}\n`]) {
      expect(readToken(key, text)).toBeNull()
    }
  })
})
