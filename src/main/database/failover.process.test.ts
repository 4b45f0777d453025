import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseServer } from '../config.ts'
import { openPool, type Pool } from './connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from './embedded/temporary.ts'
import { testOrigin } from './testing/names.ts'

let one: TemporaryCluster
let two: TemporaryCluster
const pools: Pool[] = []

beforeAll(async () => {
  one = await startTemporaryCluster()
  two = await startTemporaryCluster()
  for (const [cluster, name] of [
    [one, 'one'],
    [two, 'two'],
  ] as const) {
    const sql = open([cluster.connection])
    await sql`create table whoami as select ${name}::text as name`
  }
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })))
  await Promise.all([one.stop(), two.stop()])
})

function open([first, ...alternatives]: DatabaseServer[], mustWrite = false): Pool {
  if (first === undefined) throw new Error('no server')
  const { host, port } = first
  const pool = openPool({
    address: { host, port, alternatives, user: 'vigie', password: undefined, database: 'vigie', sslMode: 'disable' },
    origin: testOrigin,
    maxConnections: 2,
    connectTimeoutMs: 2_000,
    mustWrite,
  })
  pools.push(pool)
  return pool
}

const nowhere: DatabaseServer = { host: '127.0.0.1', port: 1 }
const ask = async (sql: Pool) => (await sql<{ name: string }[]>`select name from whoami`)[0]?.name

/** Makes a server read-only or writable for every session that begins from now on, and ends those that there are. */
async function setReadOnly(cluster: TemporaryCluster, isReadOnly: boolean) {
  const sql = open([cluster.connection])
  await sql.unsafe(`alter system set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`)
  await sql`select pg_reload_conf()`
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`
  await sql.end({ timeout: 1 })
}

/** The first statements after a connection was lost may hear of that. */
async function askAgain(sql: Pool): Promise<string | undefined> {
  const deadlineMs = performance.now() + 5_000
  for (;;) {
    try {
      return await ask(sql)
    } catch (error) {
      if (performance.now() > deadlineMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

describe('of several servers', () => {
  it('the first that is there and can be written to is taken', async () => {
    expect(await ask(open([one.connection, two.connection]))).toBe('one')
    expect(await ask(open([nowhere, two.connection, one.connection]))).toBe('two')
  })

  it('a read-only one is passed over; alone it will do, unless it must be written to', async () => {
    await setReadOnly(one, true)
    expect(await ask(open([one.connection, two.connection]))).toBe('two')
    expect(await ask(open([one.connection, nowhere]))).toBe('one')
    const writer = open([one.connection, nowhere], true)
    await expect(ask(writer)).rejects.toMatchObject({ code: 'DATABASE_READ_ONLY' })
    // And again: a refusal costs no connection of the pool.
    for (let i = 0; i < 4; i += 1) await expect(ask(writer)).rejects.toMatchObject({ code: 'DATABASE_READ_ONLY' })
    await setReadOnly(one, false)
    expect(await askAgain(writer)).toBe('one')
  })

  it('a pool moves to the one that was made writable', async () => {
    const sql = open([one.connection, two.connection], true)
    expect(await ask(sql)).toBe('one')
    await setReadOnly(one, true)
    expect(await askAgain(sql)).toBe('two')
    await setReadOnly(two, true)
    await setReadOnly(one, false)
    expect(await askAgain(sql)).toBe('one')
    await setReadOnly(two, false)
  })

  it('listening moves too', async () => {
    const heard: string[] = []
    const sql = open([one.connection, two.connection], true)
    let isListening = () => {}
    const moved = new Promise<void>((resolve) => {
      isListening = resolve
    })
    let times = 0
    await sql.listen(
      'vigie',
      (payload) => heard.push(payload),
      () => {
        times += 1
        if (times === 2) isListening()
      },
    )
    await setReadOnly(one, true)
    await moved
    await open([two.connection])`select pg_notify('vigie', 'moved')`
    await expect.poll(() => heard).toEqual(['moved'])
    await setReadOnly(one, false)
  })

  it('none of which is there, each statement fails soon, and costs little', async () => {
    const sql = open([nowhere, { host: '127.0.0.1', port: 2 }])
    const before = process.cpuUsage()
    const startedMs = performance.now()
    for (let i = 0; i < 5; i += 1) await expect(ask(sql)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    const used = process.cpuUsage(before)
    expect((used.user + used.system) / 1000).toBeLessThan(1_000)
  })
})
