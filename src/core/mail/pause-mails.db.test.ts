import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { createOutboxFixture } from '../../main/mail/testing/outbox-fixture.ts'
import { pausePart } from '../pauses.ts'
import { deliverMails } from './deliver.ts'

const database = await createTestDatabase()
const { sql } = database
const { fallAsleep } = createOutboxFixture(database)

it('a pause ends a delivery that is under way within five seconds, and nothing is lost', async () => {
  for (let n = 0; n < 8; n += 1) await fallAsleep(1)
  let nowMs = 0
  let sent = 0
  const deliver = () =>
    deliverMails(
      database,
      {
        async send() {
          sent += 1
          if (sent === 1) await pausePart(database, { part: 'mail', reason: 'an incident' })
          // A slow server: one mail a second.
          nowMs += 1_000
          return { kind: 'accepted', code: '250', message: 'ok' }
        },
      },
      {
        sender: { name: 'Vigie', address: 'vigie@platform.example' },
        platformUrl: null,
        signal: new AbortController().signal,
        makeLeaseId: randomUUID,
        nowMs: () => nowMs,
        concurrency: 1,
      },
    )
  expect(await deliver()).toMatchObject({ leased: 8, sent: 4, released: 4 })
  expect(nowMs).toBeLessThanOrEqual(5_000)
  expect(await deliver()).toMatchObject({ leased: 0, stoppedBy: 'pause' })
  await sql`delete from vigie.pause`
  expect(await deliver()).toMatchObject({ leased: 4, sent: 4 })
  expect(sent).toBe(8)
})
