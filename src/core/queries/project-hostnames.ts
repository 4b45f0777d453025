import type { Database } from '../context.ts'
import { type EdgeState, type HostnameState, tellVisitorsGet, type VisitorsGet } from '../routing/visitors-get.ts'

/** A hostname of a project, and what its visitors get now. */
export type ProjectHostname =
  /** `label`: under the deploy domain. */
  | { readonly kind: 'alias' | 'deployment'; readonly label: string; readonly gets: VisitorsGet }
  | { readonly kind: 'domain'; readonly domainId: number; readonly gets: VisitorsGet }

type Row = HostnameState & ({ kind: 'alias' | 'deployment'; label: string } | { kind: 'domain'; domainId: number })

const maxDeployments = 20

/** Aliases, domains and the latest deployments' own hostnames, in this order; empty for a project that is none. */
export async function listProjectHostnames(sql: Database, projectId: string): Promise<ProjectHostname[]> {
  const [[edge], aliases, domains, deployments] = await Promise.all([
    selectEdgeState(sql, projectId),
    selectAliases(sql, projectId),
    selectDomains(sql, projectId),
    selectDeployments(sql, projectId),
  ])
  if (edge === undefined) return []
  return [...aliases, ...domains, ...deployments].map(({ isRouted, takenBy, ...hostname }) => ({
    ...hostname,
    gets: tellVisitorsGet(edge, { isRouted, takenBy }),
  }))
}

function selectEdgeState(sql: Database, projectId: string) {
  return sql<EdgeState[]>`
    select p.status, count(e.id)::integer as edges, count(b.edge_id)::integer as blocking,
      count(b.edge_id) filter (where b.deactivated_at is not distinct from p.deactivated_at)::integer as confirmed,
      (select count(*)::integer from vigie.stopped_container s
        where s.project_id = p.id and vigie.is_referenced(s.deployment_id)) as stopped
    from project p
    left join vigie.edge e on e.retired_at is null
    left join vigie.edge_block b on b.edge_id = e.id and b.project_id = p.id
    where p.id = ${projectId}
    group by p.id`
}

function selectAliases(sql: Database, projectId: string) {
  return sql<Row[]>`
    select 'alias' as kind, a.subdomain as label, coalesce(d.conclusion = 'succeeded', false) as "isRouted",
      null as "takenBy"
    from alias a join deployment d on d.id = a.deployment_id
    where d.project_id = ${projectId} order by a.subdomain`
}

/** Of a domain that several projects have, the active row's project answers, then the oldest (ARCHITECTURE.md). */
function selectDomains(sql: Database, projectId: string) {
  return sql<Row[]>`
    select 'domain' as kind, m.id as "domainId",
      m.status = 'active' or m.status = 'disabled' and p.status <> 'active' and (
        exists (select from vigie.disabled_domain x where x.domain_id = m.id and x.project_id = m.project_id)
        or not exists (select from vigie.sleeper a
          where a.project_id = p.id and a.deactivated_at is not distinct from p.deactivated_at)) as "isRouted",
      (select jsonb_build_object('projectId', q.id, 'projectName', q.name)
        from domain o join project q on q.id = o.project_id
        where o.hostname = m.hostname and o.status = 'active' and q.id <> m.project_id
          and (m.status <> 'active' or (o.created_at, o.id) < (m.created_at, m.id))
        order by o.created_at, o.id limit 1) as "takenBy"
    from domain m join project p on p.id = m.project_id
    where m.project_id = ${projectId} order by m.hostname, m.id`
}

/** A deployment's own hostname lives as long as its container runs; of a sleeping project, as long as it is kept. */
function selectDeployments(sql: Database, projectId: string) {
  return sql<Row[]>`
    select 'deployment' as kind, p.slug || '-id-' || left(d.id, 7) as label,
      d.container_status = 'running' or exists (
        select from vigie.stopped_container s where s.deployment_id = d.id
          and (p.status <> 'active' or vigie.is_referenced(d.id))) as "isRouted",
      null as "takenBy"
    from deployment d join project p on p.id = d.project_id
    where d.project_id = ${projectId} and d.container_status in ('running', 'stopped') and p.slug is not null
    order by d.created_at desc, d.id limit ${maxDeployments}`
}
