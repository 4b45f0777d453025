import { beforeAll, describe, expect, it } from 'vitest'
import { withSession } from '../connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { createSample } from './create-sample.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await withSession(database.sql, (session) => createSample(session, { projects: 1_200 }))
})

/** How many projects of a status meet a condition; p: project, t: its team, plan_kind as the rules see it. */
async function countWhere(condition: string): Promise<number> {
  const [row] = await database.sql.unsafe<{ projects: number }[]>(`
    select count(*) as projects
    from (
      select p.*, t.status as team_status, t.created_by_user_id as team_creator_id,
        vigie.plan_kind(s.id is not null, l.name, s.status::text) as plan_kind, s.id is null as has_no_subscription,
        s.status as subscription_status, (now() at time zone 'utc') as now_utc,
        exists (select from vigie.sleeper v where v.project_id = p.id) as is_ours,
        array(select m.role::text from team_member m join "user" u on u.id = m.user_id and u.status = 'active'
          where m.team_id = p.team_id) as live_roles,
        array(select m.role::text from team_member m where m.team_id = p.team_id) as roles,
        array(select d.status::text from domain d where d.project_id = p.id) as domain_statuses
      from project p join team t on t.id = p.team_id
      left join team_subscription s on s.team_id = t.id left join subscription_plan l on l.id = s.plan_id
    ) p
    where ${condition}`)
  return row?.projects ?? 0
}

describe('values', () => {
  it.each([
    ['project', 'status'],
    ['project', 'repo_status'],
    ['team', 'status'],
    ['"user"', 'status'],
    ['team_member', 'role'],
    ['team_subscription', 'status'],
    ['github_installation', 'status'],
    ['deployment', 'status'],
    ['deployment', 'conclusion'],
    ['deployment', 'container_status'],
    ['deployment', 'trigger'],
    ['alias', 'type'],
    ['domain', 'type'],
    ['domain', 'status'],
  ])('every value of %s.%s occurs', async (table, column) => {
    const [type] = await database.sql.unsafe<{ missing: string[] }[]>(`
      select array(
        select v.value from unnest(enum_range((select ${column} from ${table} where ${column} is not null limit 1))) v (value)
        except select ${column} from ${table})::text[] as missing`)
    expect(type?.missing).toEqual([])
  })

  it('every kind of plan occurs, in its proportion', async () => {
    const rows = await database.sql<{ kind: string; percent: number }[]>`
      select vigie.plan_kind(s.id is not null, l.name, s.status::text) || case when s.id is null then ' (no row)' else '' end
        as kind, (100 * count(*) / sum(count(*)) over ())::float8 as percent
      from team t left join team_subscription s on s.team_id = t.id left join subscription_plan l on l.id = s.plan_id
      group by 1`
    const percentOf = new Map(rows.map((row) => [row.kind, row.percent]))
    expect(percentOf.get('free')).toBeCloseTo(39, -1)
    expect(percentOf.get('free (no row)')).toBeCloseTo(39, -1)
    expect(percentOf.get('paid')).toBeCloseTo(18, -1)
    expect(percentOf.get('lapsed')).toBeCloseTo(4, -1)
  })

  it('every status occurs in its proportion, in about 300 teams', async () => {
    const percentOf = async (status: string) => (await countWhere(`status = '${status}'`)) / 12
    expect(await percentOf('active')).toBeCloseTo(82, -1)
    expect(await percentOf('inactive')).toBeCloseTo(8, -1)
    expect(await percentOf('permanently_disabled')).toBeCloseTo(6, -1)
    expect(await countWhere(`status = 'paused'`)).toBeGreaterThan(10)
    expect(await countWhere(`status = 'deleted'`)).toBeGreaterThan(10)
    const [teams] = await database.sql<{ count: number }[]>`select count(*) as count from team`
    expect(teams?.count).toBeGreaterThan(280)
    expect(teams?.count).toBeLessThan(320)
  })
})

const noSleeper = `status = 'inactive' and not is_ours`

