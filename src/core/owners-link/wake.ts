/**
 * An owner's link, followed: it shows what it would do, and does it when it is told to.
 *
 * Trigger: an owner who opens the link of a mail (the agent's pages).
 * Guarantees: to ask changes nothing, since mail scanners follow links. The act is that of core/reactivate.ts, in the name
 * of the owner the link was sent to, and one transaction (migrations/functions/reactivate-by-link.sql): of two at the
 * same time the first wins. Nothing is asked of the database for a token that Vigie did not sign.
 * Locks: the project's row, for the act alone.
 */
import type { Context, Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { OwnersLink } from './token.ts'

/** Why a link does nothing. `PROJECT_NOT_INACTIVE`: it is awake already; `LINK_USED`: it woke up and sleeps again. */
export const linkRefusals = [
  'PROJECT_NOT_FOUND',
  'TEAM_DELETED',
  'PROJECT_PERMANENTLY_DISABLED',
  'PROJECT_NOT_INACTIVE',
  'LINK_USED',
  'LINK_EXPIRED',
  'NOT_OWNER_OR_ADMIN',
] as const
export type LinkRefusal = (typeof linkRefusals)[number]

/** What the page of a link shows before it acts. */
export interface LinkState {
  readonly refusal: LinkRefusal | null
  readonly projectName: string
  readonly deactivatedAt: Instant
  readonly expiresAt: Instant
  /** The IANA zone that is given beside UTC. */
  readonly zone: string
}

/** What came back. */
export interface Woken {
  readonly projectName: string
  readonly domainsRestored: number
  /** Hostnames that are active on another project and stay with it. */
  readonly domainsLeft: readonly string[]
}

/** Looks at what a link would do. Errors: those of the database. */
export async function readLinkState(sql: Database, link: OwnersLink): Promise<LinkState> {
  const { projectId, userId, deactivatedAt, expiresAt } = link
  const [row] = await sql<{ refusal: LinkRefusal | null; projectName: string | null; zone: string }[]>`
    select vigie.link_refusal(
        ${projectId}, ${userId}, ${deactivatedAt}::text::timestamptz, ${expiresAt}::text::timestamptz) as refusal,
      (select p.name from project p where p.id = ${projectId}) as "projectName",
      (select y.mail_zone from vigie.policy y) as zone`
  if (row === undefined) throw new Error('vigie.link_refusal returned nothing')
  return { refusal: row.refusal, projectName: row.projectName ?? '', deactivatedAt, expiresAt, zone: row.zone }
}

type Answer = Woken | { readonly refusal: LinkRefusal }

/** Wakes the project of a link, or says why not. Errors: those of the database. */
export async function wakeByLink({ sql, log, origin }: Context, link: OwnersLink): Promise<Answer> {
  const { projectId, userId, deactivatedAt, expiresAt } = link
  const [row] = await sql<{ answer: Answer }[]>`
    select jsonb_build_object('projectName', (select p.name from project p where p.id = ${projectId}))
      || vigie.reactivate_by_link(
      ${projectId}, ${userId}, ${deactivatedAt}::text::timestamptz, ${expiresAt}::text::timestamptz,
      ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('vigie.reactivate_by_link returned nothing')
  const { answer } = row
  if ('refusal' in answer)
    log.warn({ projectId, code: answer.refusal }, 'A reactivation by an owner’s link was refused.')
  else log.info({ projectId, userId }, 'A project was reactivated by its owner’s link.')
  return answer
}
