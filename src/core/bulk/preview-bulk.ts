/**
 * What a bulk act would do now, in projects: to how many it would be done, and why not to the others. It looks at what the
 * act itself looks at (migrations/functions/{wake,exempt}.sql), which decides again for each project. Locks: none.
 */
import type { Database } from '../context.ts'
import type { ProjectStatus } from '../project.ts'
import type { BulkActKind } from './bulk-act.ts'

const bulkObstacles = [
  'PROJECT_NOT_FOUND',
  'PROJECT_DELETED',
  'TEAM_DELETED',
  'PROJECT_PERMANENTLY_DISABLED',
  'PROJECT_NOT_INACTIVE',
  'NO_ACTIVE_OWNER',
] as const
export type BulkObstacle = (typeof bulkObstacles)[number]

export interface BulkPreview {
  readonly ready: number
  /** Of them, those whose exemption is replaced. */
  readonly exemptAlready: number
  readonly obstacles: readonly {
    readonly code: BulkObstacle
    /** Of PROJECT_NOT_INACTIVE: which one it is. */
    readonly status: ProjectStatus | null
    readonly projects: number
  }[]
  /** Teams for whose inactive projects nobody can be acted for, those with the most projects first. */
  readonly ownerlessTeams: number
  readonly namedTeams: readonly { readonly teamId: string; readonly teamName: string; readonly projects: number }[]
}

const namedTeamsAtMost = 20

/** Counts what the act would do to these projects. */
export function previewBulk(sql: Database, kind: BulkActKind, ids: readonly string[]): Promise<BulkPreview> {
  return kind === 'reactivate' ? previewReactivation(sql, ids) : previewExemption(sql, ids)
}

async function previewReactivation(sql: Database, ids: readonly string[]): Promise<BulkPreview> {
  const judged = sql`
    with asked as materialized (
      select i.id, p.team_id, p.status::text as status, t.status::text as team_status
      from unnest(${[...ids]}::varchar[]) as i (id)
      left join project p on p.id = i.id
      left join team t on t.id = p.team_id
    ), judged as (
      select a.*, case
        when a.team_id is null then 'PROJECT_NOT_FOUND'
        when a.team_status = 'deleted' then 'TEAM_DELETED'
        when a.status = 'permanently_disabled' then 'PROJECT_PERMANENTLY_DISABLED'
        when a.status <> 'inactive' then 'PROJECT_NOT_INACTIVE'
        when o.user_id is null then 'NO_ACTIVE_OWNER' end as code
      from asked a
      left join vigie.standing_owners(array(select distinct team_id from asked)) o on o.team_id = a.team_id
    )`
  const [counts, teams] = await Promise.all([
    sql<{ code: BulkObstacle | null; status: ProjectStatus | null; projects: number }[]>`
      ${judged}
      select code, case when code = 'PROJECT_NOT_INACTIVE' then status end as status, count(*) as projects
      from judged group by 1, 2 order by 3 desc, 1, 2`,
    sql<{ teamId: string; teamName: string; projects: number; teams: number }[]>`
      ${judged}
      select t.id as "teamId", t.name as "teamName", count(*) as projects, count(*) over () as teams
      from judged j join team t on t.id = j.team_id
      where j.code = 'NO_ACTIVE_OWNER'
      group by t.id order by 3 desc, 2, 1 limit ${namedTeamsAtMost}`,
  ])
  return {
    ready: counts.find(({ code }) => code === null)?.projects ?? 0,
    exemptAlready: 0,
    obstacles: counts.flatMap(({ code, ...count }) => (code === null ? [] : [{ code, ...count }])),
    ownerlessTeams: teams[0]?.teams ?? 0,
    namedTeams: teams.map(({ teams: _teams, ...team }) => team),
  }
}

async function previewExemption(sql: Database, ids: readonly string[]): Promise<BulkPreview> {
  const [counts] = await sql<{ ready: number; gone: number; deleted: number; exemptAlready: number }[]>`
    select count(*) filter (where p.status <> 'deleted') as ready,
      count(*) filter (where p.id is null) as gone,
      count(*) filter (where p.status = 'deleted') as deleted,
      count(*) filter (where p.status <> 'deleted' and exists (
        select from vigie.exemption e
        where e.project_id = p.id and (e.until is null or e.until > now()))) as "exemptAlready"
    from unnest(${[...ids]}::varchar[]) as i (id)
    left join project p on p.id = i.id`
  const { ready = 0, gone = 0, deleted = 0, exemptAlready = 0 } = counts ?? {}
  const obstacles = [
    { code: 'PROJECT_DELETED' as const, status: null, projects: deleted },
    { code: 'PROJECT_NOT_FOUND' as const, status: null, projects: gone },
  ]
  return {
    ready,
    exemptAlready,
    obstacles: obstacles.filter(({ projects }) => projects > 0),
    ownerlessTeams: 0,
    namedTeams: [],
  }
}
