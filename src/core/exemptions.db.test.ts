import { afterEach, describe, expect, it } from 'vitest'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { sweepNow } from '../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { endExemption, exempt, expireExemptions } from './exemptions.ts'
import { microsPerDay, microsToInstant } from './instant.ts'
import { readTimeline } from './queries/timeline.ts'
import { checkRevert } from './sweep/revert.ts'

const database = await createTestDatabase({ maxConnections: 8 })
const { sql } = database
const rows = createRows(sql)
const reason = 'a conference'
const idle = { lastTraffic: { days: 40 }, created: { days: 60 } } as const
const { signal } = new AbortController()

afterEach(async () => {
  await sql`truncate project cascade`
  await sql`truncate vigie.exemption, vigie.event, vigie.mail, vigie.job_run, vigie.sleeper, vigie.seen`
})

const inDays = (days: number) => microsToInstant(Date.now() * 1000 + days * microsPerDay)
const until = inDays(17)
const exemptProject = (id: string, request: Partial<Parameters<typeof exempt>[1]> = {}) =>
  exempt(database, { scope: 'project', id, until, reason, ...request })
const letRunOut = () => sql`update vigie.exemption set until = now() - interval '1 second'`
const statusOf = async (id: string) => {
  const [row] = await sql<{ status: string }[]>`select status from project where id = ${id}`
  return row?.status
}
const timelineOf = async (projectId: string) => {
  const { events } = await readTimeline(sql, { projectId, before: null, limit: 50 })
  return events.map(({ kind, before, after, reason, actor }) => ({ kind, before, after, reason, actor }))
}

describe('an exemption', () => {
  it('is on record with what was before and after, and who did it', async () => {
    const project = await rows.project(idle)
    const { exemption, former } = await exemptProject(project)
    expect(former).toBeNull()
    const [{ login } = { login: '' }] = await sql<{ login: string }[]>`select session_user as login`
    expect(exemption).toMatchObject({ scope: 'project', reason, actor: login })
    expect(Date.parse(exemption.until ?? '')).toBe(Date.parse(until))
    expect(await timelineOf(project)).toEqual([
      { kind: 'exempted', before: { isExempt: false }, after: { isExempt: true, ...exemption }, reason, actor: login },
    ])
  })

  it('that is prolonged, shortened or made for good replaces the former, both on record', async () => {
    const project = await rows.project(idle)
    const first = await exemptProject(project)
    const longer = await exemptProject(project, { until: null, reason: 'for good' })
    expect(longer.former).toEqual(first.exemption)
    const shorter = await exemptProject(project, { until: inDays(1), reason: 'only a day' })
    expect(shorter.former).toEqual(longer.exemption)
    expect(await sql`select reason from vigie.exemption`).toEqual([{ reason: 'only a day' }])
    expect((await timelineOf(project)).map(({ before, after }) => [before?.reason, after?.reason])).toEqual([
      ['for good', 'only a day'],
      [reason, 'for good'],
      [undefined, reason],
    ])
  })

  it('is ended by its number, once, and not by that of one which was replaced', async () => {
    const project = await rows.project(idle)
    const first = await exemptProject(project)
    const second = await exemptProject(project)
    const end = (exemptionId: number) => endExemption(database, { exemptionId, reason: 'over' })
    await expect(end(first.exemption.exemptionId)).rejects.toMatchObject({ code: 'EXEMPTION_NOT_FOUND' })
    expect(await end(second.exemption.exemptionId)).toEqual(second.exemption)
    await expect(end(second.exemption.exemptionId)).rejects.toMatchObject({ code: 'EXEMPTION_NOT_FOUND' })
    expect((await timelineOf(project))[0]).toMatchObject({
      kind: 'exemption_ended',
      before: { isExempt: true, reason },
      after: { isExempt: false },
      reason: 'over',
    })
  })

  it('of a team stands on the timeline of each of its projects, as one event', async () => {
    const team = await rows.team()
    const projects = [await rows.project({ ...idle, team }), await rows.project({ ...idle, team })]
    const other = await rows.project(idle)
    await exempt(database, { scope: 'team', id: team, until: null, reason })
    for (const project of projects) {
      expect(await timelineOf(project)).toMatchObject([{ kind: 'exempted', after: { scope: 'team', until: null } }])
    }
    expect(await timelineOf(other)).toEqual([])
    expect(await sql`select project_id as "projectId", team_id as "teamId" from vigie.event`).toEqual([
      { projectId: null, teamId: team },
    ])
  })

  it('is notified, once per act', async () => {
    const heard: string[] = []
    const listener = await sql.listen('vigie', (payload) => heard.push(payload))
    const project = await rows.project(idle)
    const { exemption } = await exemptProject(project)
    await endExemption(database, { exemptionId: exemption.exemptionId, reason })
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(Array(2).fill('{"kind" : "exemption"}'))
    await listener.unlisten()
  })
})

