import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'

/** Projects by status, of the whole platform or of one team. */
export interface StatusCounts {
  readonly active: number
  readonly inactive: number
  readonly permanentlyDisabled: number
  readonly paused: number
  readonly deleted: number
  readonly total: number
}

/** Counts the projects in each status. Errors: TEAM_NOT_FOUND. */
export async function countByStatus(sql: Database, teamSlug: string | null = null): Promise<StatusCounts> {
  return await countProjects(sql, teamSlug === null ? null : await findTeamId(sql, teamSlug))
}

/** The same for the team of an id; of one that is none, everything is 0. */
export function countTeamByStatus(sql: Database, teamId: string): Promise<StatusCounts> {
  return countProjects(sql, teamId)
}

async function countProjects(sql: Database, teamId: string | null): Promise<StatusCounts> {
  const rows = await sql<{ status: string; projects: number }[]>`
    select p.status::text as status, count(*) as projects
    from project p ${teamId === null ? sql`` : sql`where p.team_id = ${teamId}`}
    group by p.status`
  const count = (status: string) => rows.find((row) => row.status === status)?.projects ?? 0
  return {
    active: count('active'),
    inactive: count('inactive'),
    permanentlyDisabled: count('permanently_disabled'),
    paused: count('paused'),
    deleted: count('deleted'),
    total: rows.reduce((total, row) => total + row.projects, 0),
  }
}

async function findTeamId(sql: Database, slug: string): Promise<string> {
  const [team] = slug.includes('\0') ? [] : await sql<{ id: string }[]>`select id from team where slug = ${slug}`
  if (team === undefined) throw new VigieError('TEAM_NOT_FOUND', 'No team has this slug. Check it and try again.')
  return team.id
}
