import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { nextTransition } from '../lifecycle.ts'
import type { ProjectStatus } from '../project.ts'
import { readSpells } from '../watch/read-spells.ts'
import { readPolicy } from './policy.ts'
import { type ProjectRow, rowColumns } from './projects.ts'

/** What the blocked page says of a project. */
export interface BlockedProject {
  readonly name: string
  readonly status: ProjectStatus
  readonly deactivatedAt: Instant | null
  /** From when on it will be permanently disabled; null: it will not be. */
  readonly disabledFrom: Instant | null
  /** Active again, while an edge has not yet said that its hostnames are free. */
  readonly isWaking: boolean
  /** The IANA zone that is given beside UTC. */
  readonly zone: string
}

/** Reads it; null when there is no such project. Errors: those of the database. */
export async function readBlockedProject(sql: Database, projectId: string): Promise<BlockedProject | null> {
  const [[row], policy, spells] = await Promise.all([
    sql<(ProjectRow & { isHeld: boolean; now: Instant })[]>`
      select ${rowColumns(sql)}, now() as now,
        exists (select from vigie.edge_block b where b.project_id = p.id) as "isHeld"
      from project p
      join team t on t.id = p.team_id
      left join team_subscription s on s.team_id = p.team_id
      left join subscription_plan l on l.id = s.plan_id
      where p.id = ${projectId}`,
    readPolicy(sql),
    readSpells(sql),
  ])
  if (row === undefined) return null
  const { name, status, deactivatedAt, isHeld } = row
  const next = nextTransition(row, policy, spells, row.now)
  const isDisabledNext = next.kind === 'transition' && next.stage === 'disable'
  return {
    name,
    status,
    deactivatedAt,
    disabledFrom: isDisabledNext ? next.dueAt : null,
    isWaking: status === 'active' && isHeld,
    zone: policy.mailZone,
  }
}
