import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { compileExclusions, type LiveExclusion } from './exclusions.ts'
import { createFlusher, type FlushPoint } from './flush.ts'
import type { Hit } from './hit.ts'
import { createHitBuffer } from './hit-buffer.ts'
import { enrolIntake, readIntake } from './intake.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const feeder = '00000000-0000-4000-8000-000000000001'
const key = { machine: 'test', kind: 'access_log', source: '/log' } as const

afterEach(async () => {
  await sql`truncate project cascade`
  await sql`
    truncate vigie.intake, vigie.watch_span, vigie.intake_hour, vigie.traffic_day, vigie.exclusion, vigie.excluded_day,
      vigie.last_hit restart identity`
})

let intakeId = 0
beforeEach(async () => {
  intakeId = await enrolIntake(sql, key, feeder)
})

const minute = 60_000
/** By the database's clock, which is this machine's. */
const minutesAgo = (minutes: number) => Date.now() - minutes * minute
const hit = (projectId: string, at: number, changes: Partial<Hit> = {}): Hit => ({
  projectId,
  hostname: 'site.example',
  at,
  userAgent: 'curl/8.0',
  path: '/',
  address: null,
  ...changes,
})

function createIntake(exclusions: readonly LiveExclusion[] = []) {
  const buffer = createHitBuffer({ match: compileExclusions(exclusions) })
  const makeFlusher = (given: Partial<Parameters<typeof createFlusher>[0]> = {}) =>
    createFlusher({
      sql,
      buffer,
      intakeId,
      feeder,
      makeFlushId: randomUUID,
      nowMs: () => performance.now(),
      ...given,
    })
  const flusher = makeFlusher()
  const flush = (position: FlushPoint['position'] = null, to = flusher) =>
    to.flush(() => ({ position, from: null, until: { monotonicMs: performance.now() } }))
  return { buffer, flush, makeFlusher }
}

async function read(projectId: string) {
  const [project] = await sql`
    select p.last_traffic_at as "lastTrafficAt", p.updated_at = p.created_at as "isUntouched",
      p.last_traffic_at > (clock_timestamp() at time zone 'utc') as "isFuture",
      coalesce((select sum(t.hits) from vigie.traffic_day t where t.project_id = p.id), 0)::integer as hits,
      (select h.at from vigie.last_hit h where h.project_id = p.id and not h.is_excluded) as "lastHitAt"
    from project p where p.id = ${projectId}`
  return project
}

const instant = (ms: number) => new Date(ms).toISOString()

