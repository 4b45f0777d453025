import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { ProjectView } from '../queries/projects.ts'
import { walkProjects } from '../queries/walk-projects.ts'

/** What a person marked in a list: some of its projects, or all that match its filters but some. */
export type Selection =
  | { readonly kind: 'some'; readonly projectIds: readonly string[] }
  | { readonly kind: 'matching'; readonly view: ProjectView; readonly exceptIds: readonly string[] }

/** Projects of one bulk act at most: more is a matter for the policy or for a sweep. */
export const maxBulkProjects = 10_000

/**
 * The ids of a selection, each once, in the order in which they are dealt with: of all that match, as they match at this
 * instant. What matches later is not among them. `session` is one connection and not a pool. Errors: BULK_TOO_LARGE.
 */
export async function fixSelection(session: Database, selection: Selection): Promise<readonly string[]> {
  if (selection.kind === 'some') return atMost([...new Set(selection.projectIds)])
  const except = new Set(selection.exceptIds)
  const ids: string[] = []
  for await (const rows of walkProjects(session, selection.view)) {
    ids.push(...rows.map((row) => row.id).filter((id) => !except.has(id)))
    atMost(ids)
  }
  return ids
}

function atMost(ids: readonly string[]): readonly string[] {
  if (ids.length <= maxBulkProjects) return ids
  throw new VigieError(
    'BULK_TOO_LARGE',
    `More than ${maxBulkProjects} projects are selected. Narrow the filters and do it in parts.`,
    { most: maxBulkProjects },
  )
}
