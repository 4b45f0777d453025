import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { createOutboxFixture } from '../../main/mail/testing/outbox-fixture.ts'
import { leaseMails, type MailOutcome } from './outbox.ts'
import { createSettler } from './settler.ts'

const database = await createTestDatabase({ maxConnections: 3 })
const { sql } = database
const { empty, fallAsleep } = createOutboxFixture(database)

beforeEach(empty)

async function leaseSome(mails: number, groupSize: number) {
  for (let n = 0; n < mails; n += 1) await fallAsleep(1)
  const leaseId = randomUUID()
  const { ids } = await leaseMails(sql, leaseId, mails)
  expect(ids).toHaveLength(mails)
  const settler = createSettler(database, leaseId, { times: 0, delayMs: 1, groupSize })
  return { settler, outcomes: ids.map((id): MailOutcome => ({ id, kind: 'sent', code: '250' })) }
}

/** Rows that one transaction wrote have the same xmin. */
const countCommits = async () =>
  (await sql<{ n: number }[]>`select count(distinct m.xmin::text)::integer as n from vigie.mail m`)[0]?.n

it('commits outcomes in groups, and resolves each when it is on record', async () => {
  const { settler, outcomes } = await leaseSome(6, 3)
  await Promise.all(outcomes.map(settler.settle))
  expect(await countCommits()).toBe(2)
  expect(settler.counts()).toMatchObject({ sent: 6 })
})

it('commits a single outcome though no others come', async () => {
  const { settler, outcomes } = await leaseSome(1, 10)
  await Promise.all(outcomes.map(settler.settle))
  expect(await sql`select status from vigie.mail`).toEqual([{ status: 'sent' }])
})

it('rejects what could not be written, and goes on with the next', async () => {
  const { settler, outcomes } = await leaseSome(2, 1)
  const [first, second] = outcomes
  if (first === undefined || second === undefined) throw new Error('two mails were leased')
  await sql`alter function vigie.settle_mails(uuid, jsonb) rename to settle_mails_away`
  await expect(settler.settle(first)).rejects.toMatchObject({ code: '42883' })
  await sql`alter function vigie.settle_mails_away(uuid, jsonb) rename to settle_mails`
  await settler.settle(second)
  expect(settler.counts()).toMatchObject({ sent: 1 })
})
