import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { EmbeddedConnection } from './connection.ts'
import { readPostmasterFile } from './postmaster.ts'
import { isAlive, makeWorkbench, query, type Workbench } from './testing/processes.ts'

let bench: Workbench
let dataDir: string
let clusterDir: string

beforeAll(async () => {
  bench = await makeWorkbench()
})
afterAll(async () => await bench.remove())
beforeEach(() => {
  dataDir = bench.newPath()
  clusterDir = path.join(dataDir, 'postgres')
})

async function serverPid(): Promise<number> {
  return (await readPostmasterFile(clusterDir))?.pid ?? Number.NaN
}

async function watcherPid(connection: EmbeddedConnection): Promise<number> {
  const [row] = await query(connection, `select pid from pg_stat_activity where application_name = 'vigie watch'`)
  return Number(row?.pid)
}

/** The session by which an opener watches, once it has replaced the one that is gone. */
async function nextWatcherPid(connection: EmbeddedConnection, gone: number): Promise<number> {
  const current = async (): Promise<number> => await watcherPid(connection).catch(() => Number.NaN)
  await expect.poll(current, { interval: 20, timeout: 5_000 }).toSatisfy((pid: number) => pid > 0 && pid !== gone)
  return await current()
}

it('is started by the first and shared by the second', async () => {
  const first = bench.startOpener({ dataDir })
  const owned = await first.nextOpened()
  expect(owned).toMatchObject({ isOwner: true, wasCreated: true })
  await query(owned.connection, `create table note as select 'kept' as text`)

  const second = bench.startOpener({ dataDir })
  const shared = await second.nextOpened()
  expect(shared).toEqual({ isOwner: false, wasCreated: false, connection: owned.connection })
  expect(await query(shared.connection, 'select text from note')).toEqual([{ text: 'kept' }])

  const pid = await serverPid()
  await second.stop()
  expect(isAlive(pid)).toBe(true)
  await first.stop()
  expect(isAlive(pid)).toBe(false)
  expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.log', 'run'])
})

it('is not made again, and keeps what was committed', async () => {
  const first = bench.startOpener({ dataDir })
  await query((await first.nextOpened()).connection, `create table note as select 'kept' as text`)
  await first.stop()
  const again = await bench.startOpener({ dataDir }).nextOpened()
  expect(again).toMatchObject({ isOwner: true, wasCreated: false })
  expect(await query(again.connection, 'select text from note')).toEqual([{ text: 'kept' }])
})

it('has one owner when many open it in the same instant', async () => {
  const openers = Array.from({ length: 5 }, () => bench.startOpener({ dataDir }))
  const opened = await Promise.all(openers.map((opener) => opener.nextOpened()))
  expect(opened.filter(({ isOwner }) => isOwner)).toHaveLength(1)
  expect(opened.filter(({ wasCreated }) => wasCreated)).toEqual(opened.filter(({ isOwner }) => isOwner))
  await Promise.all(openers.map((opener) => opener.kill()))
})

it('is shut down in good order when its owner is killed', async () => {
  const owner = bench.startOpener({ dataDir })
  await owner.nextOpened()
  await owner.kill()
  await expect
    .poll(async () => await readdir(clusterDir), { interval: 10, timeout: 2_000 })
    .not.toContain('postmaster.pid')
  expect(await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/)
})

it('ends with an owner that is killed, at once for everybody, and one of several others takes over', async () => {
  const owner = bench.startOpener({ dataDir })
  const { connection } = await owner.nextOpened()
  await query(connection, `create table note as select 'kept' as text`)
  const others = Array.from({ length: 3 }, () => bench.startOpener({ dataDir }))
  await Promise.all(others.map((other) => other.nextOpened()))

  const killedAt = performance.now()
  await owner.kill()
  const told = await Promise.all(others.map((other) => other.next()))
  expect(performance.now() - killedAt).toBeLessThan(2_000)
  expect(told).toEqual([{ kind: 'ended' }, { kind: 'ended' }, { kind: 'ended' }])

  const reopened = await Promise.all(others.map((other) => other.nextOpened()))
  expect(reopened.filter(({ isOwner }) => isOwner)).toHaveLength(1)
  expect(reopened.every((database) => database.connection.host === connection.host)).toBe(true)
  expect(await query(connection, 'select text from note')).toEqual([{ text: 'kept' }])
  await Promise.all(others.map((other) => other.kill()))
})

