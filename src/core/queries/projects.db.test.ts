import { beforeAll, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { readProject } from './project.ts'
import { listProjects, type ProjectCursor, type ProjectPageRequest, projectSorts, unfiltered } from './projects.ts'
import { countByStatus } from './stats.ts'

const { sql } = await createTestDatabase()
const rows = createRows(sql)
const everything: ProjectPageRequest = {
  ...unfiltered,
  sort: 'lastActivity',
  direction: 'ascending',
  cursor: null,
  towards: 'forward',
  limit: 7,
}

let teamId: string
let shopId: string

beforeAll(async () => {
  teamId = await rows.team({ plan: 'paid' })
  const lapsed = await rows.team({ plan: 'expired' })
  for (let n = 0; n < 20; n += 1) await rows.project({ lastTraffic: { days: n % 4 } })
  for (let n = 0; n < 10; n += 1) await rows.project({ status: 'inactive', deactivated: { days: n % 3 } })
  await rows.project({ team: teamId, name: '100%_sure\\' })
  await rows.project({ team: lapsed, name: 'Équipe naïve' })
  shopId = await rows.project({ name: 'Shop', domains: [{ hostname: 'www.boutique.example', status: 'active' }] })
  await rows.deployment(shopId, 'magasin')
})

async function readAll(request: ProjectPageRequest, towards: 'forward' | 'backward' = 'forward') {
  const ids: string[] = []
  let cursor: ProjectCursor | null = request.cursor
  for (let page = 0; page < 100; page += 1) {
    const found = await listProjects(sql, { ...request, cursor, towards })
    const pageIds = found.rows.map((row) => row.id)
    if (towards === 'forward') ids.push(...pageIds)
    else ids.unshift(...pageIds)
    cursor = towards === 'forward' ? found.next : found.previous
    if (cursor === null) return ids
  }
  throw new Error('the list does not end')
}

describe.each(projectSorts)('sorted by %s', (sort) => {
  it.each(['ascending', 'descending'] as const)(
    '%s, pages hold every row once, forward and backward',
    async (direction) => {
      const request = { ...everything, sort, direction }
      const whole = await listProjects(sql, { ...request, limit: 500 })
      const ids = whole.rows.map((row) => row.id)
      expect(ids).toHaveLength(sort === 'deactivated' ? 10 : 33)
      expect(await readAll(request)).toEqual(ids)
      const last = whole.rows.at(-1)
      const beforeLast = await listProjects(sql, { ...request, limit: ids.length - 1 })
      expect(last?.id).toBe(ids.at(-1))
      expect(await readAll({ ...request, cursor: beforeLast.next }, 'backward')).toEqual(ids.slice(0, -2))
    },
  )
})

describe('filters', () => {
  it('by status, plan and team', async () => {
    const count = async (filter: Partial<ProjectPageRequest>) => (await readAll({ ...everything, ...filter })).length
    expect(await count({ statuses: ['inactive'] })).toBe(10)
    expect(await count({ planKind: 'paid' })).toBe(1)
    expect(await count({ planKind: 'lapsed' })).toBe(1)
    expect(await count({ planKind: 'free' })).toBe(31)
    expect(await count({ teamId })).toBe(1)
    expect(await count({ statuses: ['inactive'], planKind: 'paid' })).toBe(0)
  })

  it.each([
    ['a part of the name', 'sho', 1],
    ['in any case', 'SHOP', 1],
    ['with accents', 'naïve', 1],
    ['a part of a domain', 'boutique', 1],
    ['a part of a platform hostname', 'agasi', 1],
    ['a whole id', 'id', 1],
    ['wildcards taken literally', '100%_s', 1],
    ['a backslash', 'sure\\', 1],
    ['a quote', "o'; drop table project; --", 0],
    ['percent alone', '%%%', 0],
  ])('by %s', async (_name, search, expected) => {
    const found = await readAll({ ...everything, search: search === 'id' ? shopId : search })
    expect(found).toHaveLength(expected)
  })
})

it('a project comes with its domains, hostnames and people, and is not found by anything but its id', async () => {
  expect(await readProject(sql, shopId)).toMatchObject({
    id: shopId,
    planKind: 'free',
    exemption: null,
    domains: [{ hostname: 'www.boutique.example', status: 'active', isActiveElsewhere: false }],
    subdomains: ['magasin'],
    people: [{ role: 'owner', isDeleted: false }],
  })
  for (const id of ['', 'x', '%', `${shopId}0`, "' or true --", 'é'.repeat(32)]) {
    await expect(readProject(sql, id)).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' })
  }
})

it('secrets are never read', async () => {
  await sql`update project set env_vars = 'canary-secret'`
  await sql`update deployment set env_vars = 'canary-secret'`
  await sql`update github_installation set token = 'canary-secret'`
  const page = await listProjects(sql, { ...everything, limit: 100 })
  expect(JSON.stringify([page, await readProject(sql, shopId)])).not.toContain('canary-secret')
})

it('counts by status, of the platform and of a team', async () => {
  expect(await countByStatus(sql)).toEqual({
    active: 23,
    inactive: 10,
    permanentlyDisabled: 0,
    paused: 0,
    deleted: 0,
    total: 33,
  })
  const [team] = await sql<{ slug: string }[]>`select slug from team where id = ${teamId}`
  expect(await countByStatus(sql, team?.slug)).toMatchObject({ active: 1, total: 1 })
  await expect(countByStatus(sql, 'no-such-team')).rejects.toMatchObject({ code: 'TEAM_NOT_FOUND' })
})
