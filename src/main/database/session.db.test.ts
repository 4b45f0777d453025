import { expect, it } from 'vitest'
import { createTestDatabase } from './testing/test-database.ts'

const { sql } = await createTestDatabase()

it('sessions run in UTC, name themselves and wait for nothing for long', async () => {
  const [settings] = await sql`
    select current_setting('TimeZone') as zone, current_setting('application_name') as name,
      current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`
  expect(settings).toEqual({ zone: 'UTC', name: 'vigie cli 0.0.0 test', lock: '2s', statement: '30s', idle: '10s' })
})

it('both kinds of date-time come as the same UTC instant, with their microseconds, in any zone of the process', async () => {
  const [row] = await sql`
    select '2026-03-08 02:30:00.123456'::timestamp as naive, '2026-03-08 02:30:00.123456+00'::timestamptz as aware,
      '2026-11-01 01:30:00'::timestamp as ambiguous`
  expect(row).toEqual({
    naive: '2026-03-08T02:30:00.123456Z',
    aware: '2026-03-08T02:30:00.123456Z',
    ambiguous: '2026-11-01T01:30:00.000Z',
  })
})

it('a time goes back into the database as it came', async () => {
  const [row] = await sql`
    select ${'2026-03-08T02:30:00.123456Z'}::text::timestamptz at time zone 'utc'
      = '2026-03-08 02:30:00.123456'::timestamp as "isSame"`
  expect(row).toEqual({ isSame: true })
})
