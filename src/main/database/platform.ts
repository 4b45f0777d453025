import type { Database } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'

/** What `migrate` finds (ARCHITECTURE.md, The platform). */
export type PlatformLevel = 'empty' | 'plans' | 'tracked'

type Kind = 'text' | 'integer' | 'boolean' | 'timestamp' | 'enum' | 'any'

/** The columns that Vigie reads or writes, by what their values must be. */
const needed: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  user: { id: 'integer', email: 'text', name: 'text', status: 'any' },
  team: { id: 'text', name: 'text', slug: 'text', status: 'any', created_by_user_id: 'integer' },
  team_member: { team_id: 'text', user_id: 'integer', role: 'any', created_at: 'timestamp' },
  project: {
    id: 'text',
    name: 'text',
    slug: 'text',
    repo_full_name: 'text',
    team_id: 'text',
    status: 'enum',
    created_at: 'timestamp',
    updated_at: 'timestamp',
  },
  deployment: { id: 'text', project_id: 'text', conclusion: 'any' },
  alias: { id: 'integer', subdomain: 'text', deployment_id: 'text' },
  domain: {
    id: 'integer',
    project_id: 'text',
    hostname: 'text',
    type: 'any',
    status: 'any',
    message: 'text',
    created_at: 'timestamp',
  },
  subscription_plan: { id: 'text', name: 'text', display_name: 'text' },
  team_subscription: { id: 'text', team_id: 'text', plan_id: 'text', status: 'any' },
}

const tracking: Readonly<Record<string, Kind>> = {
  last_traffic_at: 'timestamp',
  deactivated_at: 'timestamp',
  reactivation_count: 'integer',
}

const typesOf: Readonly<Record<Exclude<Kind, 'any'>, (column: Column) => boolean>> = {
  text: (column) => ['varchar', 'text', 'bpchar'].includes(column.type),
  integer: (column) => ['int2', 'int4', 'int8'].includes(column.type),
  boolean: (column) => column.type === 'bool',
  timestamp: (column) => column.type === 'timestamp',
  enum: (column) => column.isEnum,
}

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly isEnum: boolean
}

/** Tells the level of a database. Errors: NOT_A_PLATFORM, naming what is missing or of a wrong type. */
export async function inspectPlatform(sql: Database): Promise<PlatformLevel> {
  const columns = await sql<Column[]>`
    select c.relname as "table", a.attname as "column", t.typname as type, t.typtype = 'e' as "isEnum"
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`
  if (columns.length === 0) return 'empty'

  const problems = Object.entries(needed).flatMap(([table, spec]) => problemsOf(columns, table, spec))
  const hasColumns = Object.keys(tracking).map((name) => find(columns, 'project', name) !== undefined)
  const present = Object.fromEntries(Object.entries(tracking).filter(([name]) => find(columns, 'project', name)))
  problems.push(...problemsOf(columns, 'project', present))
  const labels = await statusLabels(sql)
  for (const label of ['active', 'paused', 'deleted']) {
    if (problems.length === 0 && !labels.includes(label)) problems.push(`project_status has no value "${label}"`)
  }
  if (problems.length > 0) {
    throw new VigieError(
      'NOT_A_PLATFORM',
      `This database is not a platform's that Vigie knows: ${describe(problems)}. Check that it is the right database.`,
    )
  }
  const isTracked = hasColumns.every(Boolean) && labels.includes('inactive') && labels.includes('permanently_disabled')
  return isTracked ? 'tracked' : 'plans'
}

function problemsOf(columns: readonly Column[], table: string, spec: Readonly<Record<string, Kind>>): string[] {
  if (!columns.some((column) => column.table === table)) return [`table "${table}" is missing`]
  return Object.entries(spec).flatMap(([name, kind]) => {
    const column = find(columns, table, name)
    if (column === undefined) return [`column ${table}.${name} is missing`]
    if (kind === 'any' || typesOf[kind](column)) return []
    return [`column ${table}.${name} is of type ${column.type}`]
  })
}

function find(columns: readonly Column[], table: string, name: string): Column | undefined {
  return columns.find((column) => column.table === table && column.column === name)
}

async function statusLabels(sql: Database): Promise<string[]> {
  const rows = await sql<{ label: string }[]>`
    select e.enumlabel as label
    from pg_enum e join pg_type t on t.oid = e.enumtypid join pg_namespace n on n.oid = t.typnamespace
    where n.nspname = 'public' and t.typname = 'project_status'`
  return rows.map((row) => row.label)
}

function describe(problems: readonly string[]): string {
  const shown = problems.slice(0, 5).join(', ')
  return problems.length > 5 ? `${shown} and ${problems.length - 5} more` : shown
}
