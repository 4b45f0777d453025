import { beforeEach, expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import type { Hold } from './holds.ts'
import { tellHold } from './tell-hold.ts'

const database = await createTestDatabase()
const { sql } = database
let told: number[] = []

const tell = async (hold: Hold) => void told.push(hold.id)

/** As a process leaves it that died right after it had held a sweep. */
async function leaveHeld(): Promise<number> {
  const [hold] = await sql<{ id: number }[]>`
    with run as (
      insert into vigie.job_run (job, entry, machine, version, finished_at, outcome)
      values ('sweep', 'agent', 'm', '1', now(), 'held') returning id
    )
    insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled)
    select id, now() + interval '1 day', '[{"brake": "recorder_silent"}]', 3, 0 from run returning id`
  return hold?.id ?? 0
}

beforeEach(async () => {
  told = []
  await sql`truncate vigie.job_run, vigie.hold`
})

it('tells once of a hold that a process left behind untold, however many look', async () => {
  await tellHold(database, tell)
  expect(told).toEqual([])
  const id = await leaveHeld()
  await Promise.all([tellHold(database, tell), tellHold(database, tell), tellHold(database, tell)])
  await tellHold(database, tell)
  expect(told).toEqual([id])
})

it('goes on where a process died that was about to tell', async () => {
  const id = await leaveHeld()
  await tellHold(database, () => Promise.reject(new Error('killed')))
  await tellHold(database, tell)
  expect(told).toEqual([])
  await sql`update vigie.hold set telling_until = now() - interval '1 second'`
  await tellHold(database, tell)
  expect(told).toEqual([id])
})

it('tells of none that somebody has decided on', async () => {
  await leaveHeld()
  await sql`update vigie.hold set status = 'dismissed', closed_at = now(), closed_by = 'ann', reason = 'seen'`
  await tellHold(database, tell)
  expect(told).toEqual([])
})
