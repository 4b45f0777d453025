import type { Database } from '../context.ts'
import { normaliseHostname } from './resolve-hostname.ts'
import type { RoutedDomain, RoutedProject } from './routed-project.ts'

/** A project whose hostnames are to lead to the blocked page. */
export interface BlockedProject extends RoutedProject {
  /** Whether this edge has confirmed that it blocks it since its present deactivation. */
  readonly isConfirmed: boolean
}

interface Scope {
  readonly edgeId: number
  readonly deployDomain: string
}

/** All projects that sleep, and those that were woken and still wait for their containers. One statement. */
export async function readBlockedProjects(sql: Database, { edgeId, deployDomain }: Scope): Promise<BlockedProject[]> {
  const rows = await sql<(RoutedRow & { isConfirmed: boolean })[]>`
    with chosen as materialized (
      select p.id, p.status, p.slug, p.deactivated_at from project p
      where p.status in ('inactive', 'permanently_disabled')
      union all
      select p.id, p.status, p.slug, p.deactivated_at from project p
      where p.status = 'active' and p.id in (select w.project_id from vigie.waking_projects() w)
    )
    select c.*, coalesce(b.deactivated_at is not distinct from c."deactivatedAt" and b.project_id is not null, false)
      as "isConfirmed"
    from (${selectRouted(sql, deployDomain)}) c
    left join vigie.edge_block b on b.edge_id = ${edgeId} and b.project_id = c."projectId"`
  return rows.map((row) => ({ ...toProject(row), isConfirmed: row.isConfirmed }))
}

/** Those of some projects that still exist. */
export async function readRoutedProjects(
  sql: Database,
  ids: readonly string[],
  deployDomain: string,
): Promise<RoutedProject[]> {
  const rows = await sql<RoutedRow[]>`
    with chosen as materialized (
      select p.id, p.status, p.slug, p.deactivated_at from project p where p.id = any (${[...ids]}::varchar[])
    )
    ${selectRouted(sql, deployDomain)}`
  return rows.map(toProject)
}

/** Projects that this edge has confirmed as blocked, and that are so no longer or are gone. */
export async function readConfirmedButAwake(sql: Database, edgeId: number): Promise<string[]> {
  const rows = await sql<{ projectId: string }[]>`
    select b.project_id as "projectId"
    from vigie.edge_block b left join project p on p.id = b.project_id
    where b.edge_id = ${edgeId} and (p.status is null or p.status not in ('inactive', 'permanently_disabled'))`
  return rows.map(({ projectId }) => projectId)
}

/** Arrays in arrays: of fifty thousand projects, names of columns and their sorting would cost more than all the rest. */
interface RoutedRow {
  readonly projectId: string
  readonly status: RoutedProject['status']
  readonly slug: string | null
  readonly deactivatedAt: RoutedProject['deactivatedAt']
  readonly aliases: readonly (readonly [number, string, string, boolean, string | null])[]
  readonly domains: readonly (readonly [number, string, RoutedDomain['type'], string | null, boolean, boolean])[]
  readonly prefixes: readonly string[]
}

function toProject({ projectId, status, slug, deactivatedAt, aliases, domains, prefixes }: RoutedRow): RoutedProject {
  return {
    projectId,
    status,
    slug,
    deactivatedAt,
    aliases: aliases
      .map(([id, subdomain, deploymentId, isSucceeded, environmentId]) => ({
        id,
        subdomain,
        deploymentId,
        isSucceeded,
        environmentId,
      }))
      .sort(byId),
    domains: domains
      .map(([id, hostname, type, environmentId, isActive, isElsewhere]) => ({
        id,
        hostname,
        type,
        environmentId,
        isActive,
        isElsewhere,
      }))
      .sort(byId),
    deploymentPrefixes: [...new Set(prefixes)].sort(),
  }
}

function byId(a: { readonly id: number }, b: { readonly id: number }): number {
  return a.id - b.id
}

/**
 * The hostnames of `chosen`. Of custom domains those that are routed while the project is awake: the active ones, and those
 * that were disabled with it (which the first version did not remember). Each part is gathered for all projects at once.
 */
function selectRouted(sql: Database, deployDomain: string) {
  const suffix = `.${normaliseHostname(deployDomain) ?? deployDomain}`
  return sql`
    select c.id as "projectId", c.status, c.slug, c.deactivated_at as "deactivatedAt",
      coalesce(a.aliases, '[]') as aliases, coalesce(m.domains, '[]') as domains,
      coalesce(r.prefixes, '{}') as prefixes
    from chosen c
    left join (
      select d.project_id, json_agg(json_build_array(
        x.id, x.subdomain, d.id, coalesce(d.conclusion = 'succeeded', false),
        case when x.type = 'environment_id' then x.value end)) as aliases
      from chosen o join deployment d on d.project_id = o.id join alias x on x.deployment_id = d.id
      group by d.project_id
    ) a on a.project_id = c.id
    left join (
      select d.project_id, array_agg(left(d.id, 7)) as prefixes
      from deployment d join chosen o on o.id = d.project_id
      where d.container_status is distinct from 'removed' and (d.container_id is not null or d.status <> 'completed')
        -- An alias comes first, whosever it is.
        and not exists (select from alias x where x.subdomain = o.slug || '-id-' || left(d.id, 7))
      group by d.project_id
    ) r on r.project_id = c.id
    left join (
      select d.project_id, json_agg(json_build_array(
        d.id, d.hostname, d.type, d.environment_id, d.status = 'active',
          exists (
            select from domain e
            where e.hostname in (d.hostname, lower(d.hostname)) and e.project_id <> d.project_id and e.status = 'active')
          -- The platform's own hostnames are their aliases' and deployments', whatever a row of domain says.
          or (right(lower(d.hostname), length(${suffix})) = ${suffix} and (
            exists (
              select from alias x join deployment y on y.id = x.deployment_id
              where x.subdomain = left(lower(d.hostname), -length(${suffix})) and y.project_id <> d.project_id)
            or exists (
              select from project q
              where q.slug = substring(left(lower(d.hostname), -length(${suffix})) from '^(.+)-id-[0-9a-f]{7}$')
                and q.id <> d.project_id)))
        )) as domains
      from domain d join chosen o on o.id = d.project_id
      where d.status = 'active' or (d.status = 'disabled' and (
        exists (
          select from vigie.disabled_domain x
          where x.domain_id = d.id and x.project_id = d.project_id and x.former_status = 'active')
        or not exists (
          select from vigie.sleeper s
          where s.project_id = d.project_id
            and (o.status = 'permanently_disabled' or s.deactivated_at is not distinct from o.deactivated_at))))
      group by d.project_id
    ) m on m.project_id = c.id`
}
