import { expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { readHistory } from './history.ts'
import { readIdleDays } from './idle-days.ts'
import { readReactivations } from './reactivations.ts'

const { sql } = await createTestDatabase()
const rows = createRows(sql)

it('idle days: active projects of the free plan by whole days, and all beyond together', async () => {
  const paid = await rows.team({ plan: 'paid' })
  await rows.project({ lastTraffic: { hours: 1 } })
  await rows.project({ lastTraffic: { days: 4, hours: 23 } })
  await rows.project({ lastTraffic: { days: 5 } })
  await rows.project({ lastTraffic: null, created: { days: 400 } })
  await rows.project({ team: paid, lastTraffic: { days: 3 } })
  await rows.project({ status: 'inactive', lastTraffic: { days: 3 } })
  const idle = await readIdleDays(sql)
  expect(idle).toEqual({
    daysPerBar: 1,
    bars: [1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1],
    thresholdDays: 5,
    unwatchedDays: 0,
    beyondThreshold: 2,
  })
})

it('idle days: what nobody watched moves the threshold, and long thresholds have wider bars', async () => {
  await sql`update vigie.policy set inactive_after_days = 45`
  await sql`insert into vigie.watch_span (intake_id, span_from, span_to) values
    (1, now() - interval '20 days', now() - interval '3 days'), (1, now() - interval '1 day', now())`
  const idle = await readIdleDays(sql)
  expect(idle).toMatchObject({ daysPerBar: 4, thresholdDays: 47, unwatchedDays: 2 })
  expect(idle.bars).toHaveLength(25)
  expect(idle.bars.at(-1)).toBe(1)
})

it('history: the days that were counted, without deleted projects', async () => {
  expect(await readHistory(sql)).toMatchObject({ days: [] })
  await sql`
    insert into vigie.status_day (day, status, projects)
    select (now() at time zone 'utc')::date - d.ago, s.status, d.ago
    from (values (1), (90), (91)) d (ago)
    cross join unnest(array['active', 'inactive', 'permanently_disabled', 'paused', 'deleted']) s (status)`
  const { today, days } = await readHistory(sql)
  const [dates] = await sql<{ today: string; yesterday: string }[]>`
    select (now() at time zone 'utc')::date::text as today, ((now() at time zone 'utc')::date - 1)::text as yesterday`
  expect(today).toBe(dates?.today)
  expect(days).toHaveLength(2)
  expect(days[0]).toMatchObject({ active: 90, inactive: 90, permanentlyDisabled: 90, paused: 90 })
  expect(days[1]).toEqual({ day: dates?.yesterday, active: 1, inactive: 1, permanentlyDisabled: 1, paused: 1 })
})

it('reactivations: twelve weeks from Monday to Sunday, in UTC, by who woke them', async () => {
  await sql`select vigie.ensure_partitions(now()), vigie.ensure_partitions(now() - interval '11 weeks'),
    vigie.ensure_partitions(now() - interval '12 weeks')`
  const tell = (kind: string, beforeMonday: string) => sql`
    insert into vigie.event (kind, created_at, entry, machine, version)
    values (${kind}, date_trunc('week', now() at time zone 'utc') at time zone 'utc' - ${beforeMonday}::text::interval,
      'console', 'test', '0')`
  await tell('reactivated', '0')
  await tell('woken_by_upgrade', '0')
  await tell('deactivated', '0')
  await tell('reactivated', '1 microsecond')
  await tell('reactivated', '77 days')
  await tell('reactivated', '77 days 1 microsecond')
  const weeks = await readReactivations(sql)
  expect(weeks.map(({ byPeople }) => byPeople)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
  expect(weeks.map(({ byUpgrade }) => byUpgrade)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(weeks.map(({ monday }) => new Date(monday).getUTCDay())).toEqual(weeks.map(() => 1))
})
