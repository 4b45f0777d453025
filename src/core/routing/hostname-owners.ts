/** The statements with which hostname-map.ts reads whose hostnames are (the rule: resolve-hostname.ts). */
import type { Database } from '../context.ts'
import { type ProjectStatus, projectStatuses } from '../project.ts'
import { platformLabel } from './resolve-hostname.ts'

export interface HostnameOwner {
  readonly projectId: string
  readonly status: ProjectStatus
}

/** `name`: the hostname of a domain, the label of an alias or of a deployment. */
export interface OwnerRow extends HostnameOwner {
  readonly name: string
}

/** The same string for all: a million copies of `active` would need more room than the hostnames. */
export function statusOf(text: ProjectStatus): ProjectStatus {
  return projectStatuses.find((status) => status === text) ?? text
}

export function deploymentLabel(label: string): { slug: string; prefix: string } | null {
  const [, slug, prefix] = /^(.+)-id-([0-9a-f]{7})$/.exec(label) ?? []
  return slug === undefined || prefix === undefined ? null : { slug, prefix }
}

type Fragment = ReturnType<Database>

export function selectAliases(sql: Database, condition: Fragment, limit: Fragment = sql``) {
  return sql<OwnerRow[]>`
    select a.subdomain as name, p.id as "projectId", p.status
    from alias a join deployment o on o.id = a.deployment_id join project p on p.id = o.project_id
    where ${condition} order by a.subdomain ${limit}`
}

export function selectDomains(sql: Database, condition: Fragment, limit: Fragment = sql``) {
  return sql<OwnerRow[]>`
    select distinct on (d.hostname) d.hostname as name, p.id as "projectId", p.status
    from domain d join project p on p.id = d.project_id
    where ${condition} order by d.hostname, (d.status = 'active') desc, d.created_at, d.id ${limit}`
}

export interface FoundOwner {
  readonly kind: 'alias' | 'deployment' | 'domain'
  readonly owner: HostnameOwner
}

/** The owners of these hostnames, in one statement for each kind; of several the first in the platform's order. */
export async function askOwners(
  sql: Database,
  names: readonly string[],
  parent: string | null,
): Promise<Map<string, FoundOwner>> {
  const labels = names.flatMap((name) => platformLabel(name, parent) ?? [])
  const parts = labels.flatMap((label) => ({ label, ...deploymentLabel(label) }))
  const withId = parts.flatMap(({ label, slug, prefix }) => (slug && prefix ? [{ label, slug, prefix }] : []))
  const [ofAliases, ofDeployments, ofDomains] = await Promise.all([
    labels.length === 0 ? [] : selectAliases(sql, sql`a.subdomain = any(${labels})`),
    withId.length === 0 ? [] : selectDeployments(sql, withId),
    selectDomains(sql, sql`d.hostname = any(${[...names]})`),
  ])
  const found = new Map<string, FoundOwner>()
  const put = (kind: FoundOwner['kind'], suffix: string, rows: readonly OwnerRow[]) => {
    for (const { name, projectId, status } of rows) {
      found.set(`${name}${suffix}`, { kind, owner: { projectId, status: statusOf(status) } })
    }
  }
  // The last one wins.
  put('domain', '', ofDomains)
  put('deployment', `.${parent}`, ofDeployments)
  put('alias', `.${parent}`, ofAliases)
  return found
}

function selectDeployments(
  sql: Database,
  asked: readonly { readonly label: string; readonly slug: string; readonly prefix: string }[],
) {
  return sql<OwnerRow[]>`
    select n.label as name, p.id as "projectId", p.status
    from unnest(${asked.map(({ label }) => label)}::text[], ${asked.map(({ slug }) => slug)}::text[],
      ${asked.map(({ prefix }) => prefix)}::text[]) as n (label, slug, prefix)
    join project p on p.slug = n.slug
    where exists (select from deployment d where d.project_id = p.id and left(d.id, 7) = n.prefix)`
}

/** What was noticed in the last minutes: a notification comes right after its transaction. */
export async function readChangedOutside(sql: Database): Promise<string[]> {
  const rows = await sql<{ projectId: string }[]>`
    select distinct e.project_id as "projectId" from vigie.event e
    where e.kind = 'changed_outside' and e.created_at > now() - interval '10 minutes'`
  return rows.map(({ projectId }) => projectId)
}
