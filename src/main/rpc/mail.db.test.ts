import { beforeEach, expect, it } from 'vitest'
import { readTimeline } from '../../core/queries/timeline.ts'
import { createAppDouble } from '../console/testing/app-double.ts'
import { createTestDatabase } from '../database/testing/test-database.ts'
import { createOutboxFixture } from '../mail/testing/outbox-fixture.ts'
import { appRouter } from './router.ts'

const database = await createTestDatabase()
const { sql } = database
const { empty, fallAsleep, leaseAndSettle, lease } = createOutboxFixture(database)
const { mail } = appRouter.createCaller({ app: { ...createAppDouble(true).app, ...database } })

beforeEach(empty)

it('lists the outbox, shows a mail, sends it again and cancels it', async () => {
  const { email } = await fallAsleep(1)
  await leaseAndSettle({ kind: 'failed', code: '550', message: 'no', subject: 's', text: 't', html: '<p>' })
  const page = await mail.list({ status: 'failed', before: null, limit: 10 })
  expect(page).toMatchObject({ mails: [{ address: email, attempts: 1, answer: { code: '550' } }], next: null })
  const mailId = page.mails[0]?.id ?? 0
  expect(await mail.get({ mailId })).toMatchObject({
    rendered: { subject: 's', text: 't', html: '<p>' },
    isAsSent: true,
    from: { address: 'vigie@vigie.invalid' },
    messageId: `vigie.${mailId}@vigie.invalid`,
  })
  expect(await mail.counts()).toEqual({ queued: 0, sent: 0, failed: 1, dead: 0, cancelled: 0, digested: 0 })
  await mail.retry({ mailId })
  expect(await mail.get({ mailId })).toMatchObject({ status: 'queued' })
  await mail.cancel({ mailId })
  expect(await mail.list({ status: 'queued', before: null, limit: 10 })).toEqual({ mails: [], next: null })
  await expect(mail.cancel({ mailId })).rejects.toMatchObject({ cause: { code: 'MAIL_NOT_WAITING' } })
  await expect(mail.get({ mailId: 987_654 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await mail.retryDead()).toEqual({ retried: 0 })
})

it('a project’s timeline has its mails, with the state of the digest that tells of it', async () => {
  const mailsOf = async (projectId = '') =>
    (await readTimeline(sql, { projectId, before: null, limit: 10 })).events.flatMap((event) => event.mails)
  const alone = await fallAsleep(1)
  expect(await mailsOf(alone.projects[0])).toMatchObject([
    { address: alone.email, status: 'queued', digestId: null, endedAt: null },
  ])
  const many = await fallAsleep(4)
  await lease()
  expect(await mailsOf(many.projects[0])).toMatchObject([{ status: 'queued', digestId: expect.any(Number) }])
  await sql`update vigie.mail set status = 'sent', ended_at = now() where status = 'queued'`
  expect(await mailsOf(many.projects[0])).toMatchObject([{ status: 'sent', endedAt: expect.stringMatching(/Z$/) }])
})
