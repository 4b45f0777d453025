import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { listMails, readMail } from '../queries/mails.ts'
import { reactivateProject } from '../reactivate.ts'
import { runSweep } from '../sweep/run.ts'
import { cancelMail, leaseMails, type MailOutcome, retryDeadMails, retryMail, settleMails } from './outbox.ts'
import { readMailFacts } from './read-facts.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const rows = createRows(sql)
const sweep = () => runSweep(database, { signal: new AbortController().signal, batchSize: 100 })
const due: ProjectSpec = { lastTraffic: { days: 9 } }

beforeEach(async () => {
  await sql`delete from vigie.mail`
  await sql`delete from vigie.job_run`
  await sql`update project set status = 'paused' where status in ('active', 'inactive')`
  await sql`delete from vigie.pause`
  await sql`delete from vigie.gap`
  await sql`update vigie.policy set mails_per_minute = 300, mail_language = 'both'`
})

/** Projects of one owner that a sweep has just put to sleep, with their mails. */
async function fallAsleep(count: number, email = `owner-${randomUUID()}@example.com`) {
  const team = await rows.team({ owners: [email] })
  const projects: string[] = []
  for (let n = 0; n < count; n += 1) projects.push(await rows.project({ ...due, team }))
  await sweep()
  return { team, email, projects }
}

interface MailState {
  readonly id: number
  readonly status: string
  readonly template: string
  readonly attempts: number
  readonly digestId: number | null
  readonly code: string | null
}
const mails = () => sql<MailState[]>`
  select id, status, template, attempts, digest_id as "digestId", answer ->> 'code' as code from vigie.mail order by id`
const lease = (max = 100) => leaseMails(sql, randomUUID(), max)
async function leaseAndSettle(outcome: Omit<MailOutcome, 'id'>) {
  const leaseId = randomUUID()
  const { ids } = await leaseMails(sql, leaseId, 100)
  return settleMails(
    sql,
    leaseId,
    ids.map((id) => ({ ...outcome, id })),
  )
}
const makeDue = () => sql`
  update vigie.mail set due_at = now(), leased_until = case when lease is not null then now() end where status = 'queued'`

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

describe('a mail whose reason is gone is cancelled, not sent', () => {
  const set = (status: string) => (id: string) => sql`update project set status = ${status} where id = ${id}`
  it.each<[string, string, (project: string, team: string, email: string) => Promise<unknown>]>([
    [
      'reactivated',
      'REACTIVATED',
      (projectId, _team, onBehalfOf) => reactivateProject(database, { projectId, onBehalfOf, reason: 'Back' }),
    ],
    ['paused', 'STATE_CHANGED', set('paused')],
    ['deleted', 'PROJECT_DELETED', set('deleted')],
    ['removed', 'PROJECT_DELETED', (id) => sql`delete from project where id = ${id}`],
    ['disabled for good meanwhile', 'STATE_CHANGED', set('permanently_disabled')],
    [
      'asleep anew',
      'STATE_CHANGED',
      (id) => sql`update project set deactivated_at = deactivated_at + interval '1 second' where id = ${id}`,
    ],
    ['of a deleted team', 'TEAM_DELETED', (_id, team) => sql`update team set status = 'deleted' where id = ${team}`],
    [
      'of a deleted user',
      'RECIPIENT_DELETED',
      (_id, _team, email) => sql`update "user" set status = 'deleted' where email = ${email}`,
    ],
    [
      'upgraded',
      'PLAN_UPGRADED',
      (_id, team) => sql`
      insert into team_subscription (id, team_id, plan_id, status)
      select ${randomUUID().replaceAll('-', '')}, ${team}, l.id, 'active' from subscription_plan l where l.name = 'pay_as_you_go'`,
    ],
  ])('%s', async (_name, code, change) => {
    const { projects, team, email } = await fallAsleep(1)
    await fallAsleep(1)
    await change(projects[0] ?? '', team, email)
    expect(await lease()).toMatchObject({ ids: { length: 1 }, cancelled: 1 })
    expect(await mails()).toMatchObject([{ status: 'cancelled', code }, { status: 'queued' }])
  })

  it('and one of the second stage, once its project was given back', async () => {
    const project = await rows.project({ status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } })
    await sweep()
    expect(await mails()).toMatchObject([{ template: 'project-permanently-disabled', status: 'queued' }])
    await sql`update project set status = 'inactive' where id = ${project}`
    expect(await lease()).toMatchObject({ ids: [], cancelled: 1 })
  })
})

