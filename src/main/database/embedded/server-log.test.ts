import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findFatalLine, lastLine, openServerLog, readFrom } from './server-log.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-log-'))
  file = path.join(folder, 'postgres.log')
})
afterEach(async () => await rm(folder, { recursive: true }))

const log = `2026-05-04 03:02:01.000 UTC [41] 57P03 FATAL:  the database system is shutting down
2026-05-04 03:02:01.100 UTC [42] 00000 LOG:  starting PostgreSQL 18.4
2026-05-04 03:02:01.200 UTC [42] F0001 FATAL:  lock file "postmaster.pid" already exists
2026-05-04 03:02:01.200 UTC [42] F0001 HINT:  Is another postmaster running?
`

it('tells what ended a process, by its SQLSTATE', () => {
  const fatal = { sqlState: 'F0001', message: 'lock file "postmaster.pid" already exists' }
  expect(findFatalLine(log, 42)).toEqual(fatal)
  expect(findFatalLine(log, 43)).toBeUndefined()
})

it('has a last line, or none', () => {
  expect(lastLine('postgres: error while loading\nlibxml2.so.2: not found\n')).toBe('libxml2.so.2: not found')
  expect(lastLine('')).toBeUndefined()
})

it('is appended to until it is too long, then begun again', async () => {
  await writeFile(file, 'x'.repeat(100))
  const kept = await openServerLog(file, undefined, 100)
  expect(kept.startsAt).toBe(100)
  await kept.handle.appendFile('more')
  expect(await readFrom(kept.handle, kept.startsAt)).toBe('more')
  await kept.handle.close()

  const emptied = await openServerLog(file, undefined, 100)
  expect(emptied.startsAt).toBe(0)
  expect(await readFrom(emptied.handle, 0)).toBe('')
  await emptied.handle.close()
})

it('refuses in one sentence a place that cannot be written', async () => {
  await expect(openServerLog(folder, undefined)).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
})
