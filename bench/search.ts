import { projectSorts } from '../src/core/queries/projects.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { firstPage, type Page } from './pages.ts'

interface Term {
  readonly kind: string
  readonly text: string
}

/** What people look for: parts of names, domains and subdomains that many projects have, one has, or none. */
export async function listSearches(sql: Pool): Promise<Page[]> {
  const terms = [...commonTerms, ...(await findRareTerms(sql)), ...absentTerms]
  return terms.flatMap(({ kind, text }) =>
    projectSorts.flatMap((sort) =>
      (['ascending', 'descending'] as const).map((direction) => ({
        name: `"${text}" (${kind}), ${sort} ${direction}`,
        request: { ...firstPage, sort, direction, search: text },
      })),
    ),
  )
}

const commonTerms: readonly Term[] = [
  { kind: 'three letters of many names', text: 'blo' },
  { kind: 'a word of many names', text: 'boutique' },
  { kind: 'three letters of all kinds of names', text: 'ate' },
  { kind: 'the ending of most domains', text: '.example' },
  { kind: 'a prefix of many domains', text: 'www.' },
  { kind: 'three letters of most domains', text: 'exa' },
  { kind: 'the ending of many subdomains', text: '-branch-main' },
  { kind: 'three letters of many subdomains', text: 'env' },
  { kind: 'the owner of many repositories', text: 'example/' },
  { kind: 'the server of most addresses', text: '@example.' },
]

const absentTerms: readonly Term[] = [
  { kind: 'nowhere', text: 'qzx' },
  { kind: 'nowhere', text: 'no such project' },
]

/** Parts that few projects have: of a name, a domain, a subdomain, a team, an owner, a repository, and a whole id. */
async function findRareTerms(sql: Pool): Promise<Term[]> {
  const [name] = await sql<{ text: string }[]>`
    select name as text from project group by name having count(*) = 1 order by length(name) desc, name limit 1`
  const [domain] = await sql<{ text: string }[]>`
    select d.hostname as text from domain d join project p on p.id = d.project_id where p.status = 'active'
    order by d.id desc limit 1`
  const [subdomain] = await sql<{ text: string }[]>`select subdomain as text from alias order by id desc limit 1`
  const [team] = await sql<{ text: string }[]>`
    select name as text from team group by name having count(*) = 1 order by length(name) desc, name limit 1`
  const [owner] = await sql<{ text: string }[]>`
    select u.email as text from "user" u join team_member m on m.user_id = u.id
    where m.role = 'owner' order by u.id desc limit 1`
  const [repository] = await sql<{ text: string }[]>`
    select repo_full_name as text from project order by id desc limit 1`
  const [project] = await sql<{ text: string }[]>`select id as text from project order by id desc limit 1`
  const found = (kind: string, row: { text: string } | undefined, from: number, length: number): Term[] =>
    row === undefined ? [] : [{ kind, text: row.text.slice(from, from + length) }]
  return [
    ...found('a name of one project', name, 0, 100),
    ...found('a domain', domain, 0, 255),
    ...found('a part of a domain', domain, -14, 6),
    ...found('a subdomain', subdomain, 0, 63),
    ...found('a team', team, 0, 100),
    ...found('an owner', owner, 0, 255),
    ...found('a part of an address', owner, 0, 7),
    ...found('a repository', repository, 0, 255),
    ...found('a part of a repository', repository, -6, 6),
    ...found('an id', project, 0, 32),
  ]
}
