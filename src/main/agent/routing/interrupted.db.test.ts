import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { platformFileName } from '../../../core/routing/file-names.ts'
import type { TraefikDirectory } from '../../../core/routing/traefik-directory.ts'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { openTraefikDirectory } from './open-traefik-directory.ts'
import { createEdgeFixture, type Edge } from './testing/edge-fixture.ts'

const database = await createTestDatabase()
const { sql } = database
const platform = createEdgeFixture(database)

class Crash extends Error {}

/** A directory that lets so many changes happen and dies then; `onStep` looks at it after each. */
function dyingAfter(steps: number, directory: TraefikDirectory, onStep: () => Promise<void>): TraefikDirectory {
  let left = steps
  const step = async (work: () => Promise<void>) => {
    if (left === 0) throw new Crash()
    left -= 1
    await work()
    await onStep()
  }
  return {
    list: () => directory.list(),
    read: (name) => directory.read(name),
    write: (name, text) => step(() => directory.write(name, text)),
    move: (from, to) => step(() => directory.move(from, to)),
    remove: (name) => step(() => directory.remove(name)),
  }
}

/** Runs passes that die after 0, 1, 2… changes until one comes to its end; returns how many changes it took. */
async function dieEverywhere(edge: Edge, prepare: () => Promise<void>, look: () => Promise<void>): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    await prepare()
    const isDone = await edge.reconcile(dyingAfter(steps, edge.real, look)).then(
      () => true,
      (error) => {
        expect(error).toBeInstanceOf(Crash)
        return false
      },
    )
    await look()
    edge.restart()
    expect(await edge.reconcile()).toMatchObject({ error: null, outOfStep: 0, hasMore: false })
    if (isDone) return steps
  }
}

it('heals after a crash at any step, and serves every hostname at every instant', async () => {
  const edge = await platform.openEdge()
  const project = await platform.project()
  const { id } = project
  const look = async () => {
    const { serviceOf } = await edge.load()
    for (const hostname of [project.alias, project.domain]) expect(serviceOf(hostname)).not.toBeNull()
  }
  const text = await edge.writePlatformFile(id)
  const sleepAgain = async () => {
    await platform.wake(id)
    await edge.reconcile()
    expect(await edge.read(platformFileName(id))).toBe(text)
    await platform.sleep(id)
    edge.restart()
  }
  expect(await dieEverywhere(edge, sleepAgain, look)).toBe(2)
  expect(await platform.isBlocked(id)).toBe(true)

  const wakeAgain = async () => {
    await platform.sleep(id)
    edge.restart()
    await edge.reconcile()
    await platform.wake(id)
  }
  expect(await dieEverywhere(edge, wakeAgain, look)).toBe(2)
  expect(await edge.read(platformFileName(id))).toBe(text)

  // Changed meanwhile: the file is written anew before the one that was set aside goes.
  const wakeChanged = async () => {
    await wakeAgain()
    await sql`delete from domain where hostname = ${project.redirect}`
    await writeFile(path.join(edge.folder, `${platformFileName(id)}.vigie-aside`), text)
  }
  expect(await dieEverywhere(edge, wakeChanged, look)).toBe(3)
  expect(await edge.names()).toEqual([platformFileName(id)])
})

it('removes what a crash left half written', async () => {
  const edge = await platform.openEdge()
  for (const name of ['vigie-blocked-07.yml.vigie-new', 'project_ab.yml.vigie-new', 'notes.vigie-new']) {
    await writeFile(path.join(edge.folder, name), '{{ half')
  }
  await edge.load()
  await edge.reconcile()
  expect((await edge.names()).filter((name) => name.endsWith('.vigie-new'))).toEqual(['notes.vigie-new'])
})

it('removes the router of a doctor that was killed, and not that of one that looks now', async () => {
  const edge = await platform.openEdge()
  const names = ['vigie-doctor.try', 'vigie-doctor.yml', 'vigie-doctor.yml.vigie-new']
  for (const name of names) await writeFile(path.join(edge.folder, name), '')
  await edge.reconcile()
  expect(await edge.names()).toEqual(names)
  edge.wait(120_000)
  expect((await edge.reconcile()).error).toBeNull()
  expect(await edge.names()).toEqual([])
})