describe('cases', () => {
  it.each([
    ['never visited', `status = 'active' and last_traffic_at is null`],
    [
      'never visited and due',
      `status = 'active' and last_traffic_at is null and created_at < now_utc - interval '5 days'`,
    ],
    ['upgraded while inactive', `status = 'inactive' and is_ours and plan_kind = 'paid'`],
    ['upgraded and disabled before', `status = 'permanently_disabled' and plan_kind = 'paid'`],
    [
      'cancelled plan, idle',
      `status = 'active' and subscription_status = 'cancelled'
      and last_traffic_at < now_utc - interval '5 days'`,
    ],
    [
      'expired plan, idle',
      `status = 'active' and subscription_status = 'expired'
      and last_traffic_at < now_utc - interval '5 days'`,
    ],
    ['lapsed plan, asleep', `status = 'inactive' and plan_kind = 'lapsed'`],
    ['no subscription row', 'has_no_subscription'],
    [
      'owner deleted, admin left',
      `status = 'inactive' and 'owner' = any (roles) and not 'owner' = any (live_roles)
      and 'admin' = any (live_roles)`,
    ],
    ['admins and no owner', `status = 'inactive' and 'admin' = any (roles) and not 'owner' = any (roles)`],
    ['a creator and no member', `status = 'inactive' and cardinality(roles) = 0 and team_creator_id is not null`],
    [
      'members only',
      `status = 'inactive' and '{member}' @> roles and cardinality(roles) > 0 and team_creator_id is null`,
    ],
    ['three owners', `status = 'inactive' and cardinality(array_positions(live_roles, 'owner')) = 3`],
    [
      'nobody to tell',
      `status = 'active' and last_traffic_at < now_utc - interval '5 days'
      and not exists (select from vigie.recipients(array[team_id]))`,
    ],
    [
      'unverified address',
      `status = 'inactive' and exists (select from vigie.recipients(array[team_id]) r
      join "user" u on u.id = r.user_id where not u.email_verified)`,
    ],
    ['deleted team, idle and asleep', `status = 'inactive' and team_status = 'deleted'`],
    [
      'exempt until a date',
      `last_traffic_at < now_utc - interval '5 days' and status = 'active'
      and exists (select from vigie.exemption e where e.project_id = p.id and e.until > now())`,
    ],
    ['exemption over', `exists (select from vigie.exemption e where e.project_id = p.id and e.until < now())`],
    ['team exempt for good', `exists (select from vigie.exemption e where e.team_id = p.team_id and e.until is null)`],
    ['sleeper of the first version', `${noSleeper} and 'disabled' = any (domain_statuses)`],
    ['sleeper of the first version without a date', `${noSleeper} and deactivated_at is null`],
    ['sleeper of the first version that is due', `${noSleeper} and deactivated_at < now_utc - interval '7 days'`],
    [
      'disabled by Vigie after the first version',
      `status = 'permanently_disabled' and not is_ours
      and exists (select from vigie.event e where e.project_id = p.id and e.kind = 'permanently_disabled')`,
    ],
    [
      'reactivated four times',
      `reactivation_count = 4 and 4 = (select count(*) from vigie.event e
      where e.project_id = p.id and e.kind = 'reactivated')`,
    ],
    [
      'reactivated before Vigie',
      `reactivation_count > 0 and not exists (select from vigie.event e where e.project_id = p.id)`,
    ],
    [
      'a sleeper of the first version reactivated',
      `exists (select from vigie.event e where e.project_id = p.id
      and (e.after ->> 'isFirstVersionSleeper')::boolean)`,
    ],
    [
      'idle for 4 days 23 hours',
      `plan_kind = 'free' and status = 'active'
      and now_utc - last_traffic_at between '4 days 22:59' and '4 days 23:10'`,
    ],
    [
      'idle for 5 days 1 hour',
      `plan_kind = 'free' and status = 'active'
      and now_utc - last_traffic_at between '5 days 00:59' and '5 days 01:10'`,
    ],
    [
      'asleep for 6 days 22 hours',
      `plan_kind = 'free' and status = 'inactive'
      and now_utc - deactivated_at between '6 days 21:59' and '6 days 22:10'`,
    ],
    [
      'asleep for 7 days 2 hours',
      `plan_kind = 'free' and status = 'inactive'
      and now_utc - deactivated_at between '7 days 01:59' and '7 days 02:10'`,
    ],
    [
      'a domain of each status on a sleeper',
      `status = 'inactive' and is_ours
      and domain_statuses @> '{pending,failed,disabled}' and 'disabled' = any (domain_statuses)`,
    ],
    ['custom domains on a free plan', `plan_kind = 'free' and status = 'active' and 'active' = any (domain_statuses)`],
    ['custom domains on a paid plan', `plan_kind = 'paid' and status = 'active' and 'active' = any (domain_statuses)`],
    ['no deployment', `not exists (select from deployment d where d.project_id = p.id)`],
    [
      'all conclusions on one project',
      `4 = (select count(distinct d.conclusion) from deployment d where d.project_id = p.id)`,
    ],
    [
      'a deployment to go back to',
      `exists (select from alias a join deployment d on d.id = a.deployment_id
      where d.project_id = p.id and a.previous_deployment_id is not null)`,
    ],
    ['no slug', 'slug is null'],
    ['HTML in the name, asleep', `status = 'inactive' and name like '%<b>%</b>%onerror=%'`],
    ['quotes in the name', `name like '%''%' and name like '%"%' or name like '%''%“%'`],
    ['emoji in the name', `name like '%🚀%'`],
    ['a name from right to left', `name ~ '[؀-ۿ]'`],
    ['a name of 100 characters', 'length(name) = 100'],
  ])('%s', async (_, condition) => {
    expect(await countWhere(condition)).toBeGreaterThan(0)
  })

  it('a team with more than thirty projects', async () => {
    const [row] = await database.sql<{ most: number }[]>`
      select max(projects) as most from (select count(*) as projects from project group by team_id) t`
    expect(row?.most).toBeGreaterThan(30)
  })

  it('a hostname that is active on one project, disabled on a sleeper and left behind by a reactivation', async () => {
    const rows = await database.sql`
      select d.status::text as domain, p.status::text as project, x.domain_id is not null as "isRemembered",
        e.after -> 'domainsLeft' ? d.hostname as "wasLeft"
      from domain d join project p on p.id = d.project_id
      left join vigie.disabled_domain x on x.domain_id = d.id
      left join vigie.event e on e.project_id = p.id and e.kind = 'reactivated'
      where d.hostname = (
        select o.hostname from domain o group by o.hostname having count(distinct o.project_id) > 1
          and bool_or(o.status = 'active') limit 1)
      order by 1, 2`
    expect(rows).toEqual([
      { domain: 'active', project: 'active', isRemembered: false, wasLeft: null },
      { domain: 'disabled', project: 'active', isRemembered: false, wasLeft: true },
      { domain: 'disabled', project: 'inactive', isRemembered: true, wasLeft: null },
    ])
  })

  it('a hostname that two sleepers share', async () => {
    const rows = await database.sql`
      select d.hostname from vigie.disabled_domain x join domain d on d.id = x.domain_id
      group by d.hostname having count(*) > 1`
    expect(rows).toHaveLength(1)
  })
})
