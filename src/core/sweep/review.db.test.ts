import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { sweepNow } from '../../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { reactivateProject } from '../reactivate.ts'
import { keepList } from './holds.ts'
import { compareWithLast, listReview, listReviewGroups, type ReviewRequest, type ReviewRow } from './review.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql, origin } = database
const rows = createRows(sql)
const { signal } = new AbortController()

const idle: ProjectSpec = { lastTraffic: { days: 6 } }
const longAsleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } }

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.run_project, vigie.hold, vigie.event, vigie.mail, vigie.sleeper,
    vigie.disabled_domain, vigie.exemption, vigie.seen`
  await sql`update vigie.policy set inactive_after_days = 5, disabled_after_days = 7, is_lapsed_paid_swept = false`
})

/** A preview that is kept, as a night that only observes keeps it. */
async function keepPreview(teams: readonly string[] | null = null): Promise<number> {
  const runner = randomUUID()
  const [run] = await sql<{ runId: number }[]>`
    select vigie.start_run('sweep', ${sql.json({ ...origin })}, ${runner}) as "runId"`
  const runId = run?.runId ?? 0
  const counts = await keepList(sql, { runId, runner }, teams)
  await sql`select vigie.finish_preview(${runId}, ${runner}, ${sql.json({ ...counts })})`
  return runId
}

async function readAll(request: ReviewRequest, group: Parameters<typeof listReview>[1]['group'] = null) {
  const all: ReviewRow[] = []
  let after: Parameters<typeof listReview>[1]['after'] = null
  do {
    const page: Awaited<ReturnType<typeof listReview>> = await listReview(
      sql,
      { ...request, group, after, limit: 3 },
      signal,
    )
    all.push(...page.rows)
    after = page.next
  } while (after !== null)
  return all
}

async function readReasons(request: ReviewRequest): Promise<Record<string, string>> {
  return Object.fromEntries((await readAll(request)).map(({ projectId, why }) => [projectId, why]))
}

describe('why a project is due', () => {
  it('tells who was never visited from whom nobody visited since a visit, or since a reactivation', async () => {
    const team = await rows.team({ owners: ['a@example.com'] })
    const never = await rows.project({ team, lastTraffic: null, created: { days: 6 } })
    const visited = await rows.project({ ...idle, team })
    const woken = await rows.project({ ...longAsleep, team, deactivated: { days: 1 } })
    await reactivateProject(database, { projectId: woken, onBehalfOf: 'a@example.com', reason: 'Asked for' })
    await sql`select vigie.ensure_partitions(now() - interval '6 days')`
    await sql`update vigie.event set created_at = created_at - interval '6 days'`
    await sql`update project set last_traffic_at = last_traffic_at - interval '6 days' where id = ${woken}`
    expect(await readReasons({ stage: 'deactivate', scope: 'all' })).toEqual({
      [never]: 'never_visited',
      [visited]: 'unvisited',
      [woken]: 'unvisited_since_reactivation',
    })
  })

  it('tells whom Vigie put to sleep from whom something else did, and whose owner was not told', async () => {
    const told = await rows.project(idle)
    const untold = await rows.project(idle)
    await sweepNow(database)
    await sql`update vigie.mail set status = 'sent' where project_id = ${told}`
    await sql`select vigie.ensure_partitions(now() - interval '8 days')`
    for (const [table, column] of [
      ['vigie.sleeper', 'deactivated_at'],
      ['vigie.mail', 'created_at'],
      ['project', 'deactivated_at'],
    ] as const) {
      await sql`update ${sql(table)} set ${sql(column)} = ${sql(column)} - interval '8 days'
        where ${sql(table === 'project' ? 'id' : 'project_id')} in (${told}, ${untold})`
    }
    const outside = await rows.project(longAsleep)
    expect(await readReasons({ stage: 'disable', scope: 'all' })).toEqual({
      [outside]: 'asleep_outside',
      [told]: 'not_reactivated',
      [untold]: 'not_told',
    })
  })
})

describe('the comparison with the last sweep', () => {
  it('is none before the first sweep, nor once its list is no longer kept', async () => {
    await rows.project(idle)
    expect(await compareWithLast(sql, signal)).toBeNull()
    expect(await readAll({ stage: 'deactivate', scope: 'new' })).toEqual([])
    await keepPreview()
    expect(await compareWithLast(sql, signal)).not.toBeNull()
    await sql`truncate vigie.run_project`
    expect(await compareWithLast(sql, signal)).toBeNull()
  })

  it('finds what is new and what is gone since a kept preview, and says why each is gone', async () => {
    const stays = await rows.project(idle)
    const team = () => rows.team()
    const gone = {
      visited: await rows.project(idle),
      paused: await rows.project(idle),
      moved_on: await rows.project(idle),
      plan_changed: await rows.project({ ...idle, team: await team() }),
      exempted: await rows.project({ ...idle, team: await team() }),
      deleted: await rows.project(idle),
      reactivated: await rows.project(idle),
      deadline_moved: await rows.project({ lastTraffic: { days: 5, hours: 1 } }),
    }
    const vanished = await rows.project(idle)
    const ofDeletedTeam = await rows.project({ ...idle, team: await team() })
    const sleeper = await rows.project(longAsleep)
    const runId = await keepPreview()

    const now = sql`now() at time zone 'utc'`
    const teamOf = (id: string) => sql`(select p.team_id from project p where p.id = ${id})`
    await sql`update project set last_traffic_at = ${now} where id = ${gone.visited}`
    await sql`update project set status = 'paused' where id = ${gone.paused}`
    await sql`update project set status = 'inactive', deactivated_at = ${now} where id in (${gone.moved_on})`
    await sql`update project set status = 'deleted' where id = ${gone.deleted}`
    await sql`delete from project where id = ${vanished}`
    await sql`update team set status = 'deleted' where id = ${teamOf(ofDeletedTeam)}`
    await sql`insert into team_subscription (id, team_id, plan_id, status)
      select 'aa', ${teamOf(gone.plan_changed)}, l.id, 'active' from subscription_plan l where l.name <> 'free' limit 1`
    await sql`insert into vigie.exemption (team_id, reason) values (${teamOf(gone.exempted)}, 'A demo')`
    await sql`insert into vigie.event (kind, project_id, entry, machine, version, after)
      values ('reactivated', ${gone.reactivated}, 'cli', 'm', '1', '{"status": "active"}')`
    await sql`update project set last_traffic_at = ${now} where id = ${gone.reactivated}`
    await sql`update project set status = 'active', last_traffic_at = ${now} where id = ${sleeper}`
    await sql`update vigie.policy set inactive_after_days = 6`
    await sql`update project set last_traffic_at = last_traffic_at - interval '1 day' where id = ${stays}`
    const fresh = await rows.project({ lastTraffic: { days: 7 } })

    expect(await readReasons({ stage: 'deactivate', scope: 'gone' })).toEqual({
      ...Object.fromEntries(Object.entries(gone).map(([why, id]) => [id, why])),
      [vanished]: 'deleted',
      [ofDeletedTeam]: 'deleted',
    })
    expect(await readReasons({ stage: 'disable', scope: 'gone' })).toEqual({ [sleeper]: 'reactivated' })
    expect((await readAll({ stage: 'deactivate', scope: 'new' })).map((row) => row.projectId)).toEqual([fresh])
    const all = await readAll({ stage: 'deactivate', scope: 'all' })
    expect(new Map(all.map((row) => [row.projectId, row.isNew]))).toEqual(
      new Map([
        [fresh, true],
        [stays, false],
      ]),
    )
    expect(await compareWithLast(sql, signal)).toMatchObject({
      last: { runId, kind: 'preview' },
      new: { deactivate: 1, disable: 0 },
      gone: { deactivate: 10, disable: 1 },
    })
    const groups = await listReviewGroups(
      sql,
      { stage: 'deactivate', scope: 'gone', by: 'reason', after: null, limit: 20 },
      signal,
    )
    expect(groups.groups[0]).toEqual({ key: 'deleted', name: '', projects: 3 })
    expect(groups.groups).toHaveLength(8)
  })

  it('goes by whom a sweep that wrote has moved', async () => {
    const swept = await rows.project(idle)
    const disabled = await rows.project(longAsleep)
    const run = await sweepNow(database)
    const fresh = await rows.project(idle)
    expect(await readReasons({ stage: 'deactivate', scope: 'gone' })).toEqual({ [swept]: 'moved_on' })
    expect(await readReasons({ stage: 'disable', scope: 'gone' })).toEqual({ [disabled]: 'moved_on' })
    expect((await readAll({ stage: 'deactivate', scope: 'new' })).map((row) => row.projectId)).toEqual([fresh])
    expect(await compareWithLast(sql, signal)).toMatchObject({ last: { runId: run.id, kind: 'sweep' } })
  })

  it('passes by sweeps that did not look at everything', async () => {
    const team = await rows.team()
    await rows.project({ ...idle, team })
    const whole = await keepPreview()
    await keepPreview([team])
    const cancelled = await keepPreview()
    await sql`update vigie.job_run set outcome = 'cancelled' where id = ${cancelled}`
    expect(await compareWithLast(sql, signal)).toMatchObject({ last: { runId: whole } })
  })
})

describe('groups', () => {
  it('are counted whole and paged, the largest first, and their rows are all that is due', async () => {
    const [large, small] = [await rows.team(), await rows.team()]
    for (let n = 0; n < 5; n += 1) await rows.project({ ...idle, team: large })
    for (let n = 0; n < 2; n += 1) await rows.project({ lastTraffic: null, created: { days: 9 }, team: small })
    await rows.project({ ...idle, team: await rows.team({ plan: 'paid' }) })
    const request = { stage: 'deactivate', scope: 'all' } as const
    const first = await listReviewGroups(sql, { ...request, by: 'team', after: null, limit: 1 }, signal)
    expect(first.groups).toEqual([{ key: large, name: expect.stringMatching(/^Team/), projects: 5 }])
    const second = await listReviewGroups(sql, { ...request, by: 'team', after: first.next, limit: 1 }, signal)
    expect(second).toMatchObject({ groups: [{ key: small, projects: 2 }], next: null })
    const byReason = await listReviewGroups(sql, { ...request, by: 'reason', after: null, limit: 9 }, signal)
    expect(byReason.groups).toEqual([
      { key: 'unvisited', name: '', projects: 5 },
      { key: 'never_visited', name: '', projects: 2 },
    ])
    const ids = (some: readonly ReviewRow[]) => some.map((row) => row.projectId)
    const all = ids(await readAll(request))
    expect(all).toHaveLength(7)
    const ofTeams = [
      ...(await readAll(request, { by: 'team', key: small })),
      ...(await readAll(request, { by: 'team', key: large })),
    ]
    expect(ids(ofTeams).sort()).toEqual([...all].sort())
    const ofReasons = [
      ...(await readAll(request, { by: 'reason', key: 'never_visited' })),
      ...(await readAll(request, { by: 'reason', key: 'unvisited' })),
    ]
    expect(ids(ofReasons)).toEqual(all)
  })
})
