import { expect, it } from 'vitest'
import { matchesWords } from './match-words.ts'

it.each([
  ['', 'Overview', true],
  ['   ', 'Overview', true],
  ['over', 'Overview', true],
  ['view', 'Overview', false],
  ['lang fr', 'Language: Français', true],
  ['francais', 'Langue : Français', true],
  ['ENSEMBLE', 'Vue d’ensemble', true],
  ['sweep run', 'Run a sweep… (asks before it starts)', true],
  ['sweep mail', 'Run a sweep…', false],
  ['🦉', 'Projects', false],
])('%j finds %j: %s', (query, text, isFound) => {
  expect(matchesWords(query, text)).toBe(isFound)
})
