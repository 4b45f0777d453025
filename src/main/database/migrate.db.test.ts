import { describe, expect, it } from 'vitest'
import { checkDatabase } from './check.ts'
import { openPool, type Pool } from './connect.ts'
import { type MigrateResult, migrate } from './migrate.ts'
import { readScript } from './scripts.ts'
import { silentLog, testOrigin } from './testing/names.ts'
import { createRows } from './testing/platform-rows.ts'
import { createTestDatabase } from './testing/test-database.ts'

const run = (pool: Pool): Promise<MigrateResult> => migrate(pool, { log: silentLog, wantsSample: false })

/** A platform with plans and without inactivity tracking. */
async function createPlansPlatform() {
  const database = await createTestDatabase({ isEmpty: true })
  await database.sql.unsafe(readScript('baseline/platform.sql')).simple()
  return database
}

/** A platform that has tracking from migrations of its own. */
async function createTrackedPlatform() {
  const database = await createPlansPlatform()
  await database.sql.unsafe(readScript('tracking/status-values.sql')).simple()
  await database.sql.unsafe(readScript('tracking/columns.sql')).simple()
  return database
}

/** Everything of the platform's that a migration could have touched: columns, types, values, indexes, rows. */
async function describePlatform(sql: Pool) {
  return {
    columns: await sql`
      select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1, 2`,
    labels: await sql`select enumtypid::regtype::text, enumlabel from pg_enum order by 1, enumsortorder`,
    indexes: await sql`
      select indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace and c.relname not like 'vigie\\_%' order by 1`,
    projects: await sql`select p.*, p.xmin::text from project p order by id`,
    teams: await sql`select t.*, t.xmin::text from team t order by id`,
  }
}

describe('an empty database', () => {
  it('gets the platform’s tables and Vigie’s; a second run applies nothing', async () => {
    const { sql } = await createTestDatabase({ isEmpty: true })
    const first = await run(sql)
    expect(first.level).toBe('empty')
    expect(first.applied).toEqual(expect.arrayContaining(['baseline', 'tracking', '0001-core', 'functions']))
    expect(await run(sql)).toEqual({ level: 'tracked', applied: [] })
    expect(await checkDatabase(sql)).toMatchObject({ isReadOnly: false, isSearchFast: true, isSample: false })
  })

  it('is prepared once by two at the same time', async () => {
    const { sql, address } = await createTestDatabase({ isEmpty: true })
    const other = openPool({ address, origin: testOrigin, maxConnections: 2 })
    const results = await Promise.all([run(sql), run(other)])
    await other.end()
    expect(results.map((result) => result.applied.length > 0).sort()).toEqual([false, true])
  })
})

describe('a platform with plans and without tracking', () => {
  it('gets the columns, the statuses and a last_traffic_at from updated_at', async () => {
    const { sql } = await createPlansPlatform()
    await sql`insert into github_installation (installation_id) values (1)`
    await sql`insert into team (id, name) values ('a', 'A')`
    await sql`
      insert into project (id, name, repo_id, repo_full_name, github_installation_id, team_id, updated_at)
      values ('b', 'B', 1, 'b/b', 1, 'a', '2026-01-02 03:04:05.678901')`
    expect(await run(sql)).toMatchObject({ level: 'plans', applied: expect.arrayContaining(['tracking-traffic']) })
    expect(
      await sql`
      select last_traffic_at, updated_at, deactivated_at, reactivation_count, status from project`,
    ).toEqual([
      {
        last_traffic_at: '2026-01-02T03:04:05.678901Z',
        updated_at: '2026-01-02T03:04:05.678901Z',
        deactivated_at: null,
        reactivation_count: 0,
        status: 'active',
      },
    ])
    expect(await run(sql)).toEqual({ level: 'tracked', applied: [] })
  })

  it('finishes an initialisation that was interrupted', async () => {
    const { sql } = await createPlansPlatform()
    await run(sql)
    await sql`delete from vigie.migration where name = 'tracking-traffic'`
    await createRows(sql).project({ lastTraffic: null })
    expect(await run(sql)).toEqual({ level: 'tracked', applied: ['tracking-traffic'] })
    expect(await sql`select from project where last_traffic_at is null`).toHaveLength(0)
  })
})

