import { beforeAll, describe, expect, it } from 'vitest'
import { fillSample } from '../../main/database/sample.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { projectStatuses } from '../project.ts'
import { listProjects, type ProjectCursor, type ProjectPageRequest, projectSorts, unfiltered } from './projects.ts'
import { isCommon } from './search.ts'

/**
 * The two ways in which a search is answered find the same: a common part is looked for along the sort, a rare one by the
 * indexes. The sample has both, and a common part that only the last names have.
 */
const { sql } = await createTestDatabase()
const projects = 2_000

beforeAll(async () => {
  await fillSample(sql, { projects, onProgress: () => {} })
  await sql`update project set name = 'zz rare ' || name where id in (select id from project order by id limit 7)`
  await sql`update project set name = 'zz last ' || name where id in (select id from project order by id desc limit 90)`
  await sql`analyze`
})

const firstPage: ProjectPageRequest = {
  ...unfiltered,
  sort: 'lastActivity',
  direction: 'ascending',
  cursor: null,
  towards: 'forward',
  limit: 150,
}

async function readAll(request: ProjectPageRequest): Promise<string[]> {
  const ids: string[] = []
  let cursor: ProjectCursor | null = null
  do {
    const page: Awaited<ReturnType<typeof listProjects>> = await listProjects(sql, { ...request, cursor })
    ids.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

/** What a search finds, by the definition of it, in the order of ids. */
async function findAll(search: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select p.id from project p
    where position(lower(${search}) in lower(p.name)) > 0
      or exists (select from domain d where d.project_id = p.id and position(lower(${search}) in lower(d.hostname)) > 0)
      or exists (
        select from deployment d join alias a on a.deployment_id = d.id
        where d.project_id = p.id and position(lower(${search}) in lower(a.subdomain)) > 0)
      or position(lower(${search}) in lower(p.repo_full_name)) > 0
      or exists (select from team t where t.id = p.team_id and position(lower(${search}) in lower(t.name)) > 0)
      or exists (
        select from team_member m join "user" u on u.id = m.user_id
        where m.team_id = p.team_id and m.role = 'owner' and position(lower(${search}) in lower(u.email)) > 0)
    order by p.id`
  return rows.map((row) => row.id)
}

const terms = [
  ['www.', true],
  ['-env-', true],
  ['zz last', true],
  ['example/', true],
  ['@example.', true],
  ['zz rare', false],
  ['qzx', false],
] as const

describe.each(terms)('a search for "%s"', (search, common) => {
  it(`is taken for ${common ? 'common' : 'rare'}`, async () => {
    expect(await isCommon(sql, search)).toBe(common)
  })

  it.each(projectSorts)('finds every match once, sorted by %s, in both directions', async (sort) => {
    const wanted = await findAll(search)
    const dated = new Set(
      (await sql<{ id: string }[]>`select id from project where deactivated_at is not null`).map(({ id }) => id),
    )
    const ascending = await readAll({ ...firstPage, search, sort })
    expect(ascending.toSorted()).toEqual(sort === 'deactivated' ? wanted.filter((id) => dated.has(id)) : wanted)
    expect(await readAll({ ...firstPage, search, sort, direction: 'descending' })).toEqual(ascending.toReversed())
  })

  it('finds the same by status, plan and team', async () => {
    const wanted = await findAll(search)
    const parts: Partial<ProjectPageRequest>[][] = [
      projectStatuses.map((status) => ({ statuses: [status] })),
      (['free', 'paid', 'lapsed'] as const).map((planKind) => ({ planKind })),
    ]
    for (const filters of parts) {
      const found: string[] = []
      for (const filter of filters) found.push(...(await readAll({ ...firstPage, search, ...filter })))
      expect(found.toSorted()).toEqual(wanted)
    }
    const teams = await sql<{ teamId: string; ids: string[] }[]>`
      select p.team_id as "teamId", array_agg(p.id order by p.id) as ids
      from project p where p.id = any (${wanted}) group by 1 order by count(*) desc, 1 limit 5`
    for (const { teamId, ids } of teams) {
      expect((await readAll({ ...firstPage, search, teamId })).toSorted()).toEqual(ids)
    }
  })
})
