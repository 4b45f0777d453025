import { describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec, type TeamSpec } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { addDays, type Instant } from '../instant.ts'
import type { OwnersLink } from './token.ts'
import { readLinkState, wakeByLink } from './wake.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
let counter = 0

/** A project that sleeps, and the link that its owner got. */
async function asleep(spec: ProjectSpec = {}, teamSpec: TeamSpec = {}) {
  counter += 1
  const email = `owner-${counter}@wake.example`
  const team = await rows.team({ owners: [email], ...teamSpec })
  const projectId = await rows.project({ team, status: 'inactive', deactivated: { days: 2 }, ...spec })
  const userId = await rows.user(email)
  const [row] = await sql<{ deactivatedAt: Instant }[]>`
    select deactivated_at as "deactivatedAt" from project where id = ${projectId}`
  const deactivatedAt = row?.deactivatedAt ?? ''
  const link: OwnersLink = { projectId, userId, deactivatedAt, expiresAt: addDays(deactivatedAt, 7) }
  return { team, projectId, userId, email, link }
}

const look = async (link: OwnersLink) => (await readLinkState(sql, link)).refusal
const wake = (link: OwnersLink) => wakeByLink(database, link)
const read = async (projectId: string) => {
  const [row] = await sql<{ status: string; count: number }[]>`
    select status, reactivation_count as count from project where id = ${projectId}`
  return row
}

describe('an owner’s link', () => {
  it('shows what it would do and changes nothing, however often it is looked at', async () => {
    const { link, projectId } = await asleep({ name: 'Owl' })
    for (let n = 0; n < 3; n += 1) {
      expect(await readLinkState(sql, link)).toMatchObject({ refusal: null, projectName: 'Owl', zone: 'UTC' })
    }
    expect(await read(projectId)).toEqual({ status: 'inactive', count: 0 })
  })

  it('wakes the project once, in the name of its owner, as a reactivation does', async () => {
    const { link, projectId, userId } = await asleep({ name: 'Lark' })
    expect(await wake(link)).toMatchObject({ projectName: 'Lark', domainsLeft: [] })
    expect(await read(projectId)).toEqual({ status: 'active', count: 1 })
    const events = await sql`
      select kind, entry, reason, on_behalf_of_user_id as "onBehalfOf" from vigie.event where project_id = ${projectId}`
    expect([...events]).toEqual([
      {
        kind: 'reactivated',
        entry: database.origin.entry,
        reason: 'Owner’s link'.replace('’', "'"),
        onBehalfOf: userId,
      },
    ])
    expect(await look(link)).toBe('PROJECT_NOT_INACTIVE')
    expect(await wake(link)).toMatchObject({ refusal: 'PROJECT_NOT_INACTIVE' })
    expect(await read(projectId)).toEqual({ status: 'active', count: 1 })
  })

  it('of two at the same time one wakes it', async () => {
    const { link, projectId } = await asleep()
    const answers = await Promise.all([wake(link), wake(link), wake(link)])
    expect(answers.filter((answer) => !('refusal' in answer))).toHaveLength(1)
    expect(await read(projectId)).toEqual({ status: 'active', count: 1 })
  })

  it('does not work for a later sleep of the same project', async () => {
    const { link, projectId } = await asleep()
    await wake(link)
    await sql`
      update project set status = 'inactive', deactivated_at = deactivated_at + interval '1 microsecond' where id = ${projectId}`
    await sql`
      update project set deactivated_at = (now() at time zone 'utc') - interval '1 day' where id = ${projectId}`
    expect(await look(link)).toBe('LINK_USED')
    expect(await wake(link)).toMatchObject({ refusal: 'LINK_USED' })
    expect((await read(projectId))?.status).toBe('inactive')
  })

  it('works to the end of its time, and not from then on', async () => {
    const { link, projectId } = await asleep()
    const [row] = await sql<{ now: Instant }[]>`select now() as now`
    expect(await wake({ ...link, expiresAt: row?.now ?? '' })).toMatchObject({ refusal: 'LINK_EXPIRED' })
    expect((await read(projectId))?.status).toBe('inactive')
  })

  it.each([
    ['permanently disabled', 'PROJECT_PERMANENTLY_DISABLED', { status: 'permanently_disabled' }],
    ['paused', 'PROJECT_NOT_INACTIVE', { status: 'paused' }],
    ['deleted', 'PROJECT_NOT_FOUND', { status: 'deleted' }],
  ] as const)('refuses a project that is %s', async (_name, refusal, spec) => {
    const { link, projectId } = await asleep(spec)
    expect(await look(link)).toBe(refusal)
    expect(await wake(link)).toMatchObject({ refusal })
    expect(await read(projectId)).toEqual({ status: spec.status, count: 0 })
  })

  it('refuses a project that is gone, and a team that was deleted', async () => {
    const { link } = await asleep()
    const gone = { ...link, projectId: 'f'.repeat(32) }
    expect([await look(gone), await wake(gone)]).toMatchObject(['PROJECT_NOT_FOUND', { refusal: 'PROJECT_NOT_FOUND' }])
    const { link: ofDeleted } = await asleep({}, { isDeleted: true })
    expect(await wake(ofDeleted)).toMatchObject({ refusal: 'TEAM_DELETED' })
  })

  it('refuses whoever no longer owns or administers the team', async () => {
    const { link, team, userId, projectId } = await asleep()
    await sql`update team_member set role = 'member' where team_id = ${team} and user_id = ${userId}`
    expect(await wake(link)).toMatchObject({ refusal: 'NOT_OWNER_OR_ADMIN' })
    await sql`update team_member set role = 'admin' where team_id = ${team} and user_id = ${userId}`
    await sql`update "user" set status = 'deleted' where id = ${userId}`
    expect(await wake(link)).toMatchObject({ refusal: 'NOT_OWNER_OR_ADMIN' })
    await sql`update "user" set status = 'active' where id = ${userId}`
    await sql`delete from team_member where team_id = ${team}`
    expect(await look(link)).toBe('NOT_OWNER_OR_ADMIN')
    expect(await wake(link)).toMatchObject({ refusal: 'NOT_OWNER_OR_ADMIN' })
    expect((await read(projectId))?.status).toBe('inactive')
  })
})
