import { expect, it } from 'vitest'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { searchTeams } from './search-teams.ts'

const { sql } = await createTestDatabase()

it('finds teams by a part of their name or slug and by id, those that begin with it first, deleted ones never', async () => {
  await sql`
    insert into team (id, name, slug, status, created_at, updated_at)
    select t.id, t.name, t.slug, t.status::team_status, now(), now() from (values
      ('a1', 'The Owls', 'the-owls', 'active'), ('a2', 'Owl 100%_sure', 'hoot', 'active'),
      ('a3', 'Night', 'owl-night', 'active'), ('a4', 'Owl, gone', null, 'deleted'), ('a5', 'Zebra', null, 'active')
    ) t (id, name, slug, status)`
  const names = async (part: string, limit = 5) => (await searchTeams(sql, part, limit)).map(({ name }) => name)
  expect(await names('oWl')).toEqual(['Owl 100%_sure', 'Night', 'The Owls'])
  expect(await names('owl', 1)).toEqual(['Owl 100%_sure'])
  expect(await names('100%_s')).toEqual(['Owl 100%_sure'])
  expect(await names('%')).toEqual(['Owl 100%_sure'])
  expect(await names('a5')).toEqual(['Zebra'])
  expect(await names('nobody')).toEqual([])
})