describe('a flush', () => {
  it('counts hits by day, moves the clock of active projects and keeps the last hit', async () => {
    const [visited, other] = [await rows.project({ lastTraffic: { days: 3 } }), await rows.project()]
    const { buffer, flush } = createIntake()
    const [first, last] = [minutesAgo(3 * 1_440), minutesAgo(1)]
    buffer.add(hit(visited, first))
    buffer.add(hit(visited, last, { hostname: 'last.example', userAgent: 'Mozilla/5.0 (X11) Firefox/130.0' }))
    buffer.add(hit(visited, last - 1_000))
    buffer.addGarbage()
    buffer.addUnknown()
    expect(await flush({ file: 'a', offset: 5 })).toBe(1)
    expect(await read(visited)).toMatchObject({ lastTrafficAt: instant(last), isUntouched: true, hits: 3 })
    expect(await read(other)).toMatchObject({ lastTrafficAt: null, hits: 0, lastHitAt: null })
    expect(await sql`select day::text, hits from vigie.traffic_day order by day`).toEqual([
      { day: instant(first).slice(0, 10), hits: 1 },
      { day: instant(last).slice(0, 10), hits: 2 },
    ])
    expect(await sql`select hostname, client, intake_id as intake from vigie.last_hit`).toEqual([
      { hostname: 'last.example', client: 'browser', intake: intakeId },
    ])
    const [intake] = await sql`
      select garbage_lines, unknown_hits, covered_until > clock_timestamp() - interval '1 minute' as "isFresh"
      from vigie.intake`
    expect(intake).toEqual({ garbage_lines: 1, unknown_hits: 1, isFresh: true })
    expect((await readIntake(sql, intakeId)).position).toMatchObject({ file: 'a', offset: 5 })
    expect(
      await sql`select sum(hits)::integer as hits, sum(excluded)::integer as excluded from vigie.intake_hour`,
    ).toEqual([{ hits: 3, excluded: 0 }])
  })

  it('moves the clock of a project at most every five minutes, and counts all', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake()
    const start = minutesAgo(20)
    const moves = []
    for (const after of [0, 4.9, 5, 3, 9.9, 10]) {
      buffer.add(hit(id, start + after * minute))
      moves.push(await flush())
    }
    expect(moves).toEqual([1, 0, 1, 0, 0, 1])
    expect(await read(id)).toMatchObject({
      lastTrafficAt: instant(start + 10 * minute),
      lastHitAt: instant(start + 10 * minute),
      hits: 6,
    })
  })

  it('out of order moves nothing back', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake()
    const latest = minutesAgo(10)
    for (const at of [latest, latest - 60 * minute]) {
      buffer.add(hit(id, at))
      await flush()
    }
    expect(await read(id)).toMatchObject({ lastTrafficAt: instant(latest), lastHitAt: instant(latest), hits: 2 })
  })

  it('of hits in the future counts them as now', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake()
    buffer.add(hit(id, minutesAgo(-100_000)))
    buffer.add(hit(id, minutesAgo(0)))
    expect(await flush()).toBe(1)
    expect(await read(id)).toMatchObject({ isFuture: false, hits: 2 })
    expect(await sql`select from vigie.traffic_day where day > (now() at time zone 'utc')::date`).toEqual([])
  })

  it.each([
    ['paused', 1],
    ['inactive', 0],
    ['permanently_disabled', 0],
    ['deleted', 0],
  ] as const)('leaves the clock of a project that is %s, and counts %i', async (status, hits) => {
    const id = await rows.project({ status, lastTraffic: { days: 9 } })
    const before = await read(id)
    const { buffer, flush } = createIntake()
    buffer.add(hit(id, minutesAgo(1)))
    buffer.add(hit('0'.repeat(32), minutesAgo(1)))
    expect(await flush()).toBe(0)
    expect(await read(id)).toMatchObject({ lastTrafficAt: before?.lastTrafficAt, hits })
    expect(await sql`select sum(hits)::integer as hits from vigie.intake_hour`).toEqual([{ hits: 2 }])
  })

  it('that was sent twice counts once', async () => {
    const id = await rows.project()
    const { buffer, flush, makeFlusher } = createIntake()
    buffer.add(hit(id, minutesAgo(1)))
    const deaf = makeFlusher({ sql: deafOnce(sql) })
    await expect(flush({ offset: 1 }, deaf)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(deaf.isUnsettled).toBe(true)
    buffer.add(hit(id, minutesAgo(1)))
    expect(await read(id)).toMatchObject({ hits: 1 })
    await flush({ offset: 2 }, deaf)
    expect(await read(id)).toMatchObject({ hits: 2 })
    expect(deaf.isUnsettled).toBe(false)
    expect((await readIntake(sql, intakeId)).position).toMatchObject({ offset: 2 })
  })

  it('that failed is sent again whole', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake()
    buffer.add(hit(id, minutesAgo(1)))
    await sql`alter table vigie.traffic_day rename to away`
    try {
      await expect(flush()).rejects.toMatchObject({ code: '42P01' })
    } finally {
      await sql`alter table vigie.away rename to traffic_day`
    }
    buffer.add(hit(id, minutesAgo(1)))
    await flush()
    expect(await read(id)).toMatchObject({ hits: 2 })
  })

  it('of a process that does not feed the intake any more is refused whole', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake()
    await flush({ offset: 1 })
    await enrolIntake(sql, key, randomUUID())
    buffer.add(hit(id, minutesAgo(1)))
    await expect(flush({ offset: 2 })).rejects.toMatchObject({ code: 'INTAKE_LOST' })
    expect(await read(id)).toMatchObject({ hits: 0, lastTrafficAt: null })
    expect((await readIntake(sql, intakeId)).position).toMatchObject({ offset: 1 })
  })

  it('extends the watch, also with nothing to count', async () => {
    const { flush } = createIntake()
    await flush()
    await sql`update vigie.watch_span set span_from = span_from - interval '1 hour'`
    await flush()
    expect(await sql`select span_to - span_from > interval '1 hour' as "isLonger" from vigie.watch_span`).toEqual([
      { isLonger: true },
    ])
  })

  it('of several intakes at once counts all of all', async () => {
    const ids: string[] = []
    for (let count = 0; count < 30; count += 1) ids.push(await rows.project())
    const feeders = await Promise.all(
      [1, 2, 3].map(async (n) => {
        const uuid = randomUUID()
        const id = await enrolIntake(sql, { ...key, source: `/log-${n}` }, uuid)
        const { buffer, flush, makeFlusher } = createIntake()
        return { buffer, flush, flusher: makeFlusher({ intakeId: id, feeder: uuid }) }
      }),
    )
    await Promise.all(
      feeders.map(async ({ buffer, flush, flusher }, index) => {
        for (let round = 0; round < 5; round += 1) {
          for (const id of index % 2 === 0 ? ids : ids.toReversed()) buffer.add(hit(id, minutesAgo(60 - 6 * round)))
          await flush(null, flusher)
        }
      }),
    )
    for (const id of ids) expect(await read(id)).toMatchObject({ hits: 15 })
  })
})

