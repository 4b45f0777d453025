import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLanguage, wantsPage } from './negotiate.ts'

const chrome = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'

describe('what a client would rather have', () => {
  it.each([
    ['a browser', chrome, true],
    ['curl', '*/*', false],
    ['nobody in particular', undefined, false],
    ['a program', 'application/json', false],
    ['a program that would rather have data', 'application/problem+json, text/html;q=0.5', false],
    ['a browser that would rather have a page', 'text/html, application/json;q=0.9', true],
    ['one that refuses HTML', 'text/html;q=0', false],
    ['one that can’t spell', 'text/html;q=high', false],
    ['one that shouts', 'TEXT/HTML', true],
  ])('%s', (_name, accept, isPage) => {
    expect(wantsPage(accept)).toBe(isPage)
  })

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['de-DE,de;q=0.9,fr;q=0.8,en;q=0.7', 'fr'],
    ['de', 'en'],
    ['fr;q=0', 'en'],
    ['fr-CA', 'fr'],
    ['fry', 'en'],
  ])('%s: %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language)
  })

  it('takes any header, of any length, for what it is', () => {
    const header = fc.string({ unit: 'binary', maxLength: 1_500 })
    fc.assert(
      fc.property(header, header, (accept, language) => {
        expect(typeof wantsPage(accept)).toBe('boolean')
        expect(['en', 'fr']).toContain(chooseLanguage(language))
      }),
    )
  })
})
