import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'

export interface TeamName {
  readonly id: string
  readonly name: string
  readonly slug: string | null
}

/** The teams of these slugs or ids, each once, in the order in which they were named first. Errors: TEAM_NOT_FOUND. */
export async function findTeams(sql: Database, names: readonly string[]): Promise<TeamName[]> {
  const wanted = names.map((name) => name.replaceAll('\0', ''))
  const found = await sql<TeamName[]>`
    select t.id, t.name, t.slug from team t where t.id = any (${wanted}) or t.slug = any (${wanted})`
  const teams = wanted.map((name) => {
    // A slug may look like another team's id: who writes it means the slug.
    const team = found.find((row) => row.slug === name) ?? found.find((row) => row.id === name)
    if (team === undefined) {
      const unknown = name.slice(0, 64)
      throw new VigieError('TEAM_NOT_FOUND', `There is no team “${unknown}”. Check its slug and try again.`, {
        team: unknown,
      })
    }
    return team
  })
  return [...new Set(teams)]
}

/** The teams of these ids that there are still. */
export function listTeams(sql: Database, ids: readonly string[]): Promise<TeamName[]> {
  return sql<TeamName[]>`select t.id, t.name, t.slug from team t where t.id = any (${[...ids]}::varchar[])`
}

/** So many teams are offered for a part of a name. */
const offeredTeams = 20

/** Teams whose name has a part, by name; those that begin with it first. */
export function searchTeams(sql: Database, part: string): Promise<TeamName[]> {
  const literal = part.replace(/[\\%_]/g, '\\$&')
  return sql<TeamName[]>`
    select o.id, o.name, o.slug
    from (
      (select t.id, t.name, t.slug, 1 as tier from team t where t.name ilike ${`${literal}%`} order by t.name limit ${offeredTeams})
      union
      (select t.id, t.name, t.slug, 2 from team t
        where t.name ilike ${`%${literal}%`} and t.name not ilike ${`${literal}%`} order by t.name limit ${offeredTeams})
    ) o
    order by o.tier, o.name, o.id
    limit ${offeredTeams}`
}
