import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { type MailStatus, mailStatuses, notFound } from '../mail/outbox.ts'
import { readMailFacts, readMailSettings } from '../mail/read-facts.ts'
import type { MailTemplate, RenderedMail } from '../mail/templates/mail-facts.ts'
import { renderMail } from '../mail/templates/render-mail.ts'

/** A mail as lists show it. */
export interface MailRow {
  readonly id: number
  readonly createdAt: Instant
  readonly template: MailTemplate
  readonly status: MailStatus
  readonly address: string
  /** Null: a digest of several. */
  readonly projectId: string | null
  readonly projectName: string | null
  readonly runId: number | null
  /** The digest that tells of it. */
  readonly digestId: number | null
  readonly attempts: number
  /** Of one that waits: from when on it is tried; of one that is being sent: until when its sender has it. */
  readonly dueAt: Instant
  readonly isLeased: boolean
  readonly endedAt: Instant | null
  /** What the server, or Vigie, said last. */
  readonly answer: { readonly code: string; readonly message: string } | null
}

export interface MailPage {
  readonly mails: readonly MailRow[]
  /** Pass it as `before` for the next, older page; null at the end. */
  readonly next: { readonly at: Instant; readonly id: number } | null
}

/** How many mails there are of each status, counted up to {@link mailCountLimit}. */
export type MailCounts = Readonly<Record<MailStatus, number>>

/** A count of this size means so many or more: years of sent mails are not counted for a figure on the screen. */
export const mailCountLimit = 10_000

export interface MailDetail extends MailRow {
  /** As it was sent last, or as it would be sent now; null if there is nothing left to tell or its bodies were let go. */
  readonly rendered: RenderedMail | null
  /** Whether `rendered` is what a server was given. */
  readonly isAsSent: boolean
}

/** Mails, latest first: of one status, or of all, whose parts are merged so that one index serves both. */
export async function listMails(
  sql: Database,
  request: { status: MailStatus | null; before: MailPage['next']; limit: number },
): Promise<MailPage> {
  const { status, before, limit } = request
  const statuses = status === null ? [...mailStatuses] : [status]
  const found = await sql<MailRow[]>`
    select ${columns(sql)}
    from (
      select o.*
      from unnest(${statuses}::text[]) as s (status)
      cross join lateral (
        select m.* from vigie.mail m
        where m.status = s.status
          ${before === null ? sql`` : sql`and (m.created_at, m.id) < (${before.at}::text::timestamptz, ${before.id}::bigint)`}
        order by m.created_at desc, m.id desc
        limit ${limit + 1}
      ) o
    ) m
    left join project p on p.id = m.project_id
    order by m.created_at desc, m.id desc
    limit ${limit + 1}`
  const mails = found.slice(0, limit)
  const last = mails.at(-1)
  return { mails, next: found.length > limit && last ? { at: last.createdAt, id: last.id } : null }
}

/** Mails by status, each counted up to {@link mailCountLimit}. */
export async function countMails(sql: Database): Promise<MailCounts> {
  const [row] = await sql<{ counts: MailCounts }[]>`
    select json_object_agg(s.status, (
      select count(*) from (
        select from vigie.mail m where m.status = s.status limit ${mailCountLimit}
      ) m
    )) as counts
    from unnest(${[...mailStatuses]}::text[]) as s (status)`
  if (row === undefined) throw new Error('the mails were not counted')
  return row.counts
}

/** A mail and how it looks. Errors: MAIL_NOT_FOUND. */
export async function readMail(sql: Database, mailId: number, platformUrl: string | null): Promise<MailDetail> {
  const [row] = await sql<(MailRow & { subject: string | null; text: string | null; html: string | null })[]>`
    select ${columns(sql)}, m.subject, m.body_text as text, m.body_html as html
    from vigie.mail m left join project p on p.id = m.project_id
    where m.id = ${mailId}`
  if (row === undefined) throw notFound(mailId)
  const { subject, text, html, ...mail } = row
  if (subject !== null && text !== null && html !== null) {
    return { ...mail, rendered: { subject, text, html }, isAsSent: true }
  }
  const [facts] = await readMailFacts(sql, [mailId])
  const isOver = mail.status === 'sent' || facts === undefined || facts.projects.length === 0
  const rendered = isOver ? null : renderMail(facts, await readMailSettings(sql, platformUrl))
  return { ...mail, rendered, isAsSent: false }
}

function columns(sql: Database) {
  return sql`
    m.id, m.created_at as "createdAt", m.template, m.status, m.address, m.project_id as "projectId",
    p.name as "projectName", m.run_id as "runId", m.digest_id as "digestId", m.attempts, m.due_at as "dueAt",
    m.leased_until is not null as "isLeased", m.ended_at as "endedAt", m.answer`
}
