import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DataFolder, prepareDataFolder } from './data-folder.ts'
import { tryStartLock } from './start-lock.ts'

let folders: DataFolder[]

beforeEach(async () => {
  const made = [1, 2].map(async () => await mkdtemp(path.join(tmpdir(), 'vigie-lock-')))
  folders = await Promise.all(made.map(async (folder) => await prepareDataFolder(await folder, false)))
})
afterEach(async () => {
  for (const { dataDir } of folders) await rm(dataDir, { recursive: true })
})

it('is held by one at a time, for each folder', async () => {
  const [one, other] = folders
  if (!one || !other) throw new Error('unreachable')
  const held = await tryStartLock(one)
  expect(held).toBeDefined()
  expect(await tryStartLock(one)).toBeUndefined()
  const ofOther = await tryStartLock(other)
  expect(ofOther).toBeDefined()

  await held?.release()
  const again = await tryStartLock(one)
  expect(again).toBeDefined()
  await again?.release()
  await ofOther?.release()
})

it.runIf(process.platform === 'linux')('leaves no file', async () => {
  const [folder] = folders
  if (!folder) throw new Error('unreachable')
  const held = await tryStartLock(folder)
  expect(await readdir(folder.dataDir)).toEqual([])
  await held?.release()
})