it('never opens a file that is somebody else’s', async () => {
  const edge = await platform.openEdge()
  const project = await platform.project()
  for (const name of ['acme.json', 'dashboard.yml', 'project_notes.yml', 'vigie-blocked-1.yml']) {
    // Reading a folder fails.
    await mkdir(path.join(edge.folder, name))
  }
  await edge.writePlatformFile(project.id)
  const touched: string[] = []
  const spied: TraefikDirectory = {
    list: () => edge.real.list(),
    read: (name) => {
      touched.push(name)
      return edge.real.read(name)
    },
    write: (name, text) => {
      touched.push(name)
      return edge.real.write(name, text)
    },
    move: (from, to) => {
      touched.push(from, to)
      return edge.real.move(from, to)
    },
    remove: (name) => {
      touched.push(name)
      return edge.real.remove(name)
    },
  }
  await platform.sleep(project.id)
  expect(await edge.reconcile(spied)).toMatchObject({ error: null, setAside: 1 })
  await platform.wake(project.id)
  expect(await edge.reconcile(spied)).toMatchObject({ error: null, broughtBack: 1 })
  expect(touched.length).toBeGreaterThan(3)
  const ours = new RegExp(`^(project_${project.id}\\.yml(\\.vigie-aside)?|vigie-blocked-\\d\\d\\.yml)$`)
  expect(touched.filter((name) => !ours.test(name))).toEqual([])
})

it('says that a directory is missing, and goes on when it is there', async () => {
  const edge = await platform.openEdge()
  const { id } = await platform.project()
  await platform.sleep(id)
  await rm(edge.folder, { recursive: true })
  expect(await edge.reconcile()).toMatchObject({ error: { code: 'EDGE_DIRECTORY_MISSING' } })
  // A file in its place.
  await writeFile(edge.folder, '')
  expect(await edge.reconcile()).toMatchObject({ error: { code: 'EDGE_DIRECTORY_MISSING' } })
  const [row] = await sql<{ error: unknown; outOfStep: number }[]>`
    select error, out_of_step as "outOfStep" from vigie.edge where id = ${edge.edgeId}`
  expect(row).toMatchObject({ error: { code: 'EDGE_DIRECTORY_MISSING' }, outOfStep: expect.any(Number) })
  expect(row?.outOfStep).toBeGreaterThan(0)
  expect(await platform.isBlocked(id)).toBe(false)
  await rm(edge.folder)
  await mkdir(edge.folder)
  expect(await edge.reconcile()).toMatchObject({ error: null, outOfStep: 0 })
  expect(await platform.isBlocked(id)).toBe(true)
  expect(await sql`select error from vigie.edge where id = ${edge.edgeId}`).toMatchObject([{ error: null }])
})

it.each([
  ['EROFS', 'EDGE_DIRECTORY_READ_ONLY'],
  ['EACCES', 'EDGE_DIRECTORY_READ_ONLY'],
  ['ENOSPC', 'EDGE_DIRECTORY_FULL'],
  ['EIO', 'EDGE_DIRECTORY_FAILED'],
])('writes nothing half on %s, confirms nothing, and heals', async (systemCode, code) => {
  const edge = await platform.openEdge()
  const { id, alias } = await platform.project()
  const text = await edge.writePlatformFile(id)
  await platform.sleep(id)
  const failing = openTraefikDirectory(edge.folder, {
    ...(await import('node:fs/promises')),
    readdir: (folder: string) => readdir(folder),
    rename: async () => {
      throw Object.assign(new Error('it failed'), { code: systemCode })
    },
  })
  expect(await edge.reconcile(failing)).toMatchObject({ error: { code }, setAside: 0, ownFiles: 0 })
  expect(await edge.names()).toEqual([platformFileName(id)])
  expect(await edge.read(platformFileName(id))).toBe(text)
  expect(await platform.isBlocked(id)).toBe(false)
  await edge.reconcile()
  expect((await edge.load()).serviceOf(alias)).toMatch(/^vigie-blocked/)

  // On waking, a project whose file can't come back stays on the blocked page, which is better than nothing.
  await platform.wake(id)
  expect(await edge.reconcile(failing)).toMatchObject({ error: { code }, broughtBack: 0, served: [] })
  expect((await edge.load()).serviceOf(alias)).toMatch(/^vigie-blocked/)
  await edge.reconcile()
  expect(await edge.read(platformFileName(id))).toBe(text)
})