describe('what is refused', () => {
  it.each([
    ['a moment that is over', { until: '2020-01-01T00:00:00.000Z' }, 'EXEMPTION_DATE'],
    ['a moment beyond all plans', { until: '2200-01-01T00:00:00.000Z' }, 'EXEMPTION_DATE'],
    ['no reason', { reason: ' \n' }, 'REASON_REQUIRED'],
    ['a reason that is too long', { reason: 'x'.repeat(2_001) }, 'REASON_TOO_LONG'],
    ['a project that is not there', { id: 'abc' }, 'PROJECT_NOT_FOUND'],
    ['a team that is not there', { id: 'abc', scope: 'team' }, 'TEAM_NOT_FOUND'],
  ] as const)('%s', async (_what, request, code) => {
    const project = await rows.project(idle)
    await expect(exemptProject(project, request)).rejects.toMatchObject({ code })
    expect(await sql`select id from vigie.exemption`).toEqual([])
    expect(await sql`select id from vigie.event`).toEqual([])
  })

  it('deleted projects and teams; paid plans, sleepers and the permanently disabled are not', async () => {
    const deleted = await rows.project({ ...idle, status: 'deleted' })
    await expect(exemptProject(deleted)).rejects.toMatchObject({ code: 'PROJECT_DELETED' })
    const team = await rows.team({ isDeleted: true })
    await expect(exempt(database, { scope: 'team', id: team, until, reason })).rejects.toMatchObject({
      code: 'TEAM_DELETED',
    })
    const paid = await rows.project({ ...idle, team: await rows.team({ plan: 'paid' }) })
    const asleep = await rows.project({ ...idle, status: 'inactive', deactivated: { days: 1 } })
    for (const project of [paid, asleep]) expect((await exemptProject(project)).former).toBeNull()
  })

  it('by the function itself, whoever calls it', async () => {
    const call = async (project: string | null, team: string | null, why: string | null) => {
      const [row] = await sql<{ refusal: string }[]>`
        select vigie.exempt(${project}, ${team}, null, ${why}, '{}') ->> 'refusal' as refusal`
      return row?.refusal
    }
    expect(await call('a', 'b', 'x')).toBe('BAD_REQUEST')
    expect(await call(null, null, 'x')).toBe('BAD_REQUEST')
    expect(await call('a', null, null)).toBe('REASON_REQUIRED')
    expect(await call('a', null, 'x'.repeat(2_001))).toBe('REASON_TOO_LONG')
  })
})

