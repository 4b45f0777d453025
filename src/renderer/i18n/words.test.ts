import { expect, it } from 'vitest'
import { errorClasses } from '../../core/errors.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'

/** Every text of a dictionary with where it stands; functions are asked with a few numbers. */
function listTexts(words: object, path = ''): [path: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') return [[here, value] as [string, string]]
    if (isTeller(value)) return here === 'errors.sentence' ? [] : askEach(here, value)
    return typeof value === 'object' && value !== null ? listTexts(value, here) : []
  })
}

type Teller = (...values: readonly unknown[]) => unknown

function isTeller(value: unknown): value is Teller {
  return typeof value === 'function'
}

function askEach(path: string, ask: Teller): [string, string][] {
  const values: readonly unknown[][] = [
    [0, 0, 0],
    [1, 1, 1],
    [2, 3, 4],
    [2_000, 0, 1],
  ]
  return values.map((given) => [`${path}(${given.join(', ')})`, String(ask(...given))])
}

const dictionaries = [
  ['en', en],
  ['fr', fr],
] as const

it('both languages have words for the same', () => {
  expect(listTexts(fr).map(([path]) => path)).toEqual(listTexts(en).map(([path]) => path))
})

it.each(dictionaries)('no text of %s is empty, breaks off or shouts', (_language, words) => {
  const bad = listTexts(words).filter(([, text]) => text.trim() === '' || /undefined|NaN|!|\bx{3}/.test(text))
  expect(bad).toEqual([])
})

it('French is French: what both say alike is meant so', () => {
  const english = new Map(listTexts(en))
  const alike = listTexts(fr)
    .filter(([path, text]) => english.get(path) === text)
    .map(([, text]) => text)
  const words = new Set(alike.filter((text) => /[a-z]{4}/i.test(text) && !text.startsWith('Vigie')))
  expect(words).toEqual(
    new Set([
      'Agents',
      'Code',
      'Ctrl',
      'English',
      'Exemption',
      'Français',
      'Note',
      'Notes',
      'Version',
      'admin',
      'agent',
      'console',
      'minute',
      'minutes',
    ]),
  )
})

it('every error has a sentence in both languages, which ends as one', () => {
  for (const code of [...Object.keys(errorClasses), 'VIGIE_UNREACHABLE'] as (keyof typeof errorClasses)[]) {
    expect(fr.errors.sentence({ code, message: 'Something.' })).toMatch(/[.)]$/)
    expect(en.errors.sentence({ code, message: 'Something.' })).toMatch(/\.$/)
  }
})

it('numbers agree with what they count, each language in its way', () => {
  expect([0, 1, 2].map(en.projects.total)).toEqual(['0 projects', '1 project', '2 projects'])
  expect([0, 1, 2].map(fr.projects.total)).toEqual(['0 projet', '1 projet', '2 projets'])
})

it('a confirmation says what will be done, and nothing that will not', () => {
  expect(en.sweeps.confirm(28, 11)).toBe('Put 28 projects to sleep and permanently disable 11.')
  expect(en.sweeps.confirm(1, 0)).toBe('Put 1 project to sleep.')
  expect(en.sweeps.confirm(0, 11)).toBe('Permanently disable 11 projects.')
  expect(en.sweeps.confirmAction(28, 11)).toBe('Put 28 to sleep, disable 11')
  expect(fr.sweeps.confirmAction(0, 1)).toBe('Désactiver définitivement 1 projet')
})
