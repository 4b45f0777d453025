import { describe, expect, it } from 'vitest'
import type { Pool } from '../connect.ts'
import { withSession } from '../connect.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import { createSample } from './create-sample.ts'

async function countProjects(sql: Pool): Promise<number | undefined> {
  const [row] = await sql<{ projects: number }[]>`select count(*) as projects from project`
  return row?.projects
}

/** All that must be the same in two samples of one size: everything but dates. */
async function fingerprint(sql: Pool) {
  const [row] = await sql`
    select
      (select md5(string_agg(concat_ws('|', p.id, p.name, p.slug, p.team_id, p.status, p.reactivation_count, p.repo_id,
        p.repo_status, p.created_by_user_id, p.last_traffic_at is null, p.deactivated_at is null), E'\n' order by p.id))
        from project p) as projects,
      (select md5(string_agg(concat_ws('|', t.id, t.name, t.slug, t.status, t.created_by_user_id, l.name, s.id, s.status),
        E'\n' order by t.id))
        from team t left join team_subscription s on s.team_id = t.id left join subscription_plan l on l.id = s.plan_id)
        as teams,
      (select md5(string_agg(concat_ws('|', u.id, u.email, u.username, u.name, u.status, u.email_verified), E'\n'
        order by u.id)) from "user" u) as users,
      (select md5(string_agg(concat_ws('|', m.id, m.team_id, m.user_id, m.role), E'\n' order by m.id)) from team_member m)
        as members,
      (select md5(string_agg(concat_ws('|', d.id, d.project_id, d.status, d.conclusion, d.container_status, d.commit_sha),
        E'\n' order by d.id)) from deployment d) as deployments,
      (select md5(string_agg(concat_ws('|', a.id, a.subdomain, a.deployment_id, a.previous_deployment_id, a.type), E'\n'
        order by a.id)) from alias a) as aliases,
      (select md5(string_agg(concat_ws('|', d.id, d.project_id, d.hostname, d.type, d.status), E'\n' order by d.id))
        from domain d) as domains,
      (select md5(string_agg(concat_ws('|', e.kind, e.project_id, e.reason, e.on_behalf_of_user_id, e.entry,
        e.after ->> 'domainsDisabled'), E'\n' order by e.project_id, e.created_at)) from vigie.event e) as events,
      (select md5(string_agg(concat_ws('|', r.entry, r.outcome, r.deactivated, r.disabled, r.mails_queued), E'\n'
        order by r.id)) from vigie.job_run r where r.entry = 'agent') as runs,
      (select count(*) from vigie.mail) as mails`
  return row
}

/** Definitions of the platform's indexes and constraints. */
async function shape(sql: Pool) {
  return sql`
    select conname as name, pg_get_constraintdef(oid) as definition, convalidated as "isValid"
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid
    from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace
    order by 1, 2`
}

describe('createSample', () => {
  it.each([0, 1, 3, 17, 122, 140, 555])('makes exactly %i projects', async (projects) => {
    const { sql } = await createTestDatabase()
    await withSession(sql, (session) => createSample(session, { projects }))
    expect(await countProjects(sql)).toBe(projects)
  })

  it('makes the same twice, apart from the dates, whether in one go or with indexes made at the end', async () => {
    const one = await createTestDatabase()
    const two = await createTestDatabase()
    const before = await shape(two.sql)
    await withSession(one.sql, (session) => createSample(session, { projects: 600 }))
    await withSession(two.sql, (session) => createSample(session, { projects: 600, largeFrom: 1 }))
    expect(await fingerprint(two.sql)).toEqual(await fingerprint(one.sql))
    expect(await shape(two.sql)).toEqual(before)
  })

  it('gives a project the same id, name and status in a larger sample', async () => {
    const small = await createTestDatabase()
    const large = await createTestDatabase()
    await withSession(small.sql, (session) => createSample(session, { projects: 200 }))
    await withSession(large.sql, (session) => createSample(session, { projects: 400 }))
    const select = (sql: Pool) => sql`select id, name, slug, status::text from project order by id`
    const known = new Set((await select(large.sql)).map((row) => JSON.stringify(row)))
    const missing = (await select(small.sql)).filter((row) => !known.has(JSON.stringify(row)))
    expect(missing).toEqual([])
  })

  it('leaves nothing behind when it fails, and can be made then', async () => {
    const { sql } = await createTestDatabase({ maxConnections: 1 })
    await sql`alter table vigie.status_day add constraint no_days check (day is null)`
    await expect(withSession(sql, (session) => createSample(session, { projects: 50 }))).rejects.toMatchObject({
      code: '23514',
    })
    const [left] = await sql`
      select (select count(*) from "user") + (select count(*) from team) + (select count(*) from project)
        + (select count(*) from vigie.event) + (select count(*) from vigie.job_run) as rows`
    expect(left).toEqual({ rows: 0 })
    await sql`alter table vigie.status_day drop constraint no_days`
    await withSession(sql, (session) => createSample(session, { projects: 50 }))
    expect(await countProjects(sql)).toBe(50)
  })

  it('leaves no helpers in the session, and sequences that go on', async () => {
    const { sql } = await createTestDatabase({ maxConnections: 1 })
    await withSession(sql, async (session) => {
      await createSample(session, { projects: 150 })
      const [helpers] = await session`select count(*) as left from pg_proc where pronamespace = pg_my_temp_schema()`
      expect(helpers).toEqual({ left: 0 })
    })
    await sql`insert into "user" (email, username) values ('next@example.com', 'next')`
    await sql`
      insert into domain (project_id, hostname) select id, 'next.example' from project limit 1`
    await sql`insert into alias (subdomain, deployment_id, type) select 'next', id, 'branch' from deployment limit 1`
    const [run] = await sql<{ id: number }[]>`
      select vigie.start_run('sweep', '{"entry": "cli", "machine": "test", "version": "0"}') as id`
    const [latest] = await sql<{ id: number }[]>`select max(id) as id from vigie.job_run`
    expect(run?.id).toBe(latest?.id)
  })

  it('says what it is making', async () => {
    const { sql } = await createTestDatabase()
    const told: string[] = []
    await withSession(sql, (session) => createSample(session, { projects: 10, onProgress: (text) => told.push(text) }))
    expect(told.length).toBeGreaterThan(2)
    expect(new Set(told).size).toBe(told.length)
  })

  it.each([-1, 1.5, Number.NaN])('refuses %d projects', async (projects) => {
    const { sql } = await createTestDatabase()
    await expect(withSession(sql, (session) => createSample(session, { projects }))).rejects.toThrow(RangeError)
  })
})
