import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { createOutboxFixture, due } from '../../main/mail/testing/outbox-fixture.ts'
import { instantToMicros } from '../instant.ts'
import { reactivateProject } from '../reactivate.ts'
import { readMailFacts } from './read-facts.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const { empty, rows, sweep, fallAsleep, mails, lease, makeDue } = createOutboxFixture(database)

beforeEach(empty)

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

describe('a reactivation', () => {
  const wake = async () => {
    const { projects, email } = await fallAsleep(1)
    const projectId = projects[0] ?? ''
    await lease()
    await reactivateProject(database, { projectId, onBehalfOf: email, reason: 'Back' })
    return { projectId, email }
  }

  it('is told if the policy says so, as long as it is true', async () => {
    await sql`update vigie.policy set is_reactivation_mailed = true`
    const { projectId, email } = await wake()
    const [facts] = await readMailFacts(sql, (await lease()).ids)
    expect(facts).toMatchObject({ template: 'project-reactivated', address: email, projects: [{ nextStageAt: null }] })
    await sql`update project set status = 'paused' where id = ${projectId}`
    await makeDue()
    expect(await lease()).toMatchObject({ ids: [], cancelled: 2 })
  })

  it('is not told by default', async () => {
    await sql`update vigie.policy set is_reactivation_mailed = default`
    await wake()
    expect((await mails()).map((mail) => mail.template)).toEqual(['project-disabled'])
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
      projects: [{ id: projects[0], teamName: expect.any(String), actedAt: row?.at }],
    })
    expect(instantToMicros(facts?.projects[0]?.nextStageAt ?? '')).toBe(instantToMicros(row?.next ?? ''))
  })

  it('is the later instant of the next stage where nobody watched since', async () => {
    const { projects } = await fallAsleep(1)
    const id = projects[0] ?? ''
    await sql`
      update vigie.event set after = after || jsonb_build_object('deactivatedAt',
        vigie.instant((now() at time zone 'utc') - interval '3 days')) where project_id = ${id}`
    const [row] = await sql<{ at: string; next: string }[]>`
      select (e.after ->> 'deactivatedAt')::timestamptz as at,
        (e.after ->> 'deactivatedAt')::timestamptz + interval '8 days' as next
      from vigie.event e where e.project_id = ${id} and e.kind = 'deactivated'`
    await sql`update project set deactivated_at = ${row?.at ?? ''}::text::timestamptz at time zone 'utc' where id = ${id}`
    await sql`
      with ends as (select now() as at)
      insert into vigie.watch_span (intake_id, span_from, span_to)
      select 1, at - interval '9 days', at - interval '2 days' from ends
      union all select 1, at - interval '1 day', at + interval '1 day' from ends`
    const [facts] = await readMailFacts(sql, (await lease()).ids)
    await sql`truncate vigie.watch_span`
    expect(instantToMicros(facts?.projects[0]?.nextStageAt ?? '')).toBe(instantToMicros(row?.next ?? ''))
  })

  it('is that the next stage may come at any moment, where a mail is sent again after its time', async () => {
    const { projects } = await fallAsleep(1)
    const id = projects[0] ?? ''
    const sentNow = await readMailFacts(sql, (await lease()).ids)
    await sql`
      update vigie.event set after = after || jsonb_build_object('deactivatedAt',
        vigie.instant((now() at time zone 'utc') - interval '9 days')) where project_id = ${id}`
    await sql`
      update project set deactivated_at = (select (e.after ->> 'deactivatedAt')::timestamptz at time zone 'utc'
        from vigie.event e where e.project_id = ${id} and e.kind = 'deactivated') where id = ${id}`
    await makeDue()
    const sentAgain = await readMailFacts(sql, (await lease()).ids)
    expect([sentNow, sentAgain].map(([facts]) => facts?.projects[0]?.isOverdue)).toEqual([false, true])
  })

  it('has no next stage after the last', async () => {
    await rows.project({ status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } })
    await sweep()
    expect(await readMailFacts(sql, (await lease()).ids)).toMatchObject([{ projects: [{ nextStageAt: null }] }])
  })
})
