import { describe, expect, it } from 'vitest'
import type { SearchMatch } from '../../core/queries/search.ts'
import { exactFirst, pickMatch, splitMatch } from './split-match.ts'

describe('the part that was found', () => {
  it.each([
    ['www.Shop.example', 'shop', ['www.', 'Shop', '.example']],
    ['shop', 'SHOP', ['', 'shop', '']],
    ['shop', 'blog', ['shop', '', '']],
    ['shop', '', ['shop', '', '']],
    ['İstanbul shop', 'shop', ['İstanbul shop', '', '']],
  ])('of "%s" for "%s"', (text, search, [before, found, after]) => {
    expect(splitMatch(text, search)).toEqual({ before, found, after })
  })
})

describe('the row that is meant', () => {
  const row = (id: string, match: SearchMatch | null) => ({ id, match })

  it('has exactly what was searched for', () => {
    const rows = [
      row('a', { kind: 'hostname', text: 'my-shop.example' }),
      row('b', { kind: 'hostname', text: 'Shop.example' }),
    ]
    expect(pickMatch(rows, 'shop.example')?.id).toBe('b')
  })

  it('comes before the others, which keep their order', () => {
    const names = ['shop-two', 'Shop', 'shops', 'shop']
    const rows = names.map((text) => row(text, { kind: 'name', text }))
    expect(exactFirst(rows, 'shop').map(({ id }) => id)).toEqual(['Shop', 'shop', 'shop-two', 'shops'])
  })

  it('is the first where none has', () => {
    expect(pickMatch([row('a', { kind: 'name', text: 'shops' }), row('b', null)], 'shop')?.id).toBe('a')
    expect(pickMatch([], 'shop')).toBeUndefined()
  })
})
