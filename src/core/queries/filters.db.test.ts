import { beforeAll, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { countProjects, listProjects, type ProjectFilter, projectSorts, unfiltered } from './projects.ts'
import { searchTeams } from './teams.ts'

const { sql } = await createTestDatabase()
const rows = createRows(sql)
const named = new Map<string, string>()

async function project(name: string, spec: Parameters<typeof rows.project>[0] = {}): Promise<string> {
  const id = await rows.project({ name, ...spec })
  named.set(id, name)
  return id
}

/** An event of a project and its mail, an hour ago or so. */
async function told(projectId: string, kind: string, hoursAgo: number, mail: string | null): Promise<void> {
  await sql`
    with e as (
      insert into vigie.event (created_at, kind, project_id, entry, machine, version)
      values (date_trunc('hour', now()) - make_interval(hours => ${hoursAgo}), ${kind}, ${projectId}, 'cli', 'test', '1')
      returning id, created_at)
    insert into vigie.mail (created_at, event_id, project_id, template, user_id, address, status, run_id)
    select e.created_at, e.id, ${projectId}, 'project-disabled', 1, 'a@example.com', ${mail}, 7
    from e where ${mail}::text is not null`
}

beforeAll(async () => {
  await sql`select vigie.ensure_partitions(now()), vigie.ensure_partitions(now() - interval '2 days')`
  await project('fresh', { lastTraffic: { hours: 1 } })
  await project('idle 10', { lastTraffic: { days: 10 } })
  await project('idle 30', { created: { days: 90 }, lastTraffic: { days: 30 } })
  const lively = await project('twice', { lastTraffic: { hours: 2 } })
  await sql`update project set reactivation_count = 2 where id = ${lively}`

  const refused = await project('refused', { status: 'inactive', deactivated: { days: 1 } })
  await told(refused, 'deactivated', 5, 'failed')
  const given = await project('given up in a digest', { status: 'inactive', deactivated: { days: 1 } })
  await told(given, 'deactivated', 5, 'digested')
  await sql`
    with d as (
      insert into vigie.mail (run_id, user_id, template, address, status)
      values (7, 1, 'project-disabled-digest', 'a@example.com', 'dead') returning id)
    update vigie.mail m set digest_id = d.id from d where m.project_id = ${given}`
  const sent = await project('sent', { status: 'inactive', deactivated: { days: 1 } })
  await told(sent, 'deactivated', 5, 'sent')
  const woken = await project('refused, but woken since', { lastTraffic: { hours: 1 } })
  await told(woken, 'deactivated', 5, 'dead')
  await told(woken, 'reactivated', 4, null)

  const exempt = await project('exempt', { lastTraffic: { hours: 3 } })
  const over = await project('exempt until yesterday', { lastTraffic: { hours: 3 } })
  const team = await rows.team({ owners: ['jeanne@example.org'] })
  await project('of an exempt team', { team, lastTraffic: { hours: 3 } })
  await sql`
    insert into vigie.exemption (project_id, team_id, until, reason) values
      (${exempt}, null, null, 'test'), (${over}, null, now() - interval '1 day', 'test'),
      (null, ${team}, now() + interval '1 day', 'test')`

  const pushed = await project('pushed', { status: 'permanently_disabled', deactivated: { days: 3 } })
  await rows.deployment(pushed, null)
  const before = await project('pushed before', { status: 'inactive', deactivated: { days: 1 } })
  await rows.deployment(before, null)
  await sql`update deployment set created_at = created_at - interval '2 days' where project_id = ${before}`
  await rows.deployment(lively, null)
})

const filters: readonly [string, Partial<ProjectFilter>, readonly string[]][] = [
  ['several statuses', { statuses: ['permanently_disabled', 'paused'] }, ['pushed']],
  ['idle for 10 days, exactly', { idleDays: 10, statuses: ['active'] }, ['idle 10', 'idle 30']],
  ['idle for 11 days', { idleDays: 11, statuses: ['active'] }, ['idle 30']],
  ['reactivated once or more', { reactivations: 1 }, ['twice']],
  ['reactivated three times', { reactivations: 3 }, []],
  ['a mail that failed, also in a digest', { traits: ['mailFailed'] }, ['given up in a digest', 'refused']],
  ['exempt, itself or its team', { traits: ['exempt'] }, ['exempt', 'of an exempt team']],
  ['pushed while asleep', { traits: ['pushedAsleep'] }, ['pushed']],
  ['all of several', { traits: ['exempt', 'pushedAsleep'] }, []],
  ['what can never be', { statuses: ['paused'], dueWithinDays: 3 }, []],
  ['due now', { dueWithinDays: 0 }, ['idle 10', 'idle 30']],
]

describe.each(filters)('%s', (_name, filter, wanted) => {
  // Each way to read has its turn: by the candidates, along the sort, along the sort and then by the candidates.
  it.each([undefined, { fewCandidates: 0, walkLength: 1_000 }, { fewCandidates: 0, walkLength: 2 }])(
    'lists and counts the same in every sort (%o)',
    async (limits) => {
      for (const sort of projectSorts) {
        for (const direction of ['ascending', 'descending'] as const) {
          const request = {
            ...unfiltered,
            ...filter,
            sort,
            direction,
            cursor: null,
            towards: 'forward',
            limit: 50,
          } as const
          const page = await listProjects(sql, request, limits)
          const dated = page.rows.filter((row) => sort !== 'deactivated' || row.deactivatedAt !== null)
          expect(dated).toHaveLength(page.rows.length)
          if (sort !== 'deactivated') {
            expect(page.rows.map(({ id }) => named.get(id)).toSorted()).toEqual(wanted.toSorted())
          }
          expect(await countProjects(sql, request, sort)).toBe(page.rows.length)
        }
      }
    },
  )
})

describe('what a search found', () => {
  const find = async (search: string) => {
    const page = await listProjects(sql, {
      ...unfiltered,
      search,
      sort: 'name',
      direction: 'ascending',
      cursor: null,
      towards: 'forward',
      limit: 50,
    })
    return page.rows.map(({ match }) => match)
  }

  it('is told by its kind, and an exact hostname before all', async () => {
    await project('atelier', { domains: [{ hostname: 'atelier.test', status: 'active' }] })
    expect(await find('telie')).toEqual([{ kind: 'name', text: 'atelier' }])
    expect(await find('ATELIER.test')).toEqual([{ kind: 'hostname', text: 'atelier.test' }])
    expect(await find('jeanne@')).toEqual([{ kind: 'owner', text: 'jeanne@example.org' }])
    const id = await project('maison', { team: await rows.team({ owners: [] }) })
    await sql`update team set name = 'Équipe Zéphyr' where id = (select team_id from project where id = ${id})`
    await sql`update project set repo_full_name = 'org/depot-rare' where id = ${id}`
    expect(await find('zéphyr')).toEqual([{ kind: 'team', text: 'Équipe Zéphyr' }])
    expect(await find('pot-rar')).toEqual([{ kind: 'repository', text: 'org/depot-rare' }])
    expect(await find(id)).toEqual([{ kind: 'id', text: id }])
  })

  it('is no member who owns nothing', async () => {
    await project('garden', { team: await rows.team({ owners: [], members: ['paul.member@example.org'] }) })
    expect(await find('paul.member')).toEqual([])
  })
})

it('teams are offered by a part of their name, those that begin with it first, taken literally', async () => {
  for (const name of ['the 50%_shop', '50%_ club', '50 clubs']) {
    const id = await rows.team()
    await sql`update team set name = ${name} where id = ${id}`
  }
  expect((await searchTeams(sql, '50%_')).map(({ name }) => name)).toEqual(['50%_ club', 'the 50%_shop'])
  expect(await searchTeams(sql, 'no such team')).toEqual([])
})
