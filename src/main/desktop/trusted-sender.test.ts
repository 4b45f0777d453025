import { describe, expect, it } from 'vitest'
import { isTrustedSender } from './trusted-sender.ts'

const contents = {}
const page = { origin: 'app://vigie', parent: null, detached: false }

describe('a message', () => {
  it('of our page is trusted', () => {
    expect(isTrustedSender({ sender: contents, senderFrame: page }, contents)).toBe(true)
  })

  it.each([
    ['a frame that is gone', contents, null],
    ['a frame that is being replaced', contents, { ...page, detached: true }],
    ['a frame inside our page', contents, { ...page, parent: page }],
    ['another origin', contents, { ...page, origin: 'https://example.com' }],
    ['an origin that begins like ours', contents, { ...page, origin: 'app://vigie.example' }],
    ['a page without an origin', contents, { ...page, origin: 'null' }],
    ['another window', {}, page],
  ])('of %s is not', (_sender, sender, senderFrame) => {
    expect(isTrustedSender({ sender, senderFrame }, contents)).toBe(false)
  })
})
