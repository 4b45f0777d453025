import type { Database } from '../context.ts'
import { readRoutedProjects } from './read-routed-projects.ts'
import type { RoutedProject } from './routed-project.ts'

/** After so long nobody asks any more how soon a woken project was reachable. */
const provedWithinMinutes = 10

/**
 * Active projects that an edge on this machine was the last to unblock lately, and of which nobody told whether they are
 * reachable: an agent that ended meanwhile was about to ask.
 */
export async function readUnprovedProjects(
  sql: Database,
  machine: string,
  deployDomain: string,
): Promise<RoutedProject[]> {
  const found = await sql<{ projectId: string }[]>`
    select distinct e.project_id as "projectId"
    from vigie.event e join project p on p.id = e.project_id
    where e.kind = 'unblocked' and e.machine = ${machine} and p.status = 'active'
      and e.created_at > now() - make_interval(mins => ${provedWithinMinutes})
      and not exists (
        select from vigie.event later
        where later.project_id = e.project_id and later.id > e.id
          and later.kind in ('reachable', 'unreachable', 'blocked', 'unblocked'))`
  const ids = found.map(({ projectId }) => projectId)
  return ids.length === 0 ? [] : await readRoutedProjects(sql, ids, deployDomain)
}
