import { expect, it } from 'vitest'
import { createKeyReader, type PressedKey, sequenceMs } from './read-keys.ts'
import { focusedShortcut, type Shortcut, shortcuts } from './shortcuts.ts'

const on = { isMac: false, areLettersOn: () => true }
const bare = { ctrlKey: false, metaKey: false, altKey: false, isTyping: false, atMs: 0 }
const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({ ...bare, key, ...more })

it('no two shortcuts have the same key, and no key begins another', () => {
  const keys = shortcuts.flatMap((shortcut: Shortcut) => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
  const firsts = keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0])
  expect(keys.filter((key) => firsts.includes(key))).toEqual([])
})

it('every key of the table is read as what it says', () => {
  for (const { id, keys } of shortcuts) {
    for (const written of keys) {
      const reader = createKeyReader(on)
      const isModified = written.startsWith('Mod+')
      const readings = written
        .replace('Mod+', '')
        .split(' ')
        .map((key) => reader.read(press(key, { ctrlKey: isModified })))
      expect(readings.at(-1)).toBe(id)
    }
  }
})

it('two keys after one another are one shortcut, if the second follows soon', () => {
  const reader = createKeyReader(on)
  expect(reader.read(press('g'))).toBe('pending')
  expect(reader.read(press('p', { atMs: sequenceMs }))).toBe('goProjects')
  expect(reader.read(press('g', { atMs: 0 }))).toBe('pending')
  expect(reader.read(press('p', { atMs: sequenceMs + 1 }))).toBe('preview')
})

it('a second key that means nothing ends the sequence, and is read for itself', () => {
  const reader = createKeyReader(on)
  expect([reader.read(press('g')), reader.read(press('j')), reader.read(press('p'))]).toEqual([
    'pending',
    'nextRow',
    'preview',
  ])
})

it('nothing fires in a field, but the palette', () => {
  for (const { id, keys } of shortcuts) {
    for (const key of keys) {
      const reader = createKeyReader(on)
      if (id === 'palette') expect(reader.read(press('k', { ctrlKey: true, isTyping: true }))).toBe('palette')
      else for (const one of key.split(' ')) expect(reader.read(press(one, { isTyping: true }))).toBeNull()
    }
  }
})

it('what the browser or the system has with a modifier stays theirs', () => {
  const reader = createKeyReader(on)
  for (const key of 'abcdefghijlmnopqrstuvwxyz/?') {
    expect(reader.read(press(key, { ctrlKey: true }))).toBeNull()
    expect(reader.read(press(key, { altKey: true }))).toBeNull()
    expect(reader.read(press(key, { metaKey: true }))).toBeNull()
  }
})

it('a Mac has ⌘ where others have Ctrl', () => {
  const mac = createKeyReader({ ...on, isMac: true })
  expect(mac.read(press('k', { metaKey: true }))).toBe('palette')
  expect(mac.read(press('k', { ctrlKey: true }))).toBeNull()
  expect(createKeyReader(on).read(press('k', { metaKey: true }))).toBeNull()
})

it('with the letters switched off, only what no assistive technology types is left', () => {
  const reader = createKeyReader({ ...on, areLettersOn: () => false })
  for (const key of ['g', 'p', '/', '?', 'j', 'u', 'r']) expect(reader.read(press(key))).toBeNull()
  expect(reader.read(press('Escape'))).toBe('close')
  expect(reader.read(press('K', { ctrlKey: true }))).toBe('palette')
})

it('in a list that has the focus, the arrows do what the letters do everywhere', () => {
  expect(['ArrowDown', 'ArrowUp', 'Enter', ' ', 'x'].map(focusedShortcut)).toEqual([
    'nextRow',
    'previousRow',
    'openRow',
    'markRow',
    undefined,
  ])
})
