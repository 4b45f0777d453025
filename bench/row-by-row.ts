import type { Database } from '../src/core/context.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { measureMs } from './statistics.ts'

/** Enough to know the time of one; all of them would take many minutes. */
const sampledRows = 2_000

export interface RowByRowTimes {
  /** For one row. */
  readonly updateMs: number
  readonly allEffectsMs: number
  readonly sampledRows: number
}

/** The first version's way: project after project, a commit each. With its bare update alone, and with all effects. */
export async function measureRowByRow(sql: Pool): Promise<RowByRowTimes> {
  const ids = (await sql<{ id: string }[]>`select id from bench.due order by md5(id) limit ${2 * sampledRows}`).map(
    ({ id }) => id,
  )
  const middle = Math.floor(ids.length / 2)
  return {
    updateMs: (await measureEach(ids.slice(0, middle), (id) => updateProject(sql, id))) / middle,
    allEffectsMs: (await measureEach(ids.slice(middle), (id) => putToSleep(sql, id))) / (ids.length - middle),
    sampledRows: middle,
  }
}

function measureEach(ids: readonly string[], action: (id: string) => Promise<unknown>): Promise<number> {
  return measureMs(async () => {
    for (const id of ids) await action(id)
  })
}

function updateProject(sql: Database, id: string) {
  return sql`
    update project set status = 'inactive', deactivated_at = now() at time zone 'utc'
    where id = ${id} and status = 'active'`
}

/** What the sweep does to a project, statement by statement. */
async function putToSleep(pool: Pool, id: string): Promise<void> {
  await pool.begin(async (sql) => {
    const [project] = await sql<{ team_id: string }[]>`
      select team_id from project where id = ${id} and status = 'active' for no key update`
    if (project === undefined) return
    await updateProject(sql, id)
    await sql`
      insert into vigie.disabled_domain (domain_id, project_id, former_status)
      select d.id, d.project_id, 'active' from domain d where d.project_id = ${id} and d.status = 'active'`
    await sql`update domain set status = 'disabled' where project_id = ${id} and status = 'active'`
    await sql`
      insert into vigie.sleeper (project_id, deactivated_at)
      select p.id, p.deactivated_at from project p where p.id = ${id}
      on conflict (project_id) do update set deactivated_at = excluded.deactivated_at`
    const [event] = await sql<{ id: number }[]>`
      insert into vigie.event (kind, project_id, team_id, entry, machine, version, reason)
      values ('deactivated', ${id}, ${project.team_id}, 'cli', 'bench', '0.0.0', 'no_traffic')
      returning id`
    await sql`
      insert into vigie.mail (event_id, project_id, template, user_id, address)
      select ${event?.id ?? 0}, ${id}, 'project-disabled', r.user_id, r.address
      from vigie.recipients(array[${project.team_id}::varchar]) r`
  })
}
