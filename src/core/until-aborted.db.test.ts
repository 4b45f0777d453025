import { expect, it } from 'vitest'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { untilAborted } from './until-aborted.ts'

const { sql } = await createTestDatabase()

it('ends in the database what nobody waits for any more', async () => {
  const controller = new AbortController()
  const asked = untilAborted(sql`select pg_sleep(300) as forgotten`, controller.signal)
  const findIt = () => sql`select from pg_stat_activity a where a.state = 'active' and a.query like '%as forgotten'`
  await expect.poll(findIt, { timeout: 30_000 }).toHaveLength(1)
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect.poll(findIt, { timeout: 30_000 }).toHaveLength(0)
})

it('asks nothing for whom left before', async () => {
  await expect(untilAborted(sql`select 1 / 0`, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' })
})

it('lets the errors of the database through', async () => {
  await expect(untilAborted(sql`select 1 / 0`, new AbortController().signal)).rejects.toMatchObject({ code: '22012' })
})