describe('a digest', () => {
  it('takes the place of more than three mails of one recipient, stage and run', async () => {
    const { email, projects } = await fallAsleep(4)
    await fallAsleep(3)
    const { ids, digested } = await lease()
    expect([ids.length, digested]).toEqual([4, 4])
    const digest = (await mails()).find((mail) => mail.template === 'project-disabled-digest')
    const [facts] = await readMailFacts(sql, [digest?.id ?? 0])
    expect(facts).toMatchObject({ address: email, template: 'project-disabled-digest' })
    expect(facts?.projects.map((project) => project.id).sort()).toEqual([...projects].sort())
    expect((await mails()).filter((mail) => mail.digestId === digest?.id && mail.status === 'digested')).toHaveLength(4)
  })

  it('is made for each recipient, also when the lease has room for one', async () => {
    const team = await rows.team({ owners: ['one@digest.example', 'two@digest.example'] })
    for (let n = 0; n < 5; n += 1) await rows.project({ ...due, team })
    await sweep()
    const leases = [await lease(1), await lease(1), await lease(1)]
    expect(leases.map((one) => one.ids.length)).toEqual([1, 1, 0])
    expect(leases.reduce((sum, one) => sum + one.digested, 0)).toBe(10)
  })

  it('leaves out what is no longer true, before it is made and when it is tried again', async () => {
    const { projects } = await fallAsleep(5)
    await sql`update project set status = 'deleted' where id = ${projects[0] ?? ''}`
    expect(await lease()).toMatchObject({ cancelled: 1, digested: 4 })
    await sql`update project set status = 'deleted' where id = ${projects[1] ?? ''}`
    await makeDue()
    const again = await lease()
    expect(again).toMatchObject({ ids: { length: 1 }, cancelled: 1 })
    const [facts] = await readMailFacts(sql, again.ids)
    expect(facts?.projects).toHaveLength(3)
    await sql`update project set status = 'active' where status = 'inactive'`
    await makeDue()
    expect(await lease()).toMatchObject({ ids: [], cancelled: 4 })
    expect(new Set((await mails()).map((mail) => mail.status))).toEqual(new Set(['cancelled']))
  })

  it('is not made when only three are still true', async () => {
    const { projects } = await fallAsleep(4)
    await sql`update project set status = 'deleted' where id = ${projects[3] ?? ''}`
    expect(await lease()).toMatchObject({ ids: { length: 3 }, cancelled: 1, digested: 0 })
  })

  it('never takes up a mail that was begun', async () => {
    await fallAsleep(4)
    await sql`update vigie.mail set attempts = 1 where id = (select min(id) from vigie.mail)`
    expect(await lease()).toMatchObject({ ids: { length: 4 }, digested: 0 })
  })
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
    expect(await retryDeadMails(sql)).toBe(1)
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

describe('what a mail tells', () => {
  it('is the instant of the act and, to the microsecond, that of the next stage', async () => {
    const { projects } = await fallAsleep(1)
    const [row] = await sql<{ at: string; next: string }[]>`
      select vigie.instant(deactivated_at) as at, vigie.instant(deactivated_at + interval '7 days') as next
      from project where id = ${projects[0] ?? ''}`
    const [facts] = await readMailFacts(sql, (await lease()).ids)
    expect(facts).toMatchObject({
      template: 'project-disabled',
      projects: [{ id: projects[0], teamName: expect.any(String), actedAt: row?.at, nextStageAt: row?.next }],
    })
  })

  it('has no next stage after the last', async () => {
    await rows.project({ status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } })
    await sweep()
    expect(await readMailFacts(sql, (await lease()).ids)).toMatchObject([{ projects: [{ nextStageAt: null }] }])
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
