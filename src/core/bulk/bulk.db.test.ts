import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BulkActs, createBulkActs } from '../../main/bulk-acts.ts'
import { withSession } from '../../main/database/connect.ts'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { exempt } from '../exemptions.ts'
import { type ProjectView, unfiltered } from '../queries/projects.ts'
import { readTimeline } from '../queries/timeline.ts'
import { reactivateForOwner } from '../reactivate.ts'
import type { BulkOutcome } from './bulk-result.ts'
import { fixSelection, maxBulkProjects } from './fix-selection.ts'
import { previewBulk } from './preview-bulk.ts'
import { runBulk } from './run-bulk.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const inSession = <T>(work: Parameters<typeof withSession<T>>[1]) => withSession(sql, work)
const acts = () => createBulkActs({ ...database, withSession: inSession, nowMs: () => performance.now() })
const asleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 9 }, deactivated: { days: 3 } }
const act = { kind: 'reactivate' } as const
const patience = { timeout: 60_000, interval: 20 }

const viewOf = (teamId: string | null): ProjectView => ({
  ...unfiltered,
  teamId,
  sort: 'name',
  direction: 'ascending',
})

/** A team of many projects at once; returns their ids. */
async function manyProjects(teamId: string, count: number): Promise<string[]> {
  await sql`insert into github_installation (installation_id) values (1) on conflict do nothing`
  const inserted = await sql<{ id: string }[]>`
    insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, status,
      created_at, updated_at, last_traffic_at, deactivated_at)
    select md5(${teamId} || n), 'Many ' || n, null, n, 'example/many', 1, ${teamId}, 'inactive',
      now() at time zone 'utc' - interval '60 days', now() at time zone 'utc' - interval '60 days',
      now() at time zone 'utc' - interval '9 days', now() at time zone 'utc' - interval '3 days'
    from generate_series(1, ${count}) n returning id`
  return inserted.map(({ id }) => id)
}

async function resultsOf(bulk: BulkActs, bulkId: string, outcomes: readonly BulkOutcome[]) {
  await expect.poll(() => bulk.get(bulkId).state, patience).not.toBe('running')
  return bulk.results({ bulkId, outcomes, after: null, limit: 500 }).results
}