it('recovers after its server and its owner were killed at once', async () => {
  const owner = bench.startOpener({ dataDir })
  await query((await owner.nextOpened()).connection, `create table note as select 'kept' as text`)
  process.kill(await serverPid(), 'SIGKILL')
  await owner.kill()

  const next = await bench.startOpener({ dataDir }).nextOpened()
  expect(next).toMatchObject({ isOwner: true, wasCreated: false })
  expect(await query(next.connection, 'select text from note')).toEqual([{ text: 'kept' }])
})

it('tells its owner and the others when the server alone was killed, and is opened again', async () => {
  const openers = [bench.startOpener({ dataDir }), bench.startOpener({ dataDir })]
  await Promise.all(openers.map((opener) => opener.nextOpened()))
  process.kill(await serverPid(), 'SIGKILL')
  expect(await Promise.all(openers.map((opener) => opener.next()))).toEqual([{ kind: 'ended' }, { kind: 'ended' }])
  const reopened = await Promise.all(openers.map((opener) => opener.nextOpened()))
  expect(reopened.filter(({ isOwner }) => isOwner)).toHaveLength(1)
})

it('is not taken for ended when its sessions are closed or it restarts after a crash of one', async () => {
  const owner = bench.startOpener({ dataDir })
  const { connection } = await owner.nextOpened()
  const other = bench.startOpener({ dataDir })
  await other.nextOpened()
  const terminated = await watcherPid(connection)
  await query(connection, `select pg_terminate_backend(${terminated})`)
  const killed = await nextWatcherPid(connection, terminated)
  process.kill(killed, 'SIGKILL')
  await nextWatcherPid(connection, killed)

  await owner.stop()
  expect(await other.next()).toEqual({ kind: 'ended' })
})

it('starts although the number of a server that was killed now is another program’s', async () => {
  const owner = bench.startOpener({ dataDir })
  await owner.nextOpened()
  const pid = await serverPid()
  process.kill(pid, 'SIGKILL')
  await owner.kill()
  const bystander = bench.startBystander(clusterDir)
  for (const file of [path.join(clusterDir, 'postmaster.pid'), path.join(dataDir, 'run', '.s.PGSQL.5432.lock')]) {
    await writeFile(file, (await readFile(file, 'utf8')).replace(String(pid), String(bystander.pid)))
  }

  const next = await bench.startOpener({ dataDir }).nextOpened()
  expect(next.isOwner).toBe(true)
  expect(bystander.exitCode).toBeNull()
})

it('starts although a crash of the machine left an empty postmaster.pid', async () => {
  const owner = bench.startOpener({ dataDir })
  await owner.nextOpened()
  await owner.stop()
  const serverFile = path.join(clusterDir, 'postmaster.pid')
  await writeFile(serverFile, '')
  const aMinuteAgo = new Date(Date.now() - 60_000)
  await utimes(serverFile, aMinuteAgo, aMinuteAgo)
  expect((await bench.startOpener({ dataDir }).nextOpened()).isOwner).toBe(true)
})

it('leaves nothing usable behind when it is killed while it is made, and cleans that up', async () => {
  const killed = bench.startOpener({ dataDir })
  const unfinished = /^postgres\.initialising-/
  await expect
    .poll(async () => (await readdir(dataDir).catch(() => [])).some((name) => unfinished.test(name)), {
      interval: 5,
      timeout: 10_000,
    })
    .toBe(true)
  await killed.kill()
  expect(await readdir(dataDir)).not.toContain('postgres')

  await mkdir(path.join(dataDir, 'postgres.mine'))
  const next = await bench.startOpener({ dataDir }).nextOpened()
  expect(next).toMatchObject({ isOwner: true, wasCreated: true })
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.mine', 'run'])
})