describe('a sweep', () => {
  it('leaves the exempt alone at both stages, and takes them once it is over', async () => {
    const team = await rows.team()
    const active = await rows.project(idle)
    const asleep = await rows.project({ ...idle, status: 'inactive', deactivated: { days: 20 } })
    const teams = [
      await rows.project({ ...idle, team }),
      await rows.project({ ...idle, team, status: 'inactive', deactivated: { days: 20 } }),
    ]
    await exemptProject(active)
    await exemptProject(asleep, { until: null })
    await exempt(database, { scope: 'team', id: team, until, reason })
    expect(await sweepNow(database)).toMatchObject({ deactivated: 0, disabled: 0 })
    await letRunOut()
    expect(await sweepNow(database)).toMatchObject({ deactivated: 2, disabled: 2 })
    expect(await Promise.all([active, asleep, ...teams].map(statusOf))).toEqual([
      'inactive',
      'permanently_disabled',
      'inactive',
      'permanently_disabled',
    ])
  })

  it.each(['deactivate', 'disable'] as const)('that listed a project before leaves it alone: %s', async (stage) => {
    const asleep = stage === 'disable' ? ({ status: 'inactive', deactivated: { days: 20 } } as const) : {}
    const project = await rows.project({ ...idle, ...asleep })
    const [opened] = await sql<{ run: number }[]>`
      select vigie.start_run('sweep', ${sql.json({ ...database.origin })}) as run`
    await exemptProject(project)
    const [batch] = await sql<{ batch: unknown }[]>`
      select vigie.sweep_batch(${opened?.run ?? 0}, null, ${stage}, ${[project]}::varchar[]) as batch`
    expect(batch?.batch).toMatchObject({ moved: 0, busy: [] })
  })

  it.each(['project', 'team'] as const)(
    'that is moving a project is not overtaken by its exemption: %s',
    async (scope) => {
      const team = await rows.team()
      const project = await rows.project({ ...idle, team })
      const [opened] = await sql<{ run: number }[]>`
      select vigie.start_run('sweep', ${sql.json({ ...database.origin })}) as run`
      const sweeper = await sql.reserve()
      await sweeper`begin`
      await sweeper`select vigie.sweep_batch(${opened?.run ?? 0}, null, 'deactivate', ${[project]}::varchar[])`
      let isExempt = false
      const patient = await sql.reserve()
      await patient`set lock_timeout = '60s'`
      const exempting = exempt(
        { ...database, sql: patient },
        { scope, id: scope === 'team' ? team : project, until, reason },
      ).then(() => {
        isExempt = true
      })
      await expect
        .poll(() => sql`select from pg_locks where not granted`.then(({ length }) => length), { timeout: 30_000 })
        .toBeGreaterThan(0)
      expect(isExempt).toBe(false)
      await sweeper`commit`
      sweeper.release()
      await exempting
      await patient`reset lock_timeout`
      patient.release()
      // Whoever is told that it is exempt is told of a project that sleeps already.
      expect((await timelineOf(project)).map(({ kind }) => kind)).toEqual(['exempted', 'deactivated'])
    },
  )

  it('finds a project busy that is being exempted, and leaves it alone after', async () => {
    const project = await rows.project(idle)
    const [opened] = await sql<{ run: number }[]>`
      select vigie.start_run('sweep', ${sql.json({ ...database.origin })}) as run`
    const batch = async () => {
      const [row] = await sql<{ batch: unknown }[]>`
        select vigie.sweep_batch(${opened?.run ?? 0}, null, 'deactivate', ${[project]}::varchar[]) as batch`
      return row?.batch
    }
    const exempter = await sql.reserve()
    await exempter`begin`
    await exempt({ ...database, sql: exempter }, { scope: 'project', id: project, until, reason })
    expect(await batch()).toMatchObject({ moved: 0, busy: [project] })
    await exempter`commit`
    exempter.release()
    expect(await batch()).toMatchObject({ moved: 0, busy: [] })
  })
})

describe('the end of its time', () => {
  it('is told once, however many look, after which the project is told to be put to sleep', async () => {
    const project = await rows.project(idle)
    const kept = await rows.project(idle)
    await exemptProject(project)
    await exemptProject(kept)
    await sql`update vigie.exemption set until = now() - interval '1 second' where project_id = ${project}`
    const looks = await Promise.all(Array.from({ length: 6 }, () => expireExemptions(database, { signal })))
    expect(looks.toSorted()).toEqual([0, 0, 0, 0, 0, 1])
    await sweepNow(database)
    expect((await timelineOf(project)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['deactivated', 'no_traffic'],
      ['exemption_expired', null],
      ['exempted', reason],
    ])
    expect(await timelineOf(kept)).toHaveLength(1)
  })

  it('that nobody has noticed yet is told before the next exemption', async () => {
    const project = await rows.project(idle)
    await exemptProject(project)
    await letRunOut()
    const [over] = await sql<{ id: number }[]>`select id from vigie.exemption`
    await expect(endExemption(database, { exemptionId: over?.id ?? 0, reason })).rejects.toMatchObject({
      code: 'EXEMPTION_NOT_FOUND',
    })
    expect((await exemptProject(project)).former).toBeNull()
    expect((await timelineOf(project)).map(({ kind }) => kind)).toEqual(['exempted', 'exemption_expired', 'exempted'])
  })

  it('goes on in batches', async () => {
    for (let n = 0; n < 3; n += 1) await exemptProject(await rows.project(idle))
    await letRunOut()
    const [row] = await sql<{ expired: number }[]>`
      select vigie.expire_exemptions(2, ${sql.json({ ...database.origin })}) as expired`
    expect(row?.expired).toBe(2)
    expect(await expireExemptions(database, { signal })).toBe(1)
  })
})

it('an exemption is no change of a project: its sweep can be taken back still', async () => {
  const project = await rows.project(idle)
  const run = await sweepNow(database)
  const { exemption } = await exemptProject(project)
  await endExemption(database, { exemptionId: exemption.exemptionId, reason })
  expect(await checkRevert(sql, run.id)).toMatchObject({ active: 1, leftAlone: {} })
})
