import type { Database } from '../context.ts'
import type { TeamName } from './teams.ts'

/**
 * The teams whose name or slug has this part, or whose id it is, without deleted ones: those whose name begins with it
 * first, then by name. There are far fewer teams than projects: they are looked through.
 */
export function searchTeams(sql: Database, part: string, limit: number): Promise<TeamName[]> {
  return sql<TeamName[]>`
    select t.id, t.name, t.slug from team t
    where t.status = 'active'
      and (strpos(lower(t.name), lower(${part})) > 0 or strpos(lower(t.slug), lower(${part})) > 0 or t.id = ${part})
    order by strpos(lower(t.name), lower(${part})) <> 1, t.name, t.id
    limit ${limit}`
}
