import type { Pool } from '../src/main/database/connect.ts'

/**
 * Makes exactly so many projects due in the first stage and none in the second, always the same ones; `bench.due` has
 * their ids. What the plan, an exemption or a deleted team protects stays as idle as it was: a sweep has to pass it by.
 * @throws Error when the platform has too few projects that can be due
 */
export async function makeDue(sql: Pool, due: number): Promise<number> {
  await sql.unsafe(listSweepable)
  await sql`
    create table bench.due as
    select s.id from bench.sweepable s
    where s.status = 'active' and s.can_be_due
    order by s.id limit ${due}`
  const [made] = await sql<{ due: number }[]>`select count(*) as due from bench.due`
  if (made?.due !== due) throw new Error(`only ${made?.due} projects can be made due, not ${due}`)

  // Idle for 5 to 35 days, in no order that the table has; the others for at most 4, which lasts longer than the bench.
  await sql.unsafe(`
    update project p
    set last_traffic_at = (now() at time zone 'utc')
      - case when d.id is null then ${spread} * interval '4 days' else interval '5 days' + ${spread} * interval '30 days' end
    from bench.sweepable s left join bench.due d on d.id = s.id
    where p.id = s.id and s.status = 'active'
      and (d.id is not null or greatest(p.last_traffic_at, p.created_at) < (now() at time zone 'utc') - interval '4 days')`)
  await sql.unsafe(`
    update project p
    set deactivated_at = (now() at time zone 'utc') - ${spread} * interval '6 days'
    from bench.sweepable s
    where p.id = s.id and s.status = 'inactive' and p.deactivated_at < (now() at time zone 'utc') - interval '6 days'`)
  return due
}

/** From 0 to 1, by the id alone. */
const spread = '((hashtext(p.id) & 1048575) / 1048576.0)'

const listSweepable = `
  create schema bench;
  create table bench.sweepable as
  select p.id, p.status,
    p.created_at < (now() at time zone 'utc') - interval '40 days'
      and not exists (select from vigie.exemption e where e.project_id = p.id or e.team_id = p.team_id) as can_be_due
  from project p
  join team t on t.id = p.team_id
  left join team_subscription s on s.team_id = p.team_id
  left join subscription_plan l on l.id = s.plan_id
  where t.status <> 'deleted' and (s.id is null or l.name = 'free')
    and p.status in ('active', 'inactive')
    -- An exemption that ends while the bench runs protects nobody.
    and not exists (
      select from vigie.exemption e
      where (e.project_id = p.id or e.team_id = p.team_id) and (e.until is null or e.until > now() + interval '1 day'))`
