import { expect, it } from 'vitest'
import { aboutText } from './about.ts'
import { desktopWords } from './words.ts'

const versions = { vigie: '1.2.3', electron: '45.4.1', chrome: '152.0', node: '24.1.0', postgres: '16.4' }

it('the about box names the versions of all that it runs on', () => {
  expect(aboutText(versions, desktopWords(['en']))).toEqual({
    title: 'About Vigie',
    message: 'Vigie 1.2.3',
    detail: 'Electron 45.4.1\nChromium 152.0\nNode 24.1.0\nPostgreSQL 16.4',
  })
})

it('and says so while there is no database', () => {
  expect(aboutText({ ...versions, postgres: null }, desktopWords(['fr'])).detail).toMatch(/PostgreSQL non connecté$/)
})
