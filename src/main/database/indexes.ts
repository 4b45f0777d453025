import type { Database } from '../../core/context.ts'

/** An index of Vigie's on a table of the platform's: never more than that (ARCHITECTURE.md, The platform), made concurrently. */
interface PlatformIndex {
  readonly name: string
  readonly definition: string
  readonly needsTrigrams?: boolean
}

const activity = 'greatest(last_traffic_at, created_at)'

const indexes: readonly PlatformIndex[] = [
  // The stages of the sweep, and lists of one status; those of all are merged from them. What they include lets the many
  // idle projects of paid plans be passed by without a look at the table.
  {
    name: 'vigie_project_status_activity',
    definition: `project (status, (${activity}), id) include (team_id, last_traffic_at, created_at)`,
  },
  {
    name: 'vigie_project_status_deactivated',
    definition: 'project (status, deactivated_at, id) include (team_id) where deactivated_at is not null',
  },
  { name: 'vigie_project_status_name', definition: 'project (status, name, id)' },
  { name: 'vigie_project_status_created', definition: 'project (status, created_at, id)' },
  // Containers that run, for those of sleeping projects and those that nothing references.
  {
    name: 'vigie_deployment_running',
    definition: `deployment (project_id) where container_status = 'running'`,
  },
  // Few projects were ever reactivated, so that traffic seldom touches it.
  { name: 'vigie_project_reactivated', definition: 'project (reactivation_count) where reactivation_count > 0' },
  // Search by a part of a name, a hostname, a repository or an address.
  { name: 'vigie_project_name_search', definition: 'project using gin (name vigie.gin_trgm_ops)', needsTrigrams: true },
  {
    name: 'vigie_domain_hostname_search',
    definition: 'domain using gin (hostname vigie.gin_trgm_ops)',
    needsTrigrams: true,
  },
  {
    name: 'vigie_alias_subdomain_search',
    definition: 'alias using gin (subdomain vigie.gin_trgm_ops)',
    needsTrigrams: true,
  },
  {
    name: 'vigie_project_repo_search',
    definition: 'project using gin (repo_full_name vigie.gin_trgm_ops)',
    needsTrigrams: true,
  },
  { name: 'vigie_team_name_search', definition: 'team using gin (name vigie.gin_trgm_ops)', needsTrigrams: true },
  { name: 'vigie_user_email_search', definition: '"user" using gin (email vigie.gin_trgm_ops)', needsTrigrams: true },
]

/** The one index of inactivity tracking itself; databases of level 3 have it already. */
const trafficIndex: PlatformIndex = { name: 'ix_project_last_traffic_at', definition: 'project (last_traffic_at)' }

/**
 * Creates what is missing and returns the names; an index that a broken attempt left invalid is made anew. Without
 * `trigramSchema`, the indexes of the search are left out.
 */
export async function ensureIndexes(
  sql: Database,
  options: { trigramSchema: string | null; withTrafficIndex: boolean },
): Promise<string[]> {
  const wanted = indexes.filter((index) => !index.needsTrigrams || options.trigramSchema !== null)
  const created: string[] = []
  for (const index of options.withTrafficIndex ? [trafficIndex, ...wanted] : wanted) {
    const [found] = await sql<{ isValid: boolean }[]>`
      select i.indisvalid as "isValid" from pg_index i where i.indexrelid = to_regclass(${`public.${index.name}`})`
    if (found?.isValid === true) continue
    if (found !== undefined) await sql.unsafe(`drop index concurrently public.${index.name}`)
    const definition = index.definition.replace('vigie.gin_trgm_ops', `${options.trigramSchema}.gin_trgm_ops`)
    await sql.unsafe(`create index concurrently ${index.name} on public.${definition}`)
    created.push(index.name)
  }
  return created
}

/**
 * Makes pg_trgm available in the schema `vigie`, or finds it where an administrator put it. Null: it can't be had, and
 * the search works without an index.
 */
export async function ensureTrigrams(sql: Database): Promise<{ schema: string } | { problem: unknown }> {
  try {
    await sql`create extension if not exists pg_trgm schema vigie`
  } catch (problem) {
    return { problem }
  }
  const [found] = await sql<{ schema: string }[]>`
    select quote_ident(n.nspname) as schema
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`
  return found ?? { problem: new Error('pg_trgm is not installed') }
}
