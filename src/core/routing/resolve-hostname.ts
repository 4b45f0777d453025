/**
 * Which project a hostname belongs to (ARCHITECTURE.md, The platform): an alias under the deploy domain, a deployment's own
 * `<slug>-id-<first 7 of its id>`, or a row of `domain`, by the row alone: the active one first, then the oldest.
 */
import { domainToASCII } from 'node:url'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { ProjectStatus } from '../project.ts'

export interface ResolvedHostname {
  readonly projectId: string
  readonly status: ProjectStatus
  readonly lastTrafficAt: Instant | null
}

const maxHostnameLength = 253
/** What nearly all hostnames look like already. */
const plainName = /^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/

/** Most are so already: told without IDNA, which takes many times longer. Not names in punycode, nor numbers at the end (IPv4). */
const plainHostname = /^(?!-)(?!.*xn--)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.[a-z][a-z0-9]{1,62}$/

/**
 * The form in which hostnames are compared: lower case, punycode, without port and trailing dot. Null for what is no
 * DNS name.
 */
export function normaliseHostname(text: string): string | null {
  if (text.length > maxHostnameLength * 4) return null
  if (text.length <= maxHostnameLength && plainHostname.test(text)) return text
  const bare = text
    .trim()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
  const ascii = domainToASCII(bare)
  return plainName.test(ascii) && ascii.length <= maxHostnameLength ? ascii : null
}

/** Looks a hostname up. `deployDomain` null: only custom domains can be told. Null: it is nobody's. */
export async function resolveHostname(
  sql: Database,
  hostname: string,
  deployDomain: string | null,
): Promise<ResolvedHostname | null> {
  const name = normaliseHostname(hostname)
  if (name === null) return null
  const label = platformLabel(name, deployDomain === null ? null : normaliseHostname(deployDomain))
  return (label && ((await findByAlias(sql, label)) ?? (await findByDeployment(sql, label)))) || findByDomain(sql, name)
}

/** The label under the deploy domain; null for anything else. Both in the form of {@link normaliseHostname}. */
export function platformLabel(name: string, parent: string | null): string | null {
  if (parent === null || !name.endsWith(`.${parent}`)) return null
  const label = name.slice(0, -parent.length - 1)
  return label.includes('.') ? null : label
}

async function findByAlias(sql: Database, label: string): Promise<ResolvedHostname | null> {
  const [found] = await sql<ResolvedHostname[]>`
    select p.id as "projectId", p.status, p.last_traffic_at as "lastTrafficAt"
    from alias a join deployment d on d.id = a.deployment_id join project p on p.id = d.project_id
    where a.subdomain = ${label}`
  return found ?? null
}

async function findByDeployment(sql: Database, label: string): Promise<ResolvedHostname | null> {
  const [, slug, prefix] = /^(.+)-id-([0-9a-f]{7})$/.exec(label) ?? []
  if (slug === undefined || prefix === undefined) return null
  const [found] = await sql<ResolvedHostname[]>`
    select p.id as "projectId", p.status, p.last_traffic_at as "lastTrafficAt"
    from project p
    where p.slug = ${slug}
      and exists (select from deployment d where d.project_id = p.id and left(d.id, 7) = ${prefix})`
  return found ?? null
}

async function findByDomain(sql: Database, name: string): Promise<ResolvedHostname | null> {
  const [found] = await sql<ResolvedHostname[]>`
    select p.id as "projectId", p.status, p.last_traffic_at as "lastTrafficAt"
    from domain d join project p on p.id = d.project_id
    where d.hostname = ${name}
    order by (d.status = 'active') desc, d.created_at, d.id
    limit 1`
  return found ?? null
}
