import { afterEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { addExclusion, applyExclusion, endExclusion, listExclusions, previewExclusion } from './change-exclusions.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const reason = 'a test'

afterEach(async () => {
  await sql`truncate project cascade`
  await sql`truncate vigie.exclusion, vigie.excluded_day, vigie.traffic_day, vigie.last_hit, vigie.event`
})

const add = (pattern = 'curl') => addExclusion(database, { kind: 'user_agent', pattern, reason })

/** Hits of a project on a day so many days ago; `matched` of them by an exclusion. */
async function saw(
  projectId: string,
  daysAgo: number,
  hits: number,
  matched?: { id: number; hits: number; isCounted: boolean },
) {
  const day = sql`((now() - make_interval(days => ${daysAgo})) at time zone 'utc')::date`
  if (hits > 0) await sql`insert into vigie.traffic_day (project_id, day, hits) values (${projectId}, ${day}, ${hits})`
  if (matched === undefined) return
  await sql`
    insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
    values (${projectId}, ${day}, ${matched.id}, ${matched.isCounted}, ${matched.hits},
      now() - make_interval(days => ${daysAgo}))`
}

describe('an exclusion', () => {
  it('is observed, applied and ended, each on record', async () => {
    const id = await add()
    await applyExclusion(database, { id, reason })
    await endExclusion(database, { id, reason })
    expect(await listExclusions(sql)).toMatchObject([{ id, kind: 'user_agent', pattern: 'curl', status: 'ended' }])
    const events = await sql`
      select e.before ->> 'status' as before, e.after ->> 'status' as after, e.reason, e.project_id from vigie.event e
      where e.kind = 'exclusion_changed' order by e.id`
    expect(events).toEqual([
      { before: null, after: 'observed', reason, project_id: null },
      { before: 'observed', after: 'applied', reason, project_id: null },
      { before: 'applied', after: 'ended', reason, project_id: null },
    ])
  })

  it('is there once, until it has ended', async () => {
    const id = await add()
    await expect(add()).rejects.toMatchObject({ code: 'EXCLUSION_INVALID' })
    await endExclusion(database, { id, reason })
    await add()
  })

  it('that can’t be changed so is a refusal', async () => {
    const id = await add()
    const refused = { code: 'EXCLUSION_NOT_FOUND' }
    await expect(applyExclusion(database, { id: id + 1, reason })).rejects.toMatchObject(refused)
    await applyExclusion(database, { id, reason })
    await expect(applyExclusion(database, { id, reason })).rejects.toMatchObject(refused)
    await endExclusion(database, { id, reason })
    await expect(endExclusion(database, { id, reason })).rejects.toMatchObject(refused)
    await expect(previewExclusion(sql, id)).rejects.toMatchObject(refused)
    await expect(endExclusion(database, { id, reason: ' ' })).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    expect(await sql`select vigie.add_exclusion('address', 'nonsense', 'r', '{}') as answer`).toEqual([
      { answer: { refusal: 'EXCLUSION_INVALID' } },
    ])
  })
})

it('an exclusion that ends gives back its hits, the last of them, and the clock of active projects', async () => {
  const [active, asleep] = [
    await rows.project({ lastTraffic: { days: 4 } }),
    await rows.project({ status: 'inactive', lastTraffic: { days: 9 }, deactivated: { days: 4 } }),
  ]
  const id = await add()
  await applyExclusion(database, { id, reason })
  for (const project of [active, asleep]) {
    await saw(project, 2, 5, { id, hits: 3, isCounted: false })
    await saw(project, 3, 0, { id, hits: 4, isCounted: false })
    await sql`
      insert into vigie.last_hit (project_id, is_excluded, at, hostname, client, intake_id, exclusion_id)
      values (${project}, true, now() - interval '2 days', 'a.example', 'program', 1, ${id})`
  }
  expect(await endExclusion(database, { id, reason })).toEqual({ id, hits: 14, moved: 1 })
  const found = await sql`
    select p.id, (select array_agg(t.hits::integer order by t.day) from vigie.traffic_day t where t.project_id = p.id) as hits,
      p.last_traffic_at > (now() at time zone 'utc') - interval '49 hours' as "isMoved"
    from project p order by p.id`
  expect(found).toEqual(
    [
      { id: active, hits: [4, 8], isMoved: true },
      { id: asleep, hits: [4, 8], isMoved: false },
    ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  expect(await sql`select distinct is_excluded, exclusion_id from vigie.last_hit`).toEqual([
    { is_excluded: false, exclusion_id: null },
  ])
  expect(await listExclusions(sql)).toMatchObject([{ counted: 14, excluded: 0 }])
})

it('the preview names the active free projects that had no other visits since the cutoff', async () => {
  const id = await add()
  const [free, paid] = [await rows.team({ plan: 'free' }), await rows.team({ plan: 'paid' })]
  const only = await rows.project({ team: free, name: 'Only' })
  const mixed = await rows.project({ team: free, name: 'Mixed' })
  const paying = await rows.project({ team: paid, name: 'Paying' })
  const asleep = await rows.project({ team: free, status: 'inactive' })
  const long = await rows.project({ team: free, name: 'Long ago' })
  for (const project of [only, paying, asleep]) await saw(project, 1, 7, { id, hits: 7, isCounted: true })
  await saw(only, 9, 3)
  await saw(mixed, 1, 7, { id, hits: 6, isCounted: true })
  await saw(long, 9, 3, { id, hits: 3, isCounted: true })
  const preview = await previewExclusion(sql, id)
  expect(preview).toMatchObject({ projects: 1, list: [{ projectId: only, name: 'Only', hits: 7 }] })
  expect(preview.observedSince).toBe(preview.exclusion.createdAt)
})
