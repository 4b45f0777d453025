import { beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { listAgents } from './agents.ts'
import { listEdgeStates, listIntakeStates, readEdgeSummary } from './edge-state.ts'

const { sql } = await createTestDatabase()

it('says that there is nothing', async () => {
  expect(await listIntakeStates(sql)).toEqual([])
  expect(await listEdgeStates(sql)).toEqual([])
  expect(await readEdgeSummary(sql)).toEqual({
    intakes: 0,
    aliveIntakes: 0,
    hitsPerMinute: null,
    coveredUntil: null,
    edges: 0,
    aliveEdges: 0,
    outOfStep: 0,
    edgeErrors: [],
    failedContainers: 0,
    partErrors: [],
  })
})

beforeAll(async () => {
  await sql`delete from vigie.agent`
})

it('tells an intake that watches from one that is silent and one that is retired', async () => {
  await sql`
    insert into vigie.intake
      (id, machine, kind, source, enrolled_at, flushed_at, covered_until, garbage_lines, unknown_hits, retired_at, retired_by)
    overriding system value
    values
      (1, 'a', 'access_log', '/a.log', now() - interval '3 days', now() - interval '9 seconds', now() - interval '12 seconds',
        4, 5, null, null),
      (2, 'b', 'forward_auth', '127.0.0.1:1', now() - interval '3 days', now() - interval '2 hours',
        now() - interval '2 hours', 0, 0, null, null),
      (3, 'c', 'access_log', '/c.log', now() - interval '9 days', now(), now(), 0, 0, now(), 'ada')`
  await sql`
    insert into vigie.watch_span (intake_id, span_from, span_to)
    values (1, now() - interval '3 days', now() - interval '2 days'), (1, now() - interval '1 day', now()),
      (2, now() - interval '3 days', now() - interval '2 hours'), (3, now() - interval '9 days', now())`
  await sql`
    insert into vigie.intake_hour (intake_id, hour, hits, excluded)
    values (1, date_trunc('hour', now()), 600, 20), (2, date_trunc('day', now()) - interval '1 hour', 999, 0),
      (3, date_trunc('hour', now()), 7777, 0)`
  const intakes = await listIntakeStates(sql)
  expect(intakes).toMatchObject([
    { id: 1, isAlive: true, hitsToday: 600, excludedToday: 20, garbageLines: 4, unknownHits: 5, retiredAt: null },
    { id: 2, isAlive: false, watchingSince: null, hitsToday: 0 },
    { id: 3, isAlive: false, watchingSince: null, retiredBy: 'ada' },
  ])
  const [span] = await sql<{ from: string }[]>`
    select span_from as "from" from vigie.watch_span where intake_id = 1 order by span_from desc limit 1`
  expect(intakes[0]?.watchingSince).toBe(span?.from)
})

it('sums up what enrolled intakes count and how far the slowest is', async () => {
  const summary = await readEdgeSummary(sql)
  expect(summary).toMatchObject({ intakes: 2, aliveIntakes: 1 })
  // 600 hits of the running hour and the one before: between one and two hours.
  expect(summary.hitsPerMinute).toBeGreaterThanOrEqual(5)
  expect(summary.hitsPerMinute).toBeLessThanOrEqual(27)
  const [slowest] = await sql<{ at: string }[]>`select covered_until as at from vigie.intake where id = 2`
  expect(summary.coveredUntil).toBe(slowest?.at)
  await sql`update vigie.intake set covered_until = null where id = 1`
  expect((await readEdgeSummary(sql)).coveredUntil).toBeNull()
})

it('tells of edges what they block, what is out of step, and what went wrong', async () => {
  await sql`
    insert into vigie.edge (id, machine, directory, reconciled_at, out_of_step, error, retired_at, retired_by)
    overriding system value
    values (1, 'a', '/x', now(), 0, null, null, null),
      (2, 'b', '/x', now() - interval '1 hour', 3, '{"code": "EDGE_DIRECTORY_FULL", "message": "Full."}', null, null),
      (3, 'c', '/x', now(), 9, '{"code": "EDGE_DIRECTORY_MISSING", "message": "Gone."}', now(), 'ada')`
  await sql`insert into vigie.edge_block (edge_id, project_id) values (1, 'aa'), (1, 'bb'), (2, 'aa')`
  await sql`
    insert into vigie.stopped_container (deployment_id, project_id, container_id, error)
    values ('d1', 'aa', 'c1', null), ('d2', 'aa', 'c2', '{"code": "ENGINE_UNREACHABLE", "message": "No answer."}')`
  expect(await listEdgeStates(sql)).toMatchObject([
    { id: 1, isAlive: true, blocked: 2, outOfStep: 0, error: null },
    { id: 2, isAlive: false, blocked: 1, outOfStep: 3, error: { code: 'EDGE_DIRECTORY_FULL', message: 'Full.' } },
    { id: 3, isAlive: false, retiredBy: 'ada' },
  ])
  expect(await readEdgeSummary(sql)).toMatchObject({
    edges: 2,
    aliveEdges: 1,
    outOfStep: 3,
    edgeErrors: [{ machine: 'b', code: 'EDGE_DIRECTORY_FULL', message: 'Full.' }],
    failedContainers: 1,
  })
})

it('tells what the parts of living agents report', async () => {
  await sql`
    insert into vigie.agent (id, entry, machine, version, parts, heartbeat_at, report)
    select gen_random_uuid(), 'agent', v.machine, '1', '{scheduler,containers}', now() - v.age, v.report::jsonb
    from (values
      ('a', interval '0', '{"scheduler": {"error": null, "ticks": 3}, "containers": {"error": {"code": "X", "message": "Y."}}}'),
      ('b', interval '2 hours', '{"containers": {"error": {"code": "X", "message": "Old."}}}')) v (machine, age, report)`
  expect((await readEdgeSummary(sql)).partErrors).toEqual([
    { machine: 'a', part: 'containers', code: 'X', message: 'Y.' },
  ])
  expect(await listAgents(sql)).toMatchObject([
    { machine: 'a', isAlive: true, errors: [{ part: 'containers', code: 'X', message: 'Y.' }] },
    { machine: 'b', isAlive: false, errors: [{ part: 'containers', message: 'Old.' }] },
  ])
})
