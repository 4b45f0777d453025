import { expect, it } from 'vitest'
import { askedLanguage, localeOf, readLanguageChoice, resolveLanguage } from './choose-language.ts'

it.each([
  [['fr-CA', 'en'], 'fr'],
  [['de-DE', 'fr', 'en'], 'fr'],
  [['en-US', 'fr'], 'en'],
  [['de', 'frr'], 'en'],
  [[], 'en'],
] as const)('of a system that speaks %j, it is %s', (tags, language) => {
  expect(resolveLanguage('system', tags)).toBe(language)
})

it('a choice is stronger than the system, and what makes no sense follows it', () => {
  expect(resolveLanguage('en', ['fr-FR'])).toBe('en')
  expect(['fr', 'en', 'de', '', null].map(readLanguageChoice)).toEqual(['fr', 'en', 'system', 'system', 'system'])
})

it('an address may ask for a language, on either side of its #', () => {
  expect(askedLanguage('?lang=fr#/projects')).toBe('fr')
  expect(askedLanguage('#/projects?status=paused&lang=en')).toBe('en')
  expect(askedLanguage('#/projects?q=lang=fr')).toBeUndefined()
})

it('numbers and dates are those of the reader’s region', () => {
  expect(localeOf('en', ['fr-FR', 'en-US'])).toBe('en-US')
  expect(localeOf('fr', ['en-US'])).toBe('fr-FR')
})
