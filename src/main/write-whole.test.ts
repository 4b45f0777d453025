import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeWhole } from './write-whole.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-whole-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('takes the place of what was there, for its owner alone, and leaves nothing beside it', async () => {
  const file = path.join(folder, 'file')
  await writeFile(file, 'before, and longer')
  await writeFile(`${file}.part`, 'of a writer that was killed')
  await writeWhole(file, 'after')
  expect(await readFile(file, 'utf8')).toBe('after')
  expect(await readdir(folder)).toEqual(['file'])
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
})

it('leaves what was there when it can’t be written', async () => {
  const taken = path.join(folder, 'taken')
  await mkdir(path.join(taken, 'in use'), { recursive: true })
  await expect(writeWhole(taken, 'text')).rejects.toThrow()
  expect(await readdir(taken)).toEqual(['in use'])
  expect(await readdir(folder)).not.toContain('taken.part')
})