describe('a platform that has tracking', () => {
  it('keeps every column, type, index and row of its own', async () => {
    const { sql } = await createTrackedPlatform()
    await createRows(sql).project({ lastTraffic: null })
    const before = await describePlatform(sql)
    const result = await run(sql)
    expect(result.level).toBe('tracked')
    expect(result.applied).not.toContain('ix_project_last_traffic_at')
    expect(await describePlatform(sql)).toEqual(before)
  })

  it('is migrated by its owner, who is no superuser', async () => {
    const { sql, address } = await createTrackedPlatform()
    const role = `owner_of_${address.database}`
    await sql.unsafe(`create role ${role} login`)
    await sql.unsafe(`grant all on database ${address.database} to ${role}`)
    await sql.unsafe(`grant all on schema public to ${role}`)
    const tables = await sql<{ name: string }[]>`
      select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`
    for (const { name } of tables) await sql.unsafe(`alter table public.${name} owner to ${role}`)
    const own = openPool({ address: { ...address, user: role }, origin: testOrigin, maxConnections: 2 })
    expect(await run(own)).toMatchObject({ level: 'tracked' })
    expect(await checkDatabase(own)).toMatchObject({ login: role, isSearchFast: true })
    await own.end()
    await sql.unsafe(`drop owned by ${role} cascade; drop role ${role}`).simple()
  })

  it('makes an index again that a broken attempt left invalid', async () => {
    const { sql } = await createTrackedPlatform()
    await run(sql)
    await sql`update pg_index set indisvalid = false where indexrelid = 'vigie_project_status_name'::regclass`
    expect(await run(sql)).toEqual({ level: 'tracked', applied: ['vigie_project_status_name'] })
  })
})

describe('a database that is none of the three', () => {
  it.each([
    ['no plan tables', 'drop table team_subscription, subscription_plan', 'table "subscription_plan" is missing'],
    ['a column missing', 'alter table team_member drop column role', 'column team_member.role is missing'],
    [
      'a time with a zone',
      'alter table project add column last_traffic_at timestamptz',
      'column project.last_traffic_at is of type timestamptz',
    ],
    [
      'something else altogether',
      'drop schema public cascade; create schema public; create table posts (id int)',
      'table "project" is missing',
    ],
  ])('with %s is refused with a sentence that names it, and nothing is changed', async (_name, change, problem) => {
    const { sql } = await createPlansPlatform()
    await sql.unsafe(change).simple()
    await expect(run(sql)).rejects.toMatchObject({ code: 'NOT_A_PLATFORM', message: expect.stringContaining(problem) })
    expect(await sql`select from pg_namespace where nspname = 'vigie'`).toHaveLength(0)
    await expect(checkDatabase(sql)).rejects.toMatchObject({ code: 'NOT_A_PLATFORM' })
  })

  it.each([
    ['a table', 'create table vigie.policy (id int)', 'table vigie.policy'],
    ['a table of the record’s name', 'create table vigie.migration (version int)', 'table vigie.migration'],
    ['a function', 'create function vigie.due() returns int language sql as $$ select 1 $$', 'function vigie.due'],
  ])(
    'or whose schema "vigie" has %s of somebody else’s, is refused before anything is written',
    async (_name, create, object) => {
      const { sql } = await createTestDatabase({ isEmpty: true })
      await sql.unsafe(`create schema vigie; ${create}`).simple()
      const count = async () =>
        (await sql`select from pg_class where relnamespace::regnamespace::text in ('public', 'vigie')`).length
      const before = await count()
      await expect(run(sql)).rejects.toMatchObject({ code: 'NOT_A_PLATFORM', message: expect.stringContaining(object) })
      expect(await count()).toBe(before)
    },
  )

  it('but an empty schema "vigie" of its own is taken', async () => {
    const { sql } = await createTestDatabase({ isEmpty: true })
    await sql`create schema vigie`
    expect(await run(sql)).toMatchObject({ level: 'empty' })
  })

  it('or has lost a table of Vigie’s, is named as such, by migrate too', async () => {
    const { sql } = await createTestDatabase()
    await sql`drop table vigie.mail cascade`
    const damaged = { code: 'SCHEMA_DAMAGED', message: expect.stringContaining('Table vigie.mail is missing') }
    await expect(checkDatabase(sql)).rejects.toMatchObject(damaged)
    await expect(run(sql)).rejects.toMatchObject(damaged)
  })

  it('or was prepared by a newer Vigie, is left alone', async () => {
    const { sql } = await createTestDatabase()
    await sql`insert into vigie.migration (name) values ('9999-future')`
    await expect(run(sql)).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' })
  })
})

it('a database that is not prepared, or only in part, is told apart', async () => {
  const { sql } = await createTrackedPlatform()
  await expect(checkDatabase(sql)).rejects.toMatchObject({ code: 'NOT_MIGRATED' })
  await run(sql)
  await sql`delete from vigie.migration where name = 'functions'`
  await expect(checkDatabase(sql)).rejects.toMatchObject({
    code: 'NOT_MIGRATED',
    message: expect.stringContaining('functions'),
  })
})

it('notices functions that are older than this program until migrate makes them anew, and takes newer ones', async () => {
  const { sql } = await createTestDatabase({ isEmpty: true })
  await run(sql)
  await sql`update vigie.migration set detail = md5('before') || ' 0.0.9' where name = 'functions'`
  await expect(checkDatabase(sql)).rejects.toMatchObject({
    code: 'NOT_MIGRATED',
    message: expect.stringContaining('“vigie migrate”'),
  })
  expect((await run(sql)).applied).toEqual(['functions'])
  await expect(checkDatabase(sql)).resolves.toMatchObject({ isReadOnly: false })
  await sql`update vigie.migration set detail = md5('after') || ' 1000.0.0' where name = 'functions'`
  await expect(checkDatabase(sql)).resolves.toMatchObject({ isReadOnly: false })
})
