import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPrivateFolder, prepareSocketFolder, socketFolderCandidates } from './socket-folder.ts'

function folderAt(dataDir: string) {
  return { dataDir, clusterDir: `${dataDir}/postgres`, logFile: `${dataDir}/postgres.log`, id: '0123456789abcdef' }
}

describe('the places for the socket', () => {
  const user = { isRoot: false, runtimeDir: '/run/user/1000', tmpDir: '/var/tmp' }

  it('begin with the data folder', () => {
    expect(socketFolderCandidates(folderAt('/home/ada/vigie'), user)).toEqual([
      '/home/ada/vigie/run',
      '/run/user/1000/vigie-0123456789abcdef',
      '/var/tmp/vigie-0123456789abcdef',
      '/tmp/vigie-0123456789abcdef',
    ])
  })

  it('are only those whose path fits into a socket’s address, counted in bytes', () => {
    const fits = `/${'a'.repeat(103 - '//run/.s.PGSQL.5432'.length)}`
    expect(socketFolderCandidates(folderAt(fits), user)[0]).toBe(`${fits}/run`)
    expect(socketFolderCandidates(folderAt(`${fits}a`), user)[0]).toBe('/run/user/1000/vigie-0123456789abcdef')
    expect(socketFolderCandidates(folderAt(`${fits.slice(1)}é`), user)[0]).toBe('/run/user/1000/vigie-0123456789abcdef')
  })

  it('are not root’s runtime folder, which its server cannot enter', () => {
    const root = { isRoot: true, runtimeDir: '/run/user/0', tmpDir: '/tmp' }
    expect(socketFolderCandidates(folderAt(`/${'a'.repeat(100)}`), root)[0]).toBe('/run/vigie-0123456789abcdef')
  })

  it('leave out a runtime folder that is no absolute path', () => {
    const odd = { ...user, runtimeDir: 'run' }
    expect(socketFolderCandidates(folderAt(`/${'a'.repeat(100)}`), odd)[0]).toBe('/var/tmp/vigie-0123456789abcdef')
  })
})

describe.skipIf(process.platform === 'win32')('the folder of the socket', () => {
  const ownUid = process.getuid?.() ?? -1
  let base: string

  beforeEach(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'vigie-socket-'))
  })
  afterEach(async () => await rm(base, { recursive: true }))

  it('is made private, and taken again', async () => {
    const folder = path.join(base, 'run')
    expect(await prepareSocketFolder([folder], ownUid, undefined)).toBe(folder)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(await prepareSocketFolder([folder], ownUid, undefined)).toBe(folder)
  })

  it('is never a folder that others may enter, a link, or a file: the next place is taken', async () => {
    const [open, link, file, free] = ['open', 'link', 'file', 'free'].map((name) => path.join(base, name))
    if (!open || !link || !file || !free) throw new Error('unreachable')
    await mkdir(open)
    await chmod(open, 0o755)
    await mkdir(path.join(base, 'target'), { mode: 0o700 })
    await symlink(path.join(base, 'target'), link)
    await writeFile(file, '')
    expect(await prepareSocketFolder([open, link, file, free], ownUid, undefined)).toBe(free)
    expect((await stat(open)).mode & 0o777).toBe(0o755)
  })

  it('is never another user’s', async () => {
    const folder = path.join(base, 'run')
    await mkdir(folder, { mode: 0o700 })
    expect(await isPrivateFolder(folder, ownUid)).toBe(true)
    expect(await isPrivateFolder(folder, ownUid + 1)).toBe(false)
  })

  it('is refused in one sentence when there is no place', async () => {
    const preparing = prepareSocketFolder([path.join(base, 'missing', 'run')], ownUid, undefined)
    await expect(preparing).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })
})
