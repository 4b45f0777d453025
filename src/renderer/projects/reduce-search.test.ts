import { describe, expect, it } from 'vitest'
import { reduceSearch } from './reduce-search.ts'

describe('what is searched for', () => {
  it.each([
    ['https://shop.example/cart?x=1#top', 'shop.example'],
    ['http://shop.example:8080', 'shop.example'],
    ['shop.example/cart', 'shop.example'],
    ['shop.example:443', 'shop.example'],
    ['  shop.example ', 'shop.example'],
    ['https://été.example/', 'xn--t-9fab.example'],
    ['https://user:word@shop.example/', 'shop.example'],
  ])('of the address %s is its hostname', (text, hostname) => {
    expect(reduceSearch(text, null)).toBe(hostname)
  })

  it.each([['my project'], ['a/b'], ['<b>Démo</b>'], ['v1.2'], ['client-07'], ['O’Brien: shop'], ['https://'], ['']])(
    'of the words "%s" is what was typed',
    (text) => {
      expect(reduceSearch(text, 'apps.example')).toBe(text)
    },
  )

  it('of a hostname under the deploy domain is its label', () => {
    expect(reduceSearch('https://blog.apps.example/', 'apps.example')).toBe('blog')
    expect(reduceSearch('blog.apps.example', 'Apps.Example')).toBe('blog')
    expect(reduceSearch('apps.example', 'apps.example')).toBe('apps.example')
  })
})
