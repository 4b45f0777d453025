import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { nextTransition } from '../lifecycle.ts'
import type { Policy } from '../policy.ts'
import { lastActivityAt } from '../project.ts'
import { readPolicy } from '../queries/policy.ts'
import { type ProjectRow, type ProjectView, readNow } from '../queries/projects.ts'
import { walkProjects } from '../queries/walk-projects.ts'
import type { BlindSpell } from '../watch/deadline.ts'
import { readSpells } from '../watch/read-spells.ts'
import type { Columns, Table } from './encode-table.ts'

/**
 * The list of projects as it stands on the screen, in its order, all as they are at one instant. `session` is one
 * connection and not a pool. Errors: those of the database, while it is read.
 */
export async function openProjectTable(session: Database, view: ProjectView): Promise<Table<ProjectRow>> {
  const [policy, spells, now] = await Promise.all([readPolicy(session), readSpells(session), readNow(session)])
  return {
    columns: columnsOf(policy, spells, now),
    pages: walkProjects(session, view),
    head: { exportedAt: now },
    name: 'projects',
  }
}

function columnsOf(policy: Policy, spells: readonly BlindSpell[], now: Instant): Columns<ProjectRow> {
  const nextOf = (row: ProjectRow) => nextTransition(row, policy, spells, now)
  return [
    ['id', ({ id }) => id],
    ['name', ({ name }) => name],
    ['slug', ({ slug }) => slug],
    ['status', ({ status }) => status],
    ['teamId', ({ teamId }) => teamId],
    ['teamName', ({ teamName }) => teamName],
    ['teamSlug', ({ teamSlug }) => teamSlug],
    ['isTeamDeleted', ({ isTeamDeleted }) => isTeamDeleted],
    ['repository', ({ repoFullName }) => repoFullName],
    ['planKind', ({ planKind }) => planKind],
    ['planName', ({ planName }) => planName],
    ['createdAt', ({ createdAt }) => createdAt],
    ['lastTrafficAt', ({ lastTrafficAt }) => lastTrafficAt],
    ['lastActivityAt', lastActivityAt],
    ['deactivatedAt', ({ deactivatedAt }) => deactivatedAt],
    ['reactivationCount', ({ reactivationCount }) => reactivationCount],
    ['isExempt', ({ exemption }) => exemption !== null],
    ['exemptUntil', ({ exemption }) => exemption?.until ?? null],
    // What becomes of it if nobody does anything, or why nothing does.
    ['next', (row) => whatComes(nextOf(row))],
    ['nextAt', (row) => whenItComes(nextOf(row))],
  ]
}

type Next = ReturnType<typeof nextTransition>

function whatComes(next: Next): string {
  return next.kind === 'rest' ? next.reason : next.to
}

function whenItComes(next: Next): Instant | null {
  return next.kind === 'rest' ? null : next.dueAt
}
