import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings, writeSettings } from './settings.ts'

let folder: string
const warnings: string[] = []
const log = { info() {}, warn: (_fields: object, message: string) => warnings.push(message), error() {} }

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-settings-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('are the defaults where there is no file', async () => {
  expect(await readSettings(folder, log)).toEqual({ runsScheduler: null, connection: null })
  expect(warnings).toEqual([])
})

it.each([
  ['{"runsScheduler": true}', true],
  ['{"runsScheduler": false, "more": 1}', false],
  ['{}', null],
])('%s says %s', async (text, runsScheduler) => {
  await writeFile(path.join(folder, 'settings.json'), text)
  expect(await readSettings(folder, log)).toEqual({ runsScheduler, connection: null })
})

it.each(['', '{', '[]', '{"runsScheduler": "yes"}'])(
  '%j is set aside and told of; the defaults count',
  async (text) => {
    const own = await mkdtemp(path.join(folder, 'broken-'))
    await writeFile(path.join(own, 'settings.json'), text)
    warnings.length = 0
    expect(await readSettings(own, log)).toEqual({ runsScheduler: null, connection: null })
    expect(warnings).toHaveLength(1)
    expect(await readdir(own)).toEqual(['settings.json.broken'])
    expect(await readFile(path.join(own, 'settings.json.broken'), 'utf8')).toBe(text)
    await writeSettings(own, { runsScheduler: true })
    expect(await readSettings(own, log)).toEqual({ runsScheduler: true, connection: null })
    expect(warnings).toHaveLength(1)
  },
)

it('what can’t be read at all stays, is told of, and nothing runs by itself', async () => {
  const own = await mkdtemp(path.join(folder, 'unreadable-'))
  await mkdir(path.join(own, 'settings.json'))
  warnings.length = 0
  expect(await readSettings(own, log)).toEqual({ runsScheduler: false, connection: null })
  expect(warnings).toHaveLength(1)
  expect(await readdir(own)).toEqual(['settings.json'])
})

it('are written where there is nothing yet, and what else stands there is kept', async () => {
  const fresh = path.join(folder, 'new', 'data')
  await writeSettings(fresh, { runsScheduler: true })
  expect(await readSettings(fresh, log)).toEqual({ runsScheduler: true, connection: null })
  await writeFile(path.join(fresh, 'settings.json'), '{"more": [1], "runsScheduler": true}')
  await writeSettings(fresh, { runsScheduler: false })
  expect(JSON.parse(await readFile(path.join(fresh, 'settings.json'), 'utf8'))).toEqual({
    more: [1],
    runsScheduler: false,
  })
  expect(await readdir(fresh)).toEqual(['settings.json'])
})

it.each(['', '{', '[]'])('%j is not overwritten', async (text) => {
  await writeFile(path.join(folder, 'settings.json'), text)
  await expect(writeSettings(folder, { runsScheduler: true })).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  expect(await readFile(path.join(folder, 'settings.json'), 'utf8')).toBe(text)
})
