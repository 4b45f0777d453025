import {
  listProjects,
  type ProjectFilter,
  type ProjectPageRequest,
  projectSorts,
  projectTraits,
} from '../src/core/queries/projects.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { firstPage, type Page } from './pages.ts'

const filters: readonly (readonly [string, Partial<ProjectFilter>])[] = [
  ['two statuses', { statuses: ['inactive', 'permanently_disabled'] }],
  ['idle for 5 days', { idleDays: 5 }],
  ['idle for 60 days', { idleDays: 60 }],
  ['idle for 10 years', { idleDays: 3650 }],
  ['active, idle for 5 days', { statuses: ['active'], idleDays: 5 }],
  ['reactivated', { reactivations: 1 }],
  ['reactivated three times', { reactivations: 3 }],
  ['inactive, reactivated', { statuses: ['inactive'], reactivations: 1 }],
  ['lapsed, reactivated twice', { planKind: 'lapsed', reactivations: 2 }],
  ['due', { dueWithinDays: 0 }],
  ['due in 2 days', { dueWithinDays: 2 }],
  ['inactive, due in 7 days', { statuses: ['inactive'], dueWithinDays: 7 }],
  ...projectTraits.map((trait) => [trait, { traits: [trait] }] as const),
  ['exempt, idle for 5 days', { traits: ['exempt'], idleDays: 5 }],
  ['reactivated, pushed asleep', { reactivations: 1, traits: ['pushedAsleep'] }],
]

/** Rows after which a page counts as one far down. */
const deep = 2_500

/** The filters of the list, every sort and direction: the first page, one far down, and the last. */
export async function listFilteredPages(sql: Pool): Promise<Page[]> {
  const pages: Page[] = []
  for (const [name, filter] of filters) {
    for (const sort of projectSorts) {
      for (const direction of ['ascending', 'descending'] as const) {
        const request = { ...firstPage, ...filter, sort, direction }
        const page = (place: string, found: ProjectPageRequest) => ({
          name: `${sort} ${direction}, ${name}, ${place}`,
          request: found,
        })
        pages.push(page('first', request), page('last', { ...request, towards: 'backward' }))
        const cursor = await findDeep(sql, request)
        if (cursor !== null) pages.push(page('far down', { ...request, cursor }))
      }
    }
  }
  return pages
}

async function findDeep(sql: Pool, request: ProjectPageRequest): Promise<ProjectPageRequest['cursor']> {
  let cursor = request.cursor
  for (let rows = 0; rows < deep; rows += 500) {
    const page = await listProjects(sql, { ...request, cursor, limit: 500 })
    if (page.next === null) return cursor
    cursor = page.next
  }
  return cursor
}