describe('a bulk reactivation', () => {
  it('says beforehand what will happen, does just that, and tells each result', async () => {
    const bulk = acts()
    const good = await rows.team({ owners: ['second@example.com', 'first@example.com'] })
    await sql`
      update team_member m set created_at = now() - interval '9 days' from "user" u
      where u.id = m.user_id and u.email = 'first@example.com'`
    const ownerless = await rows.team({ owners: ['gone@example.com'], admins: ['admin@example.com'] })
    await sql`update "user" set status = 'deleted' where email = 'gone@example.com'`
    const closed = await rows.team({ isDeleted: true })
    const ids = {
      ready: await rows.project({ ...asleep, team: good }),
      active: await rows.project({ team: good }),
      paused: await rows.project({ team: good, status: 'paused' }),
      final: await rows.project({ team: good, status: 'permanently_disabled', deactivated: { days: 9 } }),
      ownerless: await rows.project({ ...asleep, team: ownerless, name: 'Nobody’s' }),
      closed: await rows.project({ ...asleep, team: closed }),
      gone: 'f'.repeat(32),
    }
    const projectIds = Object.values(ids)
    const prepared = await bulk.prepare({
      kind: 'reactivate',
      selection: { kind: 'some', projectIds: [...projectIds, ids.ready] },
    })
    expect(prepared).toMatchObject({
      projects: 7,
      preview: { ready: 1, ownerlessTeams: 1, namedTeams: [{ teamId: ownerless, projects: 1 }] },
    })
    expect(prepared.preview.obstacles).toHaveLength(6)
    expect(prepared.preview.obstacles).toEqual(
      expect.arrayContaining([
        { code: 'PROJECT_NOT_FOUND', status: null, projects: 1 },
        { code: 'TEAM_DELETED', status: null, projects: 1 },
        { code: 'PROJECT_PERMANENTLY_DISABLED', status: null, projects: 1 },
        { code: 'PROJECT_NOT_INACTIVE', status: 'active', projects: 1 },
        { code: 'PROJECT_NOT_INACTIVE', status: 'paused', projects: 1 },
        { code: 'NO_ACTIVE_OWNER', status: null, projects: 1 },
      ]),
    )
    const { bulkId } = prepared
    bulk.start({ act, bulkId, projects: 7, reason: '  The outage of Tuesday ' })
    expect(await resultsOf(bulk, bulkId, ['done', 'refused', 'skipped', 'failed'])).toMatchObject([
      { index: 0, projectId: ids.ready, outcome: 'done', code: null },
      { projectId: ids.active, outcome: 'refused', code: 'PROJECT_NOT_INACTIVE' },
      { projectId: ids.paused, outcome: 'refused', code: 'PROJECT_NOT_INACTIVE' },
      { projectId: ids.final, outcome: 'refused', code: 'PROJECT_PERMANENTLY_DISABLED' },
      { projectId: ids.ownerless, projectName: 'Nobody’s', outcome: 'skipped', code: 'NO_ACTIVE_OWNER' },
      { projectId: ids.closed, outcome: 'refused', code: 'TEAM_DELETED' },
      { projectId: ids.gone, projectName: null, outcome: 'refused', code: 'PROJECT_NOT_FOUND' },
    ])
    expect(bulk.get(bulkId)).toMatchObject({ state: 'done', done: 1, refused: 5, skipped: 1, failed: 0, error: null })
    const { events } = await readTimeline(sql, { projectId: ids.ready, before: null, limit: 9 })
    expect(events).toMatchObject([
      {
        kind: 'reactivated',
        reason: 'The outage of Tuesday',
        onBehalfOf: { email: 'first@example.com' },
        after: { status: 'active', bulkId },
      },
    ])
    expect(bulk.results({ bulkId, outcomes: ['refused'], after: 1, limit: 2 })).toMatchObject({
      results: [{ index: 2 }, { index: 3 }],
      next: 3,
    })
  })

  it('judges each again: what changed since its numbers were shown is refused by itself', async () => {
    const bulk = acts()
    const team = await rows.team()
    const [first, second] = [await rows.project({ ...asleep, team }), await rows.project({ ...asleep, team })]
    const { bulkId, preview } = await bulk.prepare({
      kind: 'reactivate',
      selection: { kind: 'some', projectIds: [first, second] },
    })
    expect(preview.ready).toBe(2)
    await sql`update project set status = 'paused' where id = ${first}`
    bulk.start({ act, bulkId, projects: 2, reason: 'Back' })
    expect(await resultsOf(bulk, bulkId, ['done', 'refused'])).toMatchObject([
      { outcome: 'refused', code: 'PROJECT_NOT_INACTIVE' },
      { outcome: 'done' },
    ])
  })

  it('reports what somebody else holds, and goes on', { timeout: 60_000 }, async () => {
    const bulk = acts()
    const team = await rows.team()
    const projectIds = [await rows.project({ ...asleep, team }), await rows.project({ ...asleep, team })]
    const { bulkId } = await bulk.prepare({ kind: 'reactivate', selection: { kind: 'some', projectIds } })
    await withSession(sql, async (session) => {
      await session`begin`
      await session`select from project where id = ${projectIds[0] ?? ''} for update`
      bulk.start({ act, bulkId, projects: 2, reason: 'Back' })
      expect(await resultsOf(bulk, bulkId, ['done', 'failed'])).toMatchObject([
        { outcome: 'failed', code: 'DATABASE_BUSY' },
        { outcome: 'done' },
      ])
      await session`rollback`
    })
  })

  it('of a team of 2,000 can be cancelled in the middle, and what it tells is true', { timeout: 120_000 }, async () => {
    const bulk = acts()
    const team = await rows.team()
    await manyProjects(team, 2_000)
    const { bulkId, projects, preview } = await bulk.prepare({
      kind: 'reactivate',
      selection: { kind: 'matching', view: viewOf(team), exceptIds: [] },
    })
    expect([projects, preview.ready]).toEqual([2_000, 2_000])
    bulk.start({ act, bulkId, projects, reason: 'Back' })
    await expect.poll(() => bulk.get(bulkId).done, patience).toBeGreaterThan(20)
    expect(bulk.cancel(bulkId)).toMatchObject({ isCancelRequested: true })
    await expect.poll(() => bulk.get(bulkId).state, patience).toBe('cancelled')
    const { done } = bulk.get(bulkId)
    expect(done).toBeLessThan(2_000)
    const [found] = await sql`
      select (select count(*)::int from project where team_id = ${team} and status = 'active') as active,
        (select count(*)::int from vigie.event where team_id = ${team} and after ->> 'bulkId' = ${bulkId}) as events`
    expect(found).toEqual({ active: done, events: done })
    // The rest, in a second go, refuses what is awake already and wakes all the others.
    const rest = await bulk.prepare({
      kind: 'reactivate',
      selection: { kind: 'matching', view: viewOf(team), exceptIds: [] },
    })
    expect(rest.preview.ready).toBe(2_000 - done)
    bulk.start({ act, bulkId: rest.bulkId, projects: 2_000, reason: 'Back' })
    await expect.poll(() => bulk.get(rest.bulkId).state, patience).toBe('done')
    expect(bulk.get(rest.bulkId)).toMatchObject({ done: 2_000 - done, refused: done })
  })

  it('ends between two projects when its process ends', async () => {
    const bulk = acts()
    const team = await rows.team()
    await manyProjects(team, 500)
    const { bulkId, projects } = await bulk.prepare({
      kind: 'reactivate',
      selection: { kind: 'matching', view: viewOf(team), exceptIds: [] },
    })
    bulk.start({ act, bulkId, projects, reason: 'Back' })
    await bulk.stop()
    expect(bulk.get(bulkId)).toMatchObject({ state: 'cancelled' })
  })

  it('needs a reason, and the very number that was confirmed; one runs at a time', async () => {
    const bulk = acts()
    const team = await rows.team()
    await manyProjects(team, 300)
    const prepare = () =>
      bulk.prepare({ kind: 'reactivate', selection: { kind: 'matching', view: viewOf(team), exceptIds: [] } })
    const { bulkId } = await prepare()
    expect(() => bulk.start({ act, bulkId, projects: 300, reason: ' ' })).toThrow(
      expect.objectContaining({ code: 'REASON_REQUIRED' }),
    )
    expect(() => bulk.start({ act, bulkId, projects: 299, reason: 'Back' })).toThrow(
      expect.objectContaining({ code: 'BULK_NOT_FOUND' }),
    )
    expect(bulk.latest()).toBeNull()
    bulk.start({ act, bulkId, projects: 300, reason: 'Back' })
    const other = await prepare()
    expect(() => bulk.start({ act, bulkId: other.bulkId, projects: 300, reason: 'Back' })).toThrow(
      expect.objectContaining({ code: 'BULK_RUNNING' }),
    )
    await bulk.stop()
    expect(() => bulk.get(randomUUID())).toThrow(expect.objectContaining({ code: 'BULK_NOT_FOUND' }))
  })
})

