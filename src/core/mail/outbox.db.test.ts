import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { createOutboxFixture } from '../../main/mail/testing/outbox-fixture.ts'
import { listMails, readMail } from '../queries/mails.ts'
import { cancelMail, leaseMails, retryMail, retryMails, settleMails } from './outbox.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const { empty, fallAsleep, mails, lease, leaseAndSettle, makeDue } = createOutboxFixture(database)

beforeEach(empty)

describe('a lease', () => {
  it('holds a mail back from all other senders until it lapses', async () => {
    await fallAsleep(2)
    const first = await lease()
    expect(first.ids).toHaveLength(2)
    expect((await lease()).ids).toEqual([])
    await makeDue()
    expect((await lease()).ids).toEqual(first.ids)
  })

  it('gives each mail to one of several senders at once', async () => {
    for (let n = 0; n < 10; n += 1) await fallAsleep(1)
    const leases = await Promise.all([lease(3), lease(3), lease(3), lease(3)])
    const ids = leases.flatMap((one) => one.ids)
    expect(new Set(ids).size).toBe(10)
    expect(ids).toHaveLength(10)
  })

  it('takes verified addresses first', async () => {
    for (const name of ['a', 'b', 'c']) await fallAsleep(1, `${name}@verified.example`)
    await sql`update "user" set email_verified = (email = 'c@verified.example') where email like '%@verified.example'`
    const [first] = (await lease(1)).ids
    const [mail] = await sql`select address from vigie.mail where id = ${first ?? 0}`
    expect(mail).toEqual({ address: 'c@verified.example' })
    expect((await lease()).ids).toHaveLength(2)
  })

  it.each([
    ['pause', () => sql`insert into vigie.pause (part, reason) values ('mail', 'test')`],
    ['gap', () => sql`insert into vigie.gap (last_heartbeat_at) values (now())`],
  ])('is not given during a %s', async (stoppedBy, stop) => {
    await fallAsleep(1)
    await stop()
    expect(await lease()).toEqual({ ids: [], cancelled: 0, digested: 0, stoppedBy })
  })

  it('waits for the end of the run, unless its runner is gone', async () => {
    await fallAsleep(1)
    await sql`update vigie.job_run set finished_at = null, outcome = null, heartbeat_at = now()`
    expect((await lease()).ids).toEqual([])
    await sql`update vigie.job_run set heartbeat_at = now() - interval '3 minutes'`
    expect((await lease()).ids).toHaveLength(1)
  })
})

describe('the rate', () => {
  it('counts what all senders have leased and sent in the last minute', async () => {
    for (let n = 0; n < 6; n += 1) await fallAsleep(1)
    await sql`update vigie.policy set mails_per_minute = 4`
    const leaseId = randomUUID()
    const first = await leaseMails(sql, leaseId, 3)
    expect(first).toMatchObject({ ids: { length: 3 }, stoppedBy: null })
    expect(await lease(3)).toMatchObject({ ids: { length: 1 }, stoppedBy: 'rate' })
    await settleMails(
      sql,
      leaseId,
      first.ids.map((id) => ({ id, kind: 'sent', code: '250', message: 'ok' })),
    )
    expect(await lease(3)).toMatchObject({ ids: [], stoppedBy: 'rate' })
    await sql`update vigie.mail set ended_at = ended_at - interval '1 minute' where status = 'sent'`
    expect(await lease(3)).toMatchObject({ ids: { length: 2 }, stoppedBy: null })
  })
})

it('the rate also counts what a server put off: it was bothered all the same', async () => {
  for (let n = 0; n < 6; n += 1) await fallAsleep(1)
  await sql`update vigie.policy set mails_per_minute = 4`
  const leaseId = randomUUID()
  const { ids } = await leaseMails(sql, leaseId, 3)
  await settleMails(
    sql,
    leaseId,
    ids.map((id) => ({ id, kind: 'retry', code: '451', message: 'later' })),
  )
  expect(await lease(3)).toMatchObject({ ids: { length: 1 }, stoppedBy: 'rate' })
  await sql`update vigie.mail set due_at = due_at - interval '1 minute' where attempts > 0`
  expect(await lease(3)).toMatchObject({ ids: { length: 3 }, stoppedBy: null })
})

