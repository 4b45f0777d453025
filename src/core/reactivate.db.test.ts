import { describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../main/database/testing/platform-rows.ts'
import { sweepNow } from '../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import type { Log } from './context.ts'
import { readProject } from './queries/project.ts'
import { reactivateProject } from './reactivate.ts'
import { maxReasonLength } from './reason.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const rows = createRows(sql)
const sweep = () => sweepNow(database)
const asleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 9 }, deactivated: { days: 3 } }

let teams = 0
/** A team with an owner, an admin and a member of its own. */
async function teamOfThree() {
  teams += 1
  const at = (name: string) => `${name}-${teams}@example.com`
  const people = { owner: at('Owner'), admin: at('admin'), member: at('member') }
  const id = await rows.team({ owners: [people.owner], admins: [people.admin], members: [people.member] })
  return { id, ...people }
}

const domainsOf = async (projectId: string) =>
  Object.fromEntries(
    (
      await sql<
        { hostname: string; status: string }[]
      >`select hostname, status from domain where project_id = ${projectId}`
    ).map((row) => [row.hostname, row.status]),
  )

describe('a reactivation', () => {
  it('restarts the clock, so that the next night leaves the project alone', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({ team: team.id, lastTraffic: { days: 30 } })
    await sweep()
    const woken = await reactivateProject(database, { projectId, onBehalfOf: team.owner, reason: 'Asked by phone' })
    expect(woken).toMatchObject({ projectId, status: 'active', reactivationCount: 1 })
    expect(await sweep()).toMatchObject({ deactivated: 0 })
    const [project] = await sql`
      select status, deactivated_at, last_traffic_at > (now() at time zone 'utc') - interval '1 minute' as "isFresh"
      from project where id = ${projectId}`
    expect(project).toEqual({ status: 'active', deactivated_at: null, isFresh: true })
  })

  it('gives back only the domains that Vigie disabled', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({
      team: team.id,
      lastTraffic: { days: 6 },
      domains: [
        { hostname: 'was-active.example', status: 'active' },
        { hostname: 'was-pending.example', status: 'pending' },
        { hostname: 'was-failed.example', status: 'failed' },
        { hostname: 'owner-disabled.example', status: 'disabled' },
        { hostname: 'changed-meanwhile.example', status: 'active' },
      ],
    })
    await sweep()
    await sql`update domain set status = 'failed' where hostname = 'changed-meanwhile.example'`
    const woken = await reactivateProject(database, { projectId, onBehalfOf: team.owner, reason: 'Back' })
    expect(woken).toMatchObject({ domainsRestored: 1, domainsLeft: [], isFirstVersionSleeper: false })
    expect(await domainsOf(projectId)).toEqual({
      'was-active.example': 'active',
      'was-pending.example': 'pending',
      'was-failed.example': 'failed',
      'owner-disabled.example': 'disabled',
      'changed-meanwhile.example': 'failed',
    })
    expect(await sql`select from vigie.disabled_domain where project_id = ${projectId}`).toHaveLength(0)
  })

  it('never takes a hostname back from a project on which it is active', async () => {
    const team = await teamOfThree()
    const domains = [{ hostname: 'shared.example', status: 'active' as const }]
    const sleeper = await rows.project({ team: team.id, lastTraffic: { days: 6 }, domains })
    await sweep()
    const other = await rows.project({ lastTraffic: { hours: 1 }, domains })
    const woken = await reactivateProject(database, { projectId: sleeper, onBehalfOf: team.owner, reason: 'Back' })
    expect(woken).toMatchObject({ domainsRestored: 0, domainsLeft: ['shared.example'] })
    expect([await domainsOf(sleeper), await domainsOf(other)]).toEqual([
      { 'shared.example': 'disabled' },
      { 'shared.example': 'active' },
    ])
  })

  it('gives one of two sleepers that share a hostname to whoever wakes first', async () => {
    const team = await teamOfThree()
    const domains = [{ hostname: 'both.example', status: 'active' as const }]
    const a = await rows.project({ team: team.id, lastTraffic: { days: 6 }, domains })
    const b = await rows.project({ team: team.id, lastTraffic: { days: 6 }, domains })
    await sweep()
    const wake = (projectId: string) =>
      reactivateProject(database, { projectId, onBehalfOf: team.owner, reason: 'Back' })
    const woken = await Promise.all([wake(a), wake(b)])
    expect(woken.map((one) => one.domainsRestored).sort()).toEqual([0, 1])
    expect(await sql`select from domain where hostname = 'both.example' and status = 'active'`).toHaveLength(1)
  })

  it('returns all disabled domains of a sleeper of the first version, and says so', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({
      ...asleep,
      team: team.id,
      domains: [
        { hostname: 'old-one.example', status: 'disabled' },
        { hostname: 'old-two.example', status: 'pending' },
      ],
    })
    expect(await readProject(sql, projectId)).toMatchObject({ isFirstVersionSleeper: true })
    const woken = await reactivateProject(database, { projectId, onBehalfOf: team.admin, reason: 'Back' })
    expect(woken).toMatchObject({ domainsRestored: 1, isFirstVersionSleeper: true })
    expect(await domainsOf(projectId)).toEqual({ 'old-one.example': 'active', 'old-two.example': 'pending' })
  })

  it('puts who, from where, for whom and why on the timeline, before and after', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({ ...asleep, team: team.id })
    await reactivateProject(database, { projectId, onBehalfOf: team.owner.toUpperCase(), reason: '  Ticket 12  ' })
    const { timeline } = await readProject(sql, projectId)
    expect(timeline.events).toMatchObject([
      {
        kind: 'reactivated',
        actor: 'vigie',
        ...database.origin,
        onBehalfOf: { email: team.owner },
        reason: 'Ticket 12',
        before: { status: 'inactive', reactivationCount: 0 },
        after: { status: 'active', reactivationCount: 1 },
      },
    ])
    expect(JSON.stringify(await sql`select * from vigie.event where project_id = ${projectId}`)).not.toContain('@')
  })

  it('of two at once, the first wins and the second is refused', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({ ...asleep, team: team.id })
    const wake = () => reactivateProject(database, { projectId, onBehalfOf: team.owner, reason: 'Back' })
    const results = await Promise.allSettled([wake(), wake()])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'PROJECT_NOT_INACTIVE',
    })
    expect(await sql`select from vigie.event where project_id = ${projectId}`).toHaveLength(1)
  })
})

