import type { Database } from '../context.ts'
import type { Transition } from '../sweep/preview.ts'

/** One page of what a run did, in the order in which it did it; `afterEventId` from the page before. */
export async function listRunTransitions(
  sql: Database,
  request: { runId: number; afterEventId: number; limit: number },
): Promise<{ transitions: Transition[]; lastEventId: number | null }> {
  const found = await sql<(Transition & { eventId: number })[]>`
    select e.id as "eventId", e.project_id as "projectId", coalesce(p.name, '') as "projectName",
      e.team_id as "teamId", coalesce(t.name, '') as "teamName", t.slug as "teamSlug",
      e.before ->> 'status' as "from", e.after ->> 'status' as "to", e.reason,
      e.before ->> 'lastActivityAt' as "lastActivityAt", e.before ->> 'deactivatedAt' as "deactivatedAt",
      array(select m.address from vigie.mail m
        where m.project_id = e.project_id and m.created_at = e.created_at and m.event_id = e.id
        order by m.address) as "mailTo"
    from vigie.event e
    left join project p on p.id = e.project_id
    left join team t on t.id = e.team_id
    where e.run_id = ${request.runId} and e.id > ${request.afterEventId}
    order by e.id
    limit ${request.limit}`
  return {
    transitions: found.map(({ eventId: _eventId, ...transition }) => transition),
    lastEventId: found.at(-1)?.eventId ?? null,
  }
}