describe('a bulk exemption', () => {
  it('leaves each project alone, replaces what there was, and refuses what is gone', async () => {
    const bulk = acts()
    const team = await rows.team()
    const ids = {
      active: await rows.project({ team }),
      exempt: await rows.project({ team }),
      deleted: await rows.project({ team, status: 'deleted' }),
      gone: 'e'.repeat(32),
    }
    await exempt(database, { scope: 'project', id: ids.exempt, until: null, reason: 'Before' })
    const selection = { kind: 'some', projectIds: Object.values(ids) } as const
    const { bulkId, preview } = await bulk.prepare({ kind: 'exempt', selection })
    expect(preview).toMatchObject({
      ready: 2,
      exemptAlready: 1,
      obstacles: [
        { code: 'PROJECT_DELETED', projects: 1 },
        { code: 'PROJECT_NOT_FOUND', projects: 1 },
      ],
    })
    expect(() => bulk.start({ act, bulkId, projects: 4, reason: 'Move' })).toThrow(
      expect.objectContaining({ code: 'BULK_NOT_FOUND' }),
    )
    bulk.start({ act: { kind: 'exempt', until: '2150-01-01T00:00:00.000Z' }, bulkId, projects: 4, reason: 'Move' })
    expect(await resultsOf(bulk, bulkId, ['done', 'refused'])).toMatchObject([
      { projectId: ids.active, outcome: 'done' },
      { projectId: ids.exempt, outcome: 'done' },
      { projectId: ids.deleted, outcome: 'refused', code: 'PROJECT_DELETED' },
      { projectId: ids.gone, outcome: 'refused', code: 'PROJECT_NOT_FOUND' },
    ])
    const events = await sql`
      select kind, reason from vigie.event where team_id = ${team} and after ->> 'bulkId' = ${bulkId}`
    expect(events).toEqual([
      { kind: 'exempted', reason: 'Move' },
      { kind: 'exempted', reason: 'Move' },
    ])
    const kept = await sql`
      select to_char(until at time zone 'utc', 'YYYY') as until from vigie.exemption
      where project_id in (${ids.active}, ${ids.exempt})`
    expect(kept).toEqual([{ until: '2150' }, { until: '2150' }])
  })
})

