import type { Fragment } from 'postgres'
import { type AfterExemption, afterExemption } from '../after-exemption.ts'
import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { ExemptionTarget } from '../exemptions.ts'
import { type Instant, instantToMicros } from '../instant.ts'
import type { ProjectFacts } from '../project.ts'
import { readSpells } from '../watch/read-spells.ts'
import { readPolicy } from './policy.ts'
import { isProjectId } from './project.ts'
import { type ProjectRow, readNow, rowColumns } from './projects.ts'

/** An exemption that is in force, and whom it is for. */
export interface ExemptionRow extends ExemptionTarget {
  readonly exemptionId: number
  /** Of the project or the team; the id, once the platform has deleted it. */
  readonly name: string
  /** The team, or the project's. */
  readonly teamName: string | null
  /** Null: for good. */
  readonly until: Instant | null
  readonly reason: string
  readonly actor: string
  readonly createdAt: Instant
}

/** What the end of an exemption brings about, if nothing else happens until then. */
export interface ExemptionEnd {
  /** Active and inactive projects that it is for. */
  readonly projects: number
  /** Those whose time is over by then: the first sweep after takes them. */
  readonly dueAtEnd: number
  /** Of a project. */
  readonly after: AfterExemption | null
}

const columns = (sql: Database) => sql`
  e.id as "exemptionId", case when e.project_id is null then 'team' else 'project' end as scope,
  coalesce(e.project_id, e.team_id) as id, coalesce(p.name, case when e.project_id is null then t.name end,
    e.project_id, e.team_id) as name, t.name as "teamName", e.until, e.reason, e.actor, e.created_at as "createdAt"`

const source = (sql: Database) => sql`
  vigie.exemption e
  left join project p on p.id = e.project_id
  left join team t on t.id = coalesce(e.team_id, p.team_id)`

/** The exemptions that a project has of its own and by its team. */
export async function readExemptionsOf(
  sql: Database,
  projectId: string,
): Promise<{ readonly project: ExemptionRow | null; readonly team: ExemptionRow | null }> {
  const rows = await sql<ExemptionRow[]>`
    select ${columns(sql)} from ${source(sql)}
    where (e.project_id = ${projectId} or e.team_id = (select o.team_id from project o where o.id = ${projectId}))
      and ${inForce(sql)}`
  const of = (scope: ExemptionTarget['scope']) => rows.find((row) => row.scope === scope) ?? null
  return { project: of('project'), team: of('team') }
}

/** The exemption of exactly this project or team, or null. */
export async function readExemption(sql: Database, { scope, id }: ExemptionTarget): Promise<ExemptionRow | null> {
  const [row] = await sql<ExemptionRow[]>`
    select ${columns(sql)} from ${source(sql)}
    where ${scope === 'project' ? sql`e.project_id` : sql`e.team_id`} = ${id} and ${inForce(sql)}`
  return row ?? null
}

export interface ExemptionPage {
  readonly exemptions: readonly (ExemptionRow & ExemptionEnd)[]
  /** How many there are, on all pages. */
  readonly total: number
  /** Pass it as `after` for the next page; null at the end. */
  readonly next: number | null
}

/** Exemptions in force, those that end first at the top. `endingWithinDays` null: all, those for good at the end. */
export async function listExemptions(
  sql: Database,
  request: { readonly endingWithinDays: number | null; readonly after: number | null; readonly limit: number },
): Promise<ExemptionPage> {
  const { endingWithinDays, after, limit } = request
  const isWanted =
    endingWithinDays === null
      ? inForce(sql)
      : sql`e.until > now() and e.until <= now() + make_interval(days => ${endingWithinDays})`
  const order = sql`coalesce(e.until, 'infinity'), e.id`
  const [found, counted] = await Promise.all([
    sql<ExemptionRow[]>`
      select ${columns(sql)} from ${source(sql)}
      where ${isWanted} and (${after}::integer is null or (${order}) > (
        select coalesce(o.until, 'infinity'), o.id from vigie.exemption o where o.id = ${after}))
      order by ${order} limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::integer as total from vigie.exemption e where ${isWanted}`,
  ])
  const page = found.slice(0, limit)
  const ends = await foreseeAll(sql, page)
  return {
    exemptions: page.map((row, at) => ({ ...row, ...(ends[at] ?? nothing) })),
    total: counted[0]?.total ?? 0,
    next: found.length > limit ? (page.at(-1)?.exemptionId ?? null) : null,
  }
}

/** What would happen at the end of an exemption of this project or team. Errors: PROJECT_NOT_FOUND, TEAM_NOT_FOUND. */
export async function foreseeEnd(
  sql: Database,
  target: ExemptionTarget & { until: Instant | null },
): Promise<ExemptionEnd> {
  if (target.scope === 'project') {
    const [row] = isProjectId(target.id) ? await sql`select from project where id = ${target.id}` : []
    if (row === undefined)
      throw new VigieError('PROJECT_NOT_FOUND', 'No project has this id. Check the id and try again.')
  } else {
    const [row] = await sql`select from team where id = ${target.id}`
    if (row === undefined) throw new VigieError('TEAM_NOT_FOUND', 'No team has this id. Check the id and try again.')
  }
  const [end] = await foreseeAll(sql, [target])
  return end ?? nothing
}

const nothing: ExemptionEnd = { projects: 0, dueAtEnd: 0, after: null }

type Foreseen = ExemptionTarget & { readonly until: Instant | null }

async function foreseeAll(sql: Database, targets: readonly Foreseen[]): Promise<ExemptionEnd[]> {
  const idsOf = (scope: ExemptionTarget['scope']) =>
    targets.filter((target) => target.scope === scope).map(({ id }) => id)
  const [policy, spells, now, rows] = await Promise.all([
    readPolicy(sql),
    readSpells(sql),
    readNow(sql),
    sql<ProjectRow[]>`
      select ${rowColumns(sql)} from project p
      join team t on t.id = p.team_id
      left join team_subscription s on s.team_id = p.team_id
      left join subscription_plan l on l.id = s.plan_id
      where p.status in ('active', 'inactive')
        and (p.id = any (${idsOf('project')}::varchar[]) or p.team_id = any (${idsOf('team')}::varchar[]))`,
  ])
  return targets.map((target) => {
    const own = rows.filter(({ id, teamId }) => target.id === (target.scope === 'team' ? teamId : id))
    const afters = own.map((row) => ({ row, after: afterExemption(row, target.until, policy, spells, now) }))
    const dueAtEnd = afters.filter(({ row, after }) => after.kind === 'due_at_end' && !lastsLonger(row, target.until))
    return {
      projects: own.length,
      dueAtEnd: dueAtEnd.length,
      after: target.scope === 'project' ? (afters[0]?.after ?? null) : null,
    }
  })
}

/** Whether another exemption, of the team or of the project itself, is in force still when this one ends. */
function lastsLonger({ exemption }: ProjectFacts, until: Instant | null): boolean {
  if (exemption === null || until === null) return false
  return exemption.until === null || instantToMicros(exemption.until) > instantToMicros(until)
}

function inForce(sql: Database): Fragment {
  return sql`(e.until is null or e.until > now())`
}