describe('excluded hits', () => {
  it('are kept apart and move nothing', async () => {
    const id = await rows.project({ lastTraffic: { days: 2 } })
    const before = await read(id)
    const exclusion = await addExclusion('applied')
    const { buffer, flush } = createIntake([exclusion])
    const at = minutesAgo(1)
    buffer.add(hit(id, at))
    expect(await flush()).toBe(0)
    expect(await read(id)).toEqual({ ...before, hits: 0, lastHitAt: null })
    expect(await sql`select hits, is_counted, last_at from vigie.excluded_day`).toEqual([
      { hits: 1, is_counted: false, last_at: instant(at) },
    ])
    expect(await sql`select is_excluded, exclusion_id, at from vigie.last_hit`).toEqual([
      { is_excluded: true, exclusion_id: exclusion.id, at: instant(at) },
    ])
  })

  it('of an exclusion that is only observed count, and are tallied', async () => {
    const id = await rows.project()
    const { buffer, flush } = createIntake([await addExclusion('observed')])
    buffer.add(hit(id, minutesAgo(1)))
    buffer.add(hit(id, minutesAgo(1), { path: '/other', userAgent: 'Mozilla/5.0' }))
    expect(await flush()).toBe(1)
    expect(await read(id)).toMatchObject({ hits: 2 })
    expect(await sql`select hits, is_counted from vigie.excluded_day`).toEqual([{ hits: 1, is_counted: true }])
    expect(await sql`select is_excluded from vigie.last_hit`).toEqual([{ is_excluded: false }])
  })

  it('of an exclusion that has ended meanwhile count', async () => {
    const id = await rows.project()
    const exclusion = await addExclusion('applied')
    const { buffer, flush } = createIntake([exclusion])
    buffer.add(hit(id, minutesAgo(1)))
    await sql`update vigie.exclusion set status = 'ended', ended_at = now()`
    expect(await flush()).toBe(1)
    expect(await read(id)).toMatchObject({ hits: 1 })
    expect(await sql`select from vigie.excluded_day`).toEqual([])
  })
})

async function addExclusion(status: 'observed' | 'applied'): Promise<LiveExclusion> {
  const [row] = await sql<{ id: number }[]>`
    insert into vigie.exclusion (kind, pattern, status, reason) values ('user_agent', 'curl', ${status}, 'a test')
    returning id`
  return { id: row?.id ?? 0, kind: 'user_agent', pattern: 'curl', status }
}

/** A connection that is lost after the first statement was done and before its answer came. */
function deafOnce(given: typeof sql): typeof sql {
  let isDeaf = true
  return new Proxy(given, {
    apply(target, self, args) {
      const query = Reflect.apply(target, self, args)
      const [strings] = args
      if (!isDeaf || !String(strings).includes('flush_intake')) return query
      isDeaf = false
      return query.then(() => {
        throw Object.assign(new Error('lost'), { code: 'ECONNRESET' })
      })
    },
  })
}