describe('a lost connection', () => {
  const lost = Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' })
  const retries = { times: 3, delayMs: 1 }

  it('is waited for; what had been done before the answer was lost counts as done, once', async () => {
    const team = await rows.team()
    const [projectId = ''] = await manyProjects(team, 1)
    const bulkId = randomUUID()
    let calls = 0
    const perform = async () => {
      calls += 1
      await reactivateForOwner({ ...database, origin: { ...database.origin, bulkId } }, { projectId, reason: 'Back' })
      throw lost
    }
    const results: unknown[] = []
    const signal = new AbortController().signal
    const options = { signal, retries, onResult: (result: unknown) => results.push(result) }
    expect(await runBulk(database, { bulkId, projectIds: [projectId], perform }, options)).toEqual({
      outcome: 'done',
      error: null,
    })
    expect([calls, results]).toMatchObject([1, [{ outcome: 'done' }]])
  })

  it('for long ends the act as failed, and nothing is told of what was not tried', async () => {
    const results: unknown[] = []
    const options = {
      signal: new AbortController().signal,
      retries,
      onResult: (result: unknown) => results.push(result),
    }
    const perform = () => Promise.reject(lost)
    const projectIds = ['a'.repeat(32), 'b'.repeat(32)]
    expect(await runBulk(database, { bulkId: randomUUID(), projectIds, perform }, options)).toMatchObject({
      outcome: 'failed',
      error: { code: 'DATABASE_CONNECTION_LOST' },
    })
    expect(results).toEqual([])
  })
})

describe('a selection', () => {
  let team: string
  let ids: string[]
  beforeAll(async () => {
    team = await rows.team()
    ids = await manyProjects(team, 2_500)
  })

  it('of all that match holds each once, in the order of the list, but for those left out', async () => {
    const fix = (exceptIds: readonly string[]) =>
      inSession((session) => fixSelection(session, { kind: 'matching', view: viewOf(team), exceptIds }))
    const fixed = await fix([])
    expect(new Set(fixed)).toEqual(new Set(ids))
    expect(fixed).toHaveLength(2_500)
    const names = await sql<{ name: string }[]>`
      select p.name from unnest(${[...fixed]}::varchar[]) with ordinality i (id, n) join project p using (id) order by n`
    expect(names).toEqual([...names].sort((a, b) => (a.name < b.name ? -1 : 1)))
    expect(await fix(fixed.slice(5))).toEqual(fixed.slice(0, 5))
  })

  it('is limited', async () => {
    const big = await rows.team()
    await manyProjects(big, maxBulkProjects + 1)
    const all = { kind: 'matching', view: viewOf(big), exceptIds: [] } as const
    await expect(inSession((session) => fixSelection(session, all))).rejects.toMatchObject({ code: 'BULK_TOO_LARGE' })
  })
})

it('the preview agrees with what the act would answer, one by one', async () => {
  const teams = [
    await rows.team(),
    await rows.team({ owners: [], admins: ['only-admin@example.com'] }),
    await rows.team({ isDeleted: true }),
    await rows.team({ plan: 'paid' }),
  ]
  const statuses = ['active', 'inactive', 'permanently_disabled', 'paused', 'deleted'] as const
  for (const team of teams) {
    for (const status of statuses) {
      const id = await rows.project({ team, status })
      const preview = await previewBulk(sql, 'reactivate', [id])
      const [row] = await sql<{ answer: { refusal?: string; status?: string } }[]>`
        select vigie.reactivate_for_owner(${id}, 'Back', ${sql.json({ ...database.origin })}) as answer`
      const { refusal = null, status: told = null } = row?.answer ?? {}
      expect(preview.obstacles).toEqual(refusal === null ? [] : [{ code: refusal, status: told, projects: 1 }])
      expect(preview.ready).toBe(refusal === null ? 1 : 0)
    }
  }
})