describe('the outcome of an attempt', () => {
  const refused = { kind: 'retry', code: '421', message: 'busy' } as const

  it('keeps what the server said and what it was given', async () => {
    await fallAsleep(1)
    const sent = { kind: 'sent', code: '250', message: 'queued as 1', subject: 's', text: 't', html: '<p>' } as const
    expect(await leaseAndSettle(sent)).toMatchObject({ sent: 1, retried: 0 })
    const [mail] = (await listMails(sql, { status: 'sent', before: null, limit: 10 })).mails
    expect(mail).toMatchObject({
      status: 'sent',
      attempts: 1,
      isLeased: false,
      answer: { code: '250', message: 'queued as 1' },
    })
    expect(await readMail(sql, mail?.id ?? 0, null)).toMatchObject({
      rendered: { subject: 's', text: 't', html: '<p>' },
      isAsSent: true,
    })
  })

  it('waits 1 minute, doubling to 6 hours, and is dead after the tenth', async () => {
    await fallAsleep(1)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      expect(await leaseAndSettle(refused)).toMatchObject({ retried: 1 })
      const [row] = await sql<{ minutes: number }[]>`
        select round(extract(epoch from due_at - now()) / 60)::integer as minutes from vigie.mail`
      waits.push(row?.minutes ?? 0)
      expect((await lease()).ids).toEqual([])
      await makeDue()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256])
    expect(await leaseAndSettle(refused)).toMatchObject({ dead: 1, retried: 0 })
    expect(await mails()).toMatchObject([{ status: 'dead', attempts: 10, code: '421' }])
    expect(await retryMails(sql, ['dead'])).toBe(1)
    expect(await leaseAndSettle({ kind: 'sent', code: '250', message: 'ok' })).toMatchObject({ sent: 1 })
  })

  it('given back untried, it waits no longer and has lost no attempt', async () => {
    await fallAsleep(1)
    expect(await leaseAndSettle({ kind: 'released' })).toMatchObject({ released: 1 })
    expect(await mails()).toMatchObject([{ status: 'queued', attempts: 0, code: null }])
    expect((await lease()).ids).toHaveLength(1)
  })

  it('of a lease that somebody else has taken over is left out', async () => {
    await fallAsleep(1)
    const late = randomUUID()
    const { ids } = await leaseMails(sql, late, 10)
    await makeDue()
    await lease()
    expect(
      await settleMails(
        sql,
        late,
        ids.map((id) => ({ ...refused, id })),
      ),
    ).toMatchObject({ retried: 0 })
    expect(await mails()).toMatchObject([{ attempts: 0 }])
  })
})

describe('a person', () => {
  it('sends a refused mail again, and nothing that was sent', async () => {
    await fallAsleep(1)
    await leaseAndSettle({ kind: 'failed', code: '550', message: 'no such user' })
    const [mail] = await mails()
    await retryMail(sql, mail?.id ?? 0)
    expect(await mails()).toMatchObject([{ status: 'queued', attempts: 0 }])
    await leaseAndSettle({ kind: 'sent', code: '250', message: 'ok' })
    await expect(retryMail(sql, mail?.id ?? 0)).rejects.toMatchObject({
      code: 'MAIL_NOT_FAILED',
      details: { status: 'sent' },
    })
    await expect(retryMail(sql, 999_999)).rejects.toMatchObject({ code: 'MAIL_NOT_FOUND' })
  })

  it('cancels a mail that waits, with a digest all of it, and none that is being sent', async () => {
    await fallAsleep(4)
    const leaseId = randomUUID()
    const { ids } = await leaseMails(sql, leaseId, 10)
    const digest = ids[0] ?? 0
    await expect(cancelMail(sql, digest)).rejects.toMatchObject({ code: 'MAIL_NOT_WAITING' })
    await settleMails(sql, leaseId, [{ id: digest, kind: 'retry', code: '451', message: 'later' }])
    await cancelMail(sql, digest)
    expect(new Set((await mails()).map((mail) => mail.status))).toEqual(new Set(['cancelled']))
    await expect(cancelMail(sql, digest)).rejects.toMatchObject({ code: 'MAIL_NOT_WAITING' })
    await expect(cancelMail(sql, 999_999)).rejects.toMatchObject({ code: 'MAIL_NOT_FOUND' })
  })

  it('reads how a waiting mail would look, and lists page by page', async () => {
    for (let n = 0; n < 5; n += 1) await fallAsleep(1)
    const first = await listMails(sql, { status: null, before: null, limit: 3 })
    const second = await listMails(sql, { status: 'queued', before: first.next, limit: 3 })
    const ids = [...first.mails, ...second.mails].map((mail) => mail.id)
    expect(ids).toEqual([...ids].sort((a, b) => b - a))
    expect([ids.length, second.next]).toEqual([5, null])
    const mail = await readMail(sql, ids[0] ?? 0, 'https://app.example')
    expect(mail).toMatchObject({ status: 'queued', isAsSent: false, projectName: expect.any(String) })
    expect(mail.rendered?.html).toContain('https://app.example/team-')
  })
})
