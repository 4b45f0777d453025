import { expect, it } from 'vitest'
import { createTestDatabase } from './testing/test-database.ts'

const { sql } = await createTestDatabase({ maxConnections: 8 })

it('makes the partitions of a month once, however many ask for them first', async () => {
  for (let month = 1; month <= 30; month += 1) {
    const at = `${2040 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`
    await Promise.all(Array.from({ length: 8 }, () => sql`select vigie.ensure_partitions(${at}::text::timestamptz)`))
  }
  const [made] = await sql<{ partitions: number }[]>`
    select count(*) as partitions from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'vigie' and c.relname ~ '^(event|mail)_204[0-9]{3}$'`
  expect(made?.partitions).toBe(60)
})
