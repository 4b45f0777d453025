/**
 * Whose a router of Traefik's is, by its name (ARCHITECTURE.md, The platform): for logs without hostnames. Names are
 * remembered until they are forgotten all together, and looked up at most once until then.
 */
import type { Database } from '../context.ts'

export interface RouterOwner {
  readonly projectId: string
  readonly hostname: string
}

export interface RouterMap {
  /** Null: it is nobody's. Undefined: not known yet. */
  lookup(router: string): RouterOwner | null | undefined
  /** The same for many, asking the database for those that are not known. Errors: those of the database. */
  resolve(routers: readonly string[]): Promise<void>
  /** What was known may be out of date. */
  forget(): void
}

type RouterId =
  | { readonly kind: 'alias' | 'domain'; readonly number: number }
  | { readonly kind: 'deployment'; readonly id: string }
  /** `slugs`: which it may be, since a slug can't be told from the name of an entry point before it; the longest first. */
  | { readonly kind: 'label'; readonly slugs: readonly string[]; readonly prefix: string }

const maxRouters = 100_000

/**
 * What a router's name says of whose it is; null for names that are not the platform's. A router of several entry points,
 * one of which has settings for all of its routers (a certificate resolver, middlewares), is named once per entry point:
 * `websecure-router-alias-1@file`.
 */
export function parseRouter(name: string): RouterId | null {
  const [, kind, number] = /^(?:[\w.-]{1,100}-)?router-(alias|domain|redirect)-(\d{1,9})@file$/.exec(name) ?? []
  if (kind !== undefined) return { kind: kind === 'alias' ? 'alias' : 'domain', number: Number(number) }
  // Of a container, named by its labels.
  const [, id] = /(?:^|[^0-9a-f])([0-9a-f]{32})(?:-[a-z]+)?@docker$/.exec(name) ?? []
  if (id !== undefined) return { kind: 'deployment', id }
  const [, label, prefix] = /^([\w.-]{1,160})-id-([0-9a-f]{7})@docker$/.exec(name) ?? []
  const slugs = label === undefined ? [] : slugsIn(label)
  return slugs.length === 0 || prefix === undefined ? null : { kind: 'label', slugs, prefix }
}

function slugsIn(label: string): string[] {
  const words = label.split('-')
  return words.map((_word, index) => words.slice(index).join('-')).filter((slug) => /^[a-z0-9-]{1,60}$/.test(slug))
}

export function createRouterMap(sql: Database, deployDomain: string | null): RouterMap {
  const known = new Map<string, RouterOwner | null>()
  return {
    lookup: (router) => known.get(router) ?? (known.has(router) || parseRouter(router) === null ? null : undefined),
    async resolve(routers) {
      const asked = [...new Set(routers)].flatMap((name) => {
        const id = known.has(name) ? null : parseRouter(name)
        return id === null ? [] : [{ name, ...id }]
      })
      if (asked.length === 0) return
      const owners = await sql<(RouterOwner & { name: string })[]>`
        with asked as (
          select * from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb)
            as a (name text, kind text, number integer, id text, slugs text[], prefix text)
        )
        select a.name, o.project_id as "projectId", concat_ws('.', l.subdomain, ${deployDomain}::text) as hostname
        from asked a join alias l on l.id = a.number join deployment o on o.id = l.deployment_id
        where a.kind = 'alias'
        union all
        select a.name, d.project_id, d.hostname
        from asked a join domain d on d.id = a.number where a.kind = 'domain'
        union all
        select a.name, p.id, concat_ws('.', p.slug || '-id-' || left(o.id, 7), ${deployDomain}::text)
        from asked a join deployment o on o.id = a.id join project p on p.id = o.project_id where a.kind = 'deployment'
        union all
        (
          select distinct on (a.name) a.name, p.id, concat_ws('.', p.slug || '-id-' || a.prefix, ${deployDomain}::text)
          from asked a join project p on p.slug = any (a.slugs)
          where a.kind = 'label'
            and exists (select from deployment o where o.project_id = p.id and left(o.id, 7) = a.prefix)
          order by a.name, length(p.slug) desc
        )`
      if (known.size + asked.length > maxRouters) known.clear()
      for (const { name } of asked) known.set(name, null)
      for (const { name, projectId, hostname } of owners) known.set(name, { projectId, hostname })
    },
    forget: () => known.clear(),
  }
}
