import { afterEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { exempt } from '../exemptions.ts'
import { microsPerDay, microsToInstant } from '../instant.ts'
import { foreseeEnd, listExemptions, readExemption, readExemptionsOf } from './exemptions.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const reason = 'a conference'
const idle = { lastTraffic: { days: 40 } } as const
const inDays = (days: number) => microsToInstant(Date.now() * 1000 + days * microsPerDay)

afterEach(async () => {
  await sql`truncate project cascade`
  await sql`truncate vigie.exemption, vigie.event`
})

const list = (endingWithinDays: number | null, after: number | null = null, limit = 50) =>
  listExemptions(sql, { endingWithinDays, after, limit })

describe('the list', () => {
  it('has those that end first at the top and those for good at the end, page by page', async () => {
    for (const [name, days] of [
      ['c', null],
      ['b', 9],
      ['a', 2],
      ['d', null],
    ] as const) {
      const id = await rows.project({ ...idle, name })
      await exempt(database, { scope: 'project', id, until: days === null ? null : inDays(days), reason })
    }
    const names: string[] = []
    let after: number | null = null
    do {
      const page = await list(null, after, 1)
      expect(page.total).toBe(4)
      names.push(...page.exemptions.map(({ name }) => name))
      after = page.next
    } while (after !== null)
    expect(names).toEqual(['a', 'b', 'c', 'd'])
  })

  it('of those that end soon says what happens then', async () => {
    const sleepy = await rows.project({ ...idle, name: 'sleepy' })
    const visited = await rows.project({ name: 'visited', lastTraffic: { hours: 1 } })
    const team = await rows.team()
    for (const lastTraffic of [{ days: 40 }, { days: 41 }, { hours: 1 }]) await rows.project({ team, lastTraffic })
    await rows.project({ team, status: 'permanently_disabled' })
    for (const id of [sleepy, visited]) await exempt(database, { scope: 'project', id, until: inDays(2), reason })
    await exempt(database, { scope: 'team', id: team, until: inDays(3), reason })
    const later = await rows.project(idle)
    await exempt(database, { scope: 'project', id: later, until: inDays(30), reason })
    const { exemptions, total } = await list(7)
    expect(total).toBe(3)
    expect(exemptions.map(({ scope, id, projects, dueAtEnd }) => ({ scope, id, projects, dueAtEnd }))).toEqual([
      { scope: 'project', id: sleepy, projects: 1, dueAtEnd: 1 },
      { scope: 'project', id: visited, projects: 1, dueAtEnd: 0 },
      { scope: 'team', id: team, projects: 3, dueAtEnd: 2 },
    ])
    expect(exemptions[0]).toMatchObject({ name: 'sleepy', reason, after: { kind: 'due_at_end', stage: 'deactivate' } })
  })

  it('has no longer what is over', async () => {
    const id = await rows.project(idle)
    await exempt(database, { scope: 'project', id, until: inDays(1), reason })
    await sql`update vigie.exemption set until = now() - interval '1 second'`
    expect(await list(null)).toEqual({ exemptions: [], total: 0, next: null })
    expect(await readExemption(sql, { scope: 'project', id })).toBeNull()
  })
})

it('a project has its own exemption and that of its team', async () => {
  const team = await rows.team()
  const id = await rows.project({ ...idle, team })
  expect(await readExemptionsOf(sql, id)).toEqual({ project: null, team: null })
  await exempt(database, { scope: 'team', id: team, until: null, reason: 'the team' })
  await exempt(database, { scope: 'project', id, until: inDays(1), reason: 'the project' })
  expect(await readExemptionsOf(sql, id)).toMatchObject({
    project: { scope: 'project', id, reason: 'the project' },
    team: { scope: 'team', id: team, until: null, reason: 'the team' },
  })
  // Nothing happens at the end of the shorter one.
  expect(await foreseeEnd(sql, { scope: 'project', id, until: inDays(1) })).toMatchObject({ dueAtEnd: 0 })
})

it('what would happen is told before it is decided, also of those that are not there', async () => {
  const team = await rows.team()
  const id = await rows.project({ ...idle, team })
  expect(await foreseeEnd(sql, { scope: 'project', id, until: inDays(9) })).toMatchObject({ projects: 1, dueAtEnd: 1 })
  expect(await foreseeEnd(sql, { scope: 'team', id: team, until: null })).toMatchObject({ projects: 1, dueAtEnd: 0 })
  await expect(foreseeEnd(sql, { scope: 'project', id: 'x', until: null })).rejects.toMatchObject({
    code: 'PROJECT_NOT_FOUND',
  })
  await expect(foreseeEnd(sql, { scope: 'team', id: 'x', until: null })).rejects.toMatchObject({
    code: 'TEAM_NOT_FOUND',
  })
})
