import { expect, it } from 'vitest'
import { countByStatus } from '../../../core/queries/stats.ts'
import { openPool } from '../connect.ts'
import { fillSample } from '../sample.ts'
import { testOrigin } from '../testing/names.ts'
import { createTestDatabase } from '../testing/test-database.ts'

const budgetSeconds = 180

it('a sample of a million projects is made within its budget', async () => {
  const { sql, address } = await createTestDatabase()
  const pool = openPool({ address, origin: testOrigin, maxConnections: 2, statementTimeoutMs: 0 })
  const startedMs = performance.now()
  await fillSample(pool, { projects: 1_000_000 })
  const seconds = (performance.now() - startedMs) / 1000
  await pool.end()
  expect((await countByStatus(sql)).total).toBe(1_000_000)
  expect(seconds).toBeLessThan(budgetSeconds)
})
