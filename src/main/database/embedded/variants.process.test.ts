import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbeddedDatabase } from './embedded.ts'
import { startTemporaryCluster } from './temporary.ts'
import { query } from './testing/processes.ts'

let root: string
let opened: EmbeddedDatabase[]

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'vigie-variants-'))
  await chmod(root, 0o711)
  opened = []
})
afterEach(async () => {
  for (const database of opened.reverse()) await database.stop()
  await rm(root, { recursive: true })
})

async function open(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedDatabase({ mayCreateUser: false, ...options })
  opened.push(database)
  return database
}

describe('the server', () => {
  it('runs in UTC, durably, and speaks UTF-8, sorted by code point', async () => {
    const { connection } = await open({ dataDir: path.join(root, 'vigie') })
    const shown = await query(
      connection,
      `select current_setting('TimeZone') as zone, current_setting('fsync') as fsync,
        current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
        'é' > 'z' as by_code_point, upper('é') as upper`,
    )
    expect(shown).toEqual([
      { zone: 'UTC', fsync: 'on', encoding: 'UTF8', addresses: '', by_code_point: true, upper: 'É' },
    ])
  })

  it('is reached by a socket that nobody else can enter', async () => {
    const { connection } = await open({ dataDir: path.join(root, 'vigie') })
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(root, 'vigie', 'postgres'))).uid).toBe((await stat(connection.host)).uid)
  })

  it('takes settings of the caller’s', async () => {
    const { connection } = await open({ dataDir: path.join(root, 'vigie'), settings: { timezone: 'Asia/Kolkata' } })
    expect(await query(connection, 'show timezone')).toEqual([{ TimeZone: 'Asia/Kolkata' }])
  })

  it('has its socket elsewhere when the data folder’s path is too long for one', async () => {
    const dataDir = path.join(root, 'a folder, "deep" within others '.repeat(3), 'ö'.repeat(60), 'vigie')
    await mkdir(path.dirname(dataDir), { recursive: true, mode: 0o711 })
    const { connection } = await open({ dataDir })
    expect(connection.host.startsWith(dataDir)).toBe(false)
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
    const again = await open({ dataDir })
    expect(again).toMatchObject({ isOwner: false, connection })
    await rm(path.join(connection.host), { recursive: true })
  })

  it('has its socket in a folder whose name needs quoting', async () => {
    const dataDir = path.join(root, 'Vigie, "mine" ')
    const { connection } = await open({ dataDir })
    expect(path.dirname(connection.host)).toBe(dataDir)
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('asks for a password where it listens on the loopback interface', async () => {
    const options: EmbeddedOptions = { dataDir: path.join(root, 'vigie'), transport: 'loopback' }
    const { connection } = await open(options)
    expect(connection.host).toBe('127.0.0.1')
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await expect(query({ ...connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(path.join(root, 'vigie', 'postgres', 'vigie-password'))).mode & 0o777).toBe(0o600)

    expect(await open(options)).toMatchObject({ isOwner: false, connection })
    for (const database of opened.splice(0).reverse()) await database.stop()
    expect(await open(options)).toMatchObject({ isOwner: true, connection: { port: connection.port } })
  })

  it('can be opened twice by one process', async () => {
    const options = { dataDir: path.join(root, 'vigie') }
    const both = await Promise.all([open(options), open(options)])
    expect(both.map(({ isOwner }) => isOwner).sort()).toEqual([false, true])
  })

  it('is given up on when it is not ready in time', async () => {
    const opening = open({ dataDir: path.join(root, 'vigie'), startTimeoutMs: 100 })
    await expect(opening).rejects.toMatchObject({ code: 'EMBEDDED_DATABASE_FAILED' })
    expect((await open({ dataDir: path.join(root, 'vigie') })).isOwner).toBe(true)
  })

  it('says which setting it does not know', async () => {
    const opening = open({ dataDir: path.join(root, 'vigie'), settings: { colour: 'blue' } })
    await expect(opening).rejects.toMatchObject({
      code: 'EMBEDDED_DATABASE_FAILED',
      message: expect.stringContaining('unrecognized configuration parameter "colour"'),
    })
  })

  it('keeps names and addresses of failed statements out of its log', async () => {
    const { connection } = await open({ dataDir: path.join(root, 'vigie') })
    await expect(query(connection, `select 'ada@example.test'::int`)).rejects.toMatchObject({ code: '22P02' })
    expect(await readFile(path.join(root, 'vigie', 'postgres.log'), 'utf8')).not.toContain('STATEMENT')
  })
})

it('starts a temporary cluster and removes it', async () => {
  const cluster = await startTemporaryCluster({ settings: { timezone: 'Asia/Kolkata' } })
  expect(await query(cluster.connection, 'show timezone')).toEqual([{ TimeZone: 'Asia/Kolkata' }])
  await cluster.stop()
  await expect(stat(cluster.dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(stat(cluster.connection.host)).rejects.toMatchObject({ code: 'ENOENT' })
})
