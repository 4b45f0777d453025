import type { Database } from '../context.ts'
import { instantToMicros } from '../instant.ts'
import { readNow } from '../queries/projects.ts'
import { deadlineOf } from '../watch/deadline.ts'
import { readSpells } from '../watch/read-spells.ts'
import type { MailFacts, MailLanguage, MailProject, MailSettings } from './templates/mail-facts.ts'

export interface AddressedFacts extends MailFacts {
  readonly id: number
  readonly address: string
  readonly userId: number
  readonly projects: readonly AddressedProject[]
}

interface AddressedProject extends MailProject {
  /** Whether the recipient is an owner or admin of its team. */
  readonly mayWake: boolean
}

/** What some mails tell, in the order of their ids. A project that is gone is left out. */
export async function readMailFacts(sql: Database, ids: readonly number[]): Promise<AddressedFacts[]> {
  const [spells, now, told] = [await readSpells(sql), await readNow(sql), await readTold(sql, ids)]
  return told.map(({ nextStageAfterDays: days, ...mail }) => ({
    ...mail,
    projects: mail.projects.map((project) => {
      const nextStageAt = days === null ? null : deadlineOf(project.actedAt, days, spells, now).at
      const isOverdue = nextStageAt !== null && instantToMicros(nextStageAt) <= instantToMicros(now)
      return { ...project, nextStageAt, isOverdue }
    }),
  }))
}

interface Told extends Omit<AddressedFacts, 'projects'> {
  /** Null: nothing comes after it. */
  readonly nextStageAfterDays: number | null
  readonly projects: readonly Omit<AddressedProject, 'nextStageAt' | 'isOverdue'>[]
}

async function readTold(sql: Database, ids: readonly number[]): Promise<Told[]> {
  return await sql<Told[]>`
    select m.id, m.template, m.address, m.user_id as "userId", told.projects,
      case
        when m.template like 'project-disabled%' then y.disabled_after_days
        when m.template = 'project-warning' then y.inactive_after_days end as "nextStageAfterDays"
    from unnest(${[...ids]}::bigint[]) as i (id)
    join vigie.mail m on m.id = i.id
    cross join vigie.policy y
    cross join lateral (
      select coalesce(json_agg(json_build_object(
        'id', p.id, 'name', p.name, 'teamName', t.name, 'teamSlug', t.slug,
        'mayWake', exists (select from team_member w
          where w.team_id = t.id and w.user_id = m.user_id and w.role in ('owner', 'admin')),
        'actedAt', vigie.instant(a.at))
        order by p.name, p.id), '[]') as projects
      from (
        select m.project_id, m.event_id, m.created_at
        union all
        select x.project_id, x.event_id, x.created_at
        from vigie.mail x
        where x.run_id = m.run_id and x.user_id = m.user_id and x.digest_id = m.id and x.status = 'digested'
      ) x
      join project p on p.id = x.project_id
      join team t on t.id = p.team_id
      left join vigie.event e on e.id = x.event_id and e.created_at = x.created_at
      cross join lateral (select case
        when m.template = 'project-warning' then greatest(p.last_traffic_at, p.created_at)
        else coalesce((e.after ->> 'deactivatedAt')::timestamptz, e.created_at, x.created_at) at time zone 'utc'
      end as at) a
    ) told
    order by m.id`
}

/** The policy's part of how mails are written, with the platform's address from the configuration. */
export async function readMailSettings(sql: Database, platformUrl: string | null): Promise<MailSettings> {
  const [row] = await sql<{ language: MailLanguage; zone: string; inactiveAfterDays: number }[]>`
    select mail_language as language, mail_zone as zone, inactive_after_days as "inactiveAfterDays" from vigie.policy`
  if (row === undefined) throw new Error('vigie.policy has no row')
  return { ...row, platformUrl }
}
