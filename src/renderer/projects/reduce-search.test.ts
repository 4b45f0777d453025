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

  it.each([
    ['https://github.com/example/shop', 'example/shop'],
    ['https://github.com/example/shop.git', 'example/shop'],
    ['https://github.com/example/shop.js/', 'example/shop.js'],
    ['https://github.com/example/shop/tree/main?tab=readme#top', 'example/shop'],
    ['https://user:word@github.com/example/shop', 'example/shop'],
    ['github.com/example/shop', 'example/shop'],
    ['git@github.com:example/shop.git', 'example/shop'],
    ['ssh://git@github.com/example/shop.git', 'example/shop'],
  ])('of the repository %s is its full name', (text, name) => {
    expect(reduceSearch(text, 'apps.example')).toBe(name)
  })

  it.each([
    ['https://github.com/', 'github.com'],
    ['https://github.com/example', 'github.com'],
    ['https://github.community.example/example/shop', 'github.community.example'],
  ])('of %s, which is no repository, is its hostname', (text, hostname) => {
    expect(reduceSearch(text, 'apps.example')).toBe(hostname)
  })

  it('of a hostname under the deploy domain is its label', () => {
    expect(reduceSearch('https://blog.apps.example/', 'apps.example')).toBe('blog')
    expect(reduceSearch('blog.apps.example', 'Apps.Example')).toBe('blog')
    expect(reduceSearch('apps.example', 'apps.example')).toBe('apps.example')
  })
})
