import { beforeEach, describe, expect, it } from 'vitest'
import { withSession } from '../main/database/connect.ts'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { changePolicy, previewPolicy } from './change-policy.ts'
import { pausePart, readPauses, resumePart } from './pauses.ts'
import { defaultPolicy, type Policy } from './policy.ts'
import { readPolicy } from './queries/policy.ts'

const database = await createTestDatabase()
const { sql, origin } = database
const rows = createRows(sql)
const change = (changes: Readonly<Record<string, unknown>>, reason = 'Ticket 7') =>
  changePolicy(database, { changes, reason })
const readEvents = () => sql`select kind, actor, entry, reason, before, after from vigie.event order by id`

beforeEach(async () => {
  await sql`delete from vigie.policy`
  await sql`insert into vigie.policy default values`
  await sql`truncate vigie.event, vigie.pause`
})

describe('the policy', () => {
  it('of a new database is the default one', async () => {
    expect(await readPolicy(sql)).toEqual(defaultPolicy)
  })

  it('takes every value, and keeps on record what was different before', async () => {
    const all: Policy = {
      ...defaultPolicy,
      inactiveAfterDays: 6,
      isLapsedPaidSwept: true,
      sweepMode: 'canary',
      canaryTeamIds: ['a1', 'b2'],
      sweepSchedule: '15 4 * * 1-5',
      manyPercent: 100,
      mailLanguage: 'fr',
      mailZone: 'Europe/Paris',
    }
    const done = await change({ ...all })
    expect(await readPolicy(sql)).toEqual(all)
    expect(done.after).toEqual({
      inactiveAfterDays: 6,
      isLapsedPaidSwept: true,
      sweepMode: 'canary',
      canaryTeamIds: ['a1', 'b2'],
      sweepSchedule: '15 4 * * 1-5',
      manyPercent: 100,
      mailLanguage: 'fr',
      mailZone: 'Europe/Paris',
    })
    expect(done.before).toMatchObject({ inactiveAfterDays: 5, canaryTeamIds: [], mailZone: 'UTC' })
    expect(await readEvents()).toEqual([
      { kind: 'policy_changed', actor: 'vigie', entry: origin.entry, reason: 'Ticket 7', ...done },
    ])
  })

  it('that is so already changes nothing and leaves no record', async () => {
    expect(await change({ inactiveAfterDays: 5 })).toEqual({ before: {}, after: {} })
    expect(await readEvents()).toEqual([])
  })

  it.each([
    ['an empty reason', { inactiveAfterDays: 6 }, ' \n', { code: 'REASON_REQUIRED' }],
    ['an endless reason', { inactiveAfterDays: 6 }, 'x'.repeat(2_001), { code: 'REASON_TOO_LONG' }],
    ['a bad value', { disabledAfterDays: 9, manyPercent: 101 }, 'x', { details: { field: 'manyPercent' } }],
    ['a canary of nobody', { sweepMode: 'canary' }, 'x', { details: { field: 'canaryTeamIds' } }],
  ])('is refused with %s, as a whole', async (_name, changes, reason, refusal) => {
    await expect(change(changes, reason)).rejects.toMatchObject(refusal)
    expect([await readPolicy(sql), await readEvents()]).toEqual([defaultPolicy, []])
  })

  it.each([
    ['inactiveAfterDays', -1],
    ['inactiveAfterDays', 'many'],
    ['inactiveAfterDays', null],
    ['manyPercent', 101],
    ['sweepMode', 'x'],
    ['mailZone', 'Mars/Olympus'],
    ['sweepSchedule', 'nonsense'],
    ['isOnlyRow', false],
    ['ctid', 1],
    ['inactive_after_days', 6],
    ["x' --", 6],
  ])('is guarded by the database itself: %s = %j', async (field, value) => {
    const changes = sql.json({ disabledAfterDays: 9, [field]: value })
    const [row] = await sql`select vigie.set_policy(${changes}, 'why', ${sql.json({ ...origin })}) as answer`
    expect(row?.answer).toEqual({ refusal: 'POLICY_INVALID', field })
    expect([await readPolicy(sql), await readEvents()]).toEqual([defaultPolicy, []])
  })

  it('is previewed by its own rule, and nothing of that stays', async () => {
    const team = await rows.team({ owners: ['owner@example.com'] })
    await rows.project({ team, lastTraffic: { days: 3 } })
    await rows.project({ team, lastTraffic: { days: 6 } })
    const preview = await withSession(sql, (session) => previewPolicy(database, session, { inactiveAfterDays: 2 }))
    expect(preview).toMatchObject({
      current: { deactivated: 1, mailsQueued: 1 },
      proposed: { deactivated: 2, mailsQueued: 2 },
    })
    expect([await readPolicy(sql), await readEvents()]).toEqual([defaultPolicy, []])
    await expect(
      withSession(sql, (session) => previewPolicy(database, session, { inactiveAfterDays: 0 })),
    ).rejects.toMatchObject({ code: 'POLICY_INVALID' })
  })
})

describe('a pause', () => {
  it('is on until it is taken back, both on record; asking twice changes nothing', async () => {
    const pause = { part: 'mail', reason: ' The provider is down ' } as const
    expect(await pausePart(database, pause)).toEqual({ part: 'mail', isPaused: true, isChanged: true })
    expect(await pausePart(database, { part: 'mail', reason: 'again' })).toMatchObject({ isChanged: false })
    expect(await readPauses(sql)).toMatchObject([{ part: 'mail', actor: 'vigie', reason: 'The provider is down' }])
    expect(await resumePart(database, { part: 'mail', reason: 'Back' })).toMatchObject({ isChanged: true })
    expect(await resumePart(database, { part: 'mail', reason: 'Back' })).toMatchObject({ isChanged: false })
    expect(await readPauses(sql)).toEqual([])
    expect(await readEvents()).toMatchObject([
      { kind: 'paused', reason: 'The provider is down', after: { part: 'mail', isPaused: true } },
      { kind: 'resumed', reason: 'Back', after: { part: 'mail', isPaused: false } },
    ])
  })

  it('needs a reason and a part that there is', async () => {
    await expect(pausePart(database, { part: 'sweep', reason: ' ' })).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    const [row] = await sql`select vigie.pause_part('coffee', 'why', ${sql.json({ ...origin })}) as answer`
    expect(row?.answer).toEqual({ refusal: 'BAD_REQUEST' })
    expect(await readEvents()).toEqual([])
  })
})