describe('is refused, in this order, and changes nothing', () => {
  const owner = (team: { owner: string }) => team.owner
  it.each([
    ['an unknown project', { id: 'f'.repeat(32), reason: '' }, 'PROJECT_NOT_FOUND'],
    ['a malformed id', { id: "'; drop table project; --", reason: '' }, 'PROJECT_NOT_FOUND'],
    ['an id of ten megabytes', { id: 'a'.repeat(10_000_000), reason: '' }, 'PROJECT_NOT_FOUND'],
    ['a missing reason', { reason: '', isTeamDeleted: true }, 'REASON_REQUIRED'],
    ['a blank reason', { reason: ' \t\n ' }, 'REASON_REQUIRED'],
    ['a reason of ten megabytes', { reason: 'x'.repeat(10_000_000) }, 'REASON_TOO_LONG'],
    ['a deleted team', { isTeamDeleted: true, status: 'permanently_disabled' }, 'TEAM_DELETED'],
    [
      'permanently disabled',
      { status: 'permanently_disabled', by: () => 'nobody@example.com' },
      'PROJECT_PERMANENTLY_DISABLED',
    ],
    ['active', { status: 'active', by: () => 'nobody@example.com' }, 'PROJECT_NOT_INACTIVE'],
    ['paused', { status: 'paused' }, 'PROJECT_NOT_INACTIVE'],
    ['deleted', { status: 'deleted' }, 'PROJECT_NOT_INACTIVE'],
    ['an unknown person', { by: () => 'nobody@example.com' }, 'NOT_OWNER_OR_ADMIN'],
    ['nobody named', { by: () => '' }, 'NOT_OWNER_OR_ADMIN'],
    ['a member', { by: (team: { member: string }) => team.member }, 'NOT_OWNER_OR_ADMIN'],
    ['a deleted owner', { isOwnerDeleted: true }, 'NOT_OWNER_OR_ADMIN'],
    ['an owner of another team', { by: () => 'stranger@example.com' }, 'NOT_OWNER_OR_ADMIN'],
    ['an address of ten megabytes', { by: () => `${'a'.repeat(10_000_000)}@example.com` }, 'NOT_OWNER_OR_ADMIN'],
    ['an address with NUL', { by: () => 'a\0b@example.com' }, 'NOT_OWNER_OR_ADMIN'],
  ] as const)('%s', async (_name, given, code) => {
    const spec: {
      id?: string
      reason?: string
      status?: ProjectSpec['status']
      isTeamDeleted?: boolean
      isOwnerDeleted?: boolean
      by?: (team: Awaited<ReturnType<typeof teamOfThree>>) => string
    } = given
    const team = await teamOfThree()
    await rows.team({ owners: ['stranger@example.com'] })
    const existing = await rows.project({ ...asleep, team: team.id, ...(spec.status && { status: spec.status }) })
    if (spec.isTeamDeleted) await sql`update team set status = 'deleted' where id = ${team.id}`
    if (spec.isOwnerDeleted) await sql`update "user" set status = 'deleted' where email = ${team.owner}`
    const warnings: unknown[] = []
    const log: Log = { ...database.log, warn: (fields) => warnings.push(fields) }
    const request = {
      projectId: spec.id ?? existing,
      onBehalfOf: (spec.by ?? owner)(team),
      reason: spec.reason ?? 'Asked by phone',
    }
    await expect(reactivateProject({ ...database, log }, request)).rejects.toMatchObject({ code })
    if (code !== 'REASON_TOO_LONG') expect(warnings).toMatchObject([{ code }])
    const [after] = await sql`select status, reactivation_count from project where id = ${existing}`
    expect(after).toEqual({ status: spec.status ?? 'inactive', reactivation_count: 0 })
    expect(await sql`select from vigie.event where project_id = ${existing}`).toHaveLength(0)
  })

  it('and says the status of one that is not inactive', async () => {
    const team = await teamOfThree()
    const projectId = await rows.project({ ...asleep, status: 'paused', team: team.id })
    await expect(
      reactivateProject(database, { projectId, onBehalfOf: team.owner, reason: 'Back' }),
    ).rejects.toMatchObject({ details: { status: 'paused' } })
  })
})

it('takes the longest reason, and keeps quotes, markup, emoji and right-to-left as they are', async () => {
  const team = await teamOfThree()
  const reason = `<b>"it's"</b> \u202e שלום 🦉 ${'é'.repeat(maxReasonLength)}`.slice(0, maxReasonLength)
  const projectId = await rows.project({ ...asleep, team: team.id })
  await reactivateProject(database, { projectId, onBehalfOf: team.owner, reason })
  const { timeline } = await readProject(sql, projectId)
  expect(timeline.events[0]?.reason).toBe(reason)
})
