import { expect, it } from 'vitest'
import type { DatabaseAddress } from '../config.ts'
import { readScript } from './scripts.ts'
import { createTestDatabase } from './testing/test-database.ts'
import { tryConnection } from './try-connection.ts'

/** The tests' server, as somebody would type it. */
function connectionTo({ host, port, database, user, password }: DatabaseAddress) {
  return { host, port, database, user, password: password ?? '', tlsMode: 'disable' } as const
}

it('tells a prepared platform, its version, and a clock that agrees', async () => {
  const { address, origin } = await createTestDatabase()
  expect(await tryConnection(connectionTo(address), origin)).toEqual({
    kind: 'connected',
    facts: {
      serverVersion: expect.stringMatching(/^\d+/),
      level: 'ready',
      isReadOnly: false,
      skewMs: expect.any(Number),
    },
  })
})

it('tells an empty database, and a platform without Vigie', async () => {
  const { sql, address, origin } = await createTestDatabase({ isEmpty: true })
  expect(await tryConnection(connectionTo(address), origin)).toMatchObject({ facts: { level: 'empty' } })
  await sql.unsafe(readScript('baseline/platform.sql')).simple()
  expect(await tryConnection(connectionTo(address), origin)).toMatchObject({ facts: { level: 'bare' } })
})

it('tells what was prepared in part, and what is read-only', async () => {
  const { sql, address, origin } = await createTestDatabase()
  await sql`delete from vigie.migration where name = 'functions'`
  await sql.unsafe(`alter database ${address.database} set default_transaction_read_only = on`)
  expect(await tryConnection(connectionTo(address), origin)).toMatchObject({
    facts: { level: 'outdated', isReadOnly: true },
  })
})

it('tells a database of something else, and says what is missing', async () => {
  const { sql, address, origin } = await createTestDatabase({ isEmpty: true })
  await sql`create table shopping (id integer)`
  expect(await tryConnection(connectionTo(address), origin)).toMatchObject({
    kind: 'failed',
    failure: 'not-a-platform',
    message: expect.stringContaining('project'),
  })
})
