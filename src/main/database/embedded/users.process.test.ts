import { chmod, chown, cp, mkdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findRelease, readRelease } from './release.ts'
import { makeWorkbench, query, type Workbench } from './testing/processes.ts'

const isRoot = process.getuid?.() === 0
const somebody = { uid: 65_534, gid: 65_534 }

let bench: Workbench
let dataDir: string

beforeAll(async () => {
  bench = await makeWorkbench()
})
afterAll(async () => await bench.remove())
beforeEach(() => {
  dataDir = bench.newPath()
})

async function ownerOf(name: string): Promise<number> {
  return (await stat(path.join(dataDir, name))).uid
}

it('runs as the user who opens it, or as another one for root', async () => {
  const database = await bench.startOpener({ dataDir }).nextOpened()
  expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  const owner = await ownerOf('postgres/postmaster.pid')
  expect(owner === process.getuid?.()).toBe(!isRoot)
  expect(owner).toBeGreaterThan(0)
})

describe.runIf(isRoot)('as root', () => {
  it('changes the owner of nothing but what it made', async () => {
    await mkdir(path.join(dataDir, 'other'), { recursive: true })
    await bench.startOpener({ dataDir }).nextOpened()
    expect([await ownerOf('.'), await ownerOf('other')]).toEqual([0, 0])
    expect(await ownerOf('postgres.log')).toBe(await ownerOf('postgres'))
  })

  it('keeps the cluster elsewhere when the data folder is closed to others, opens nobody’s folder, and finds it again', async () => {
    await mkdir(dataDir, { mode: 0o700 })
    const inner = path.join(dataDir, 'vigie')
    const first = bench.startOpener({ dataDir: inner })
    expect(await first.nextOpened()).toMatchObject({ isOwner: true, wasCreated: true })
    const second = bench.startOpener({ dataDir: inner })
    expect((await second.nextOpened()).isOwner).toBe(false)
    await second.stop()
    await first.stop()
    expect(await bench.startOpener({ dataDir: inner }).nextOpened()).toMatchObject({ isOwner: true, wasCreated: false })
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    await rm((await readFile(path.join(inner, 'postgres-location'), 'utf8')).trim(), { recursive: true })
  })

  it('copies PostgreSQL once from below a folder that the server’s user cannot enter', async () => {
    const home = bench.newPath()
    await mkdir(home, { mode: 0o700 })
    const installed = await findRelease()
    await cp(path.dirname(installed.nativeDir), path.join(home, 'package'), { recursive: true, verbatimSymlinks: true })
    const release = await readRelease(path.join(home, 'package'))
    const copy = path.join(dataDir, `postgresql-${release.version}`)

    const first = bench.startOpener({ dataDir, release })
    expect((await first.nextOpened()).isOwner).toBe(true)
    const copiedAt = (await stat(copy)).mtimeMs
    await first.stop()
    expect((await bench.startOpener({ dataDir, release }).nextOpened()).isOwner).toBe(true)
    expect((await stat(copy)).mtimeMs).toBe(copiedAt)
  })

  it('opens, as its user, a folder that belongs to another user, who can go on using it', async () => {
    await mkdir(dataDir, { mode: 0o711 })
    await chown(dataDir, somebody.uid, somebody.gid)
    const theirs = bench.startOpener({ dataDir }, somebody)
    expect(await theirs.nextOpened()).toMatchObject({ isOwner: true, wasCreated: true })

    const roots = bench.startOpener({ dataDir })
    expect((await roots.nextOpened()).isOwner).toBe(false)
    await theirs.kill()
    expect(await roots.next()).toEqual({ kind: 'ended' })
    expect((await roots.nextOpened()).isOwner).toBe(true)
    expect(await ownerOf('postgres/postmaster.pid')).toBe(somebody.uid)

    const again = bench.startOpener({ dataDir }, somebody)
    expect((await again.nextOpened()).isOwner).toBe(false)
    await roots.stop()
    expect(await again.next()).toEqual({ kind: 'ended' })
    expect((await again.nextOpened()).isOwner).toBe(true)
  })

  it('has a database that other users are refused', async () => {
    const opener = bench.startOpener({ dataDir })
    await opener.nextOpened()
    await opener.stop()
    await chmod(dataDir, 0o777)
    await chown(path.join(dataDir, 'postgres'), 12_345, 12_345)
    expect(await bench.startOpener({ dataDir }, somebody).next()).toMatchObject({
      kind: 'refused',
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining('belongs to another user (number 12345)'),
    })
  })
})
