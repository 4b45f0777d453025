import type { EdgeTeam, EdgeUser } from './edge-team.ts'

/** Handmade cases as the numbered rows that edges.sql reads. */
export interface EdgeRows {
  readonly users: object[]
  readonly teams: object[]
  readonly members: object[]
  readonly projects: object[]
  readonly domains: object[]
}

/**
 * Lays out the first `projects` projects of the cases with their teams and the people of these alone. Numbers follow the
 * order of the cases, so that a project has the same id in a sample of any size.
 */
export function layOutEdges(cases: readonly EdgeTeam[], projects: number): EdgeRows {
  const rows: EdgeRows = { users: [], teams: [], members: [], projects: [], domains: [] }
  const userIds = new Map<EdgeUser, number>()
  const idOf = (user: EdgeUser) => {
    const known = userIds.get(user)
    if (known !== undefined) return known
    const id = userIds.size + 1
    userIds.set(user, id)
    rows.users.push({ id, ...user })
    return id
  }
  for (const { members, creator, projects: all, ...team } of cases) {
    const taken = all.slice(0, projects - rows.projects.length)
    if (taken.length === 0) break
    const n = rows.teams.length + 1
    const memberIds = members.map(({ user }) => idOf(user))
    const creatorId = creator === undefined ? (memberIds[0] ?? null) : creator && idOf(creator)
    rows.teams.push({ n, ...team, creatorId, firstProject: rows.projects.length + 1, projects: taken.length })
    rows.members.push(...members.map(({ user, role }) => ({ teamN: n, userId: idOf(user), role })))
    for (const { domains = [], ...project } of taken) {
      rows.projects.push({ n: rows.projects.length + 1, teamN: n, creatorId, domains: domains.length, ...project })
      for (const domain of domains)
        rows.domains.push({ id: rows.domains.length + 1, n: rows.projects.length, ...domain })
    }
  }
  return rows
}
