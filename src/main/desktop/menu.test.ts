import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from './menu.ts'
import { desktopWords } from './words.ts'

function build(platform: NodeJS.Platform, language: string, isDevelopment = false, hasChoice = true) {
  const asked: string[] = []
  const template = menuTemplate({
    platform,
    isDevelopment,
    words: desktopWords([language]),
    onAbout: () => asked.push('about'),
    onConnection: hasChoice ? () => asked.push('connection') : null,
    onPage: (hash) => asked.push(hash),
  })
  return { template, items: template.flatMap(itemsOf), asked }
}

function itemsOf(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  const below = Array.isArray(item.submenu) ? item.submenu.flatMap(itemsOf) : []
  return [item, ...below]
}

describe.each(['darwin', 'win32', 'linux'] as const)('on %s', (platform) => {
  it.each(['en-GB', 'fr-CA'])('every item has a label in %s, or is a line', (language) => {
    const { items } = build(platform, language)
    expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([])
  })

  it('can copy, paste, zoom and quit, and tells about itself once', () => {
    const { items, asked } = build(platform, 'en')
    const roles = items.map(({ role }) => role)
    expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'zoomIn', 'quit', 'togglefullscreen']))
    expect(roles).not.toContain('toggleDevTools')
    const about = items.filter(({ label }) => label === 'About Vigie')
    expect(about).toHaveLength(1)
    for (const { click } of about) Reflect.apply(click ?? (() => {}), undefined, [])
    expect(asked).toEqual(['about'])
  })

  it('leads back to the choice of a database, where there is one', () => {
    const { items, asked } = build(platform, 'en')
    for (const { label, click } of items) {
      if (label === 'Change the Connection…') Reflect.apply(click ?? (() => {}), undefined, [])
    }
    expect(asked).toEqual(['connection'])
    expect(build(platform, 'en', false, false).items.map(({ label }) => label)).not.toContain('Change the Connection…')
  })

  it('no shortcut is there twice', () => {
    const shortcuts = build(platform, 'en').items.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []))
    expect(new Set(shortcuts).size).toBe(shortcuts.length)
    expect(shortcuts).toContain('CmdOrCtrl+1')
  })
})

it('the menu of the application comes first on macOS, and the file menu elsewhere', () => {
  expect(build('darwin', 'fr').template.map(({ label }) => label)).toEqual(['Vigie', 'Édition', 'Affichage', 'Fenêtre'])
  expect(build('linux', 'fr').template.map(({ label }) => label)).toEqual([
    'Fichier',
    'Édition',
    'Affichage',
    'Fenêtre',
    'Aide',
  ])
})

it('the developer tools are there in development', () => {
  expect(build('linux', 'en', true).items.map(({ role }) => role)).toContain('toggleDevTools')
})

it.each([
  [['de-DE', 'fr-FR', 'en'], 'Aide'],
  [['de-DE'], 'Help'],
  [[], 'Help'],
])('%j is spoken to with “%s”', (languages, help) => {
  expect(desktopWords(languages).help).toBe(help)
})
