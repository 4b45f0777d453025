import type { Database } from '../context.ts'
import type { ContainerEngine, EngineProblem } from './engine.ts'

/** So few tell of an engine that is the platform's; of one that is not, so many before it is said. */
const firstLook = 5
const secondLook = 50

/**
 * An engine that counts as ready only if it has some container that the database expects there. Of another platform's, as
 * a wrong address gives it, every container would be gone, and be put on record as removed. Errors of its `ping`: those of
 * the database.
 */
export function recognisePlatform<Engine extends ContainerEngine>(sql: Database, engine: Engine): Engine {
  const knowsAny = async (ids: readonly string[], signal: AbortSignal) => {
    for (const id of ids) if ((await engine.inspect(id, signal)).kind !== 'gone') return true
    return false
  }
  return {
    ...engine,
    async ping(signal) {
      const problem = await engine.ping(signal)
      if (problem !== null) return problem
      const few = await expectedContainers(sql, firstLook, false)
      if (few.length === 0 || (await knowsAny(few, signal))) return null
      const many = await expectedContainers(sql, secondLook, true)
      return many.length === 0 || (await knowsAny(many, signal)) ? null : foreign(many.length)
    },
  }
}

function foreign(asked: number): EngineProblem {
  return {
    code: 'ENGINE_FOREIGN',
    message:
      `The container engine has none of the ${asked} containers that were looked for. ` +
      'Check that DOCKER_HOST names the platform’s engine; nothing is done until it does.',
  }
}

/** Ids of containers that run, or that Vigie stopped. At random, so that a part that is gone doesn't speak for all. */
async function expectedContainers(sql: Database, limit: number, isRandom: boolean): Promise<string[]> {
  const found = await sql<{ id: string }[]>`
    select e.container_id as id
    from (
      select d.container_id from deployment d where d.container_status = 'running' and d.container_id is not null
      union all
      select s.container_id from vigie.stopped_container s
    ) e
    ${isRandom ? sql`order by random()` : sql``} limit ${limit}`
  return found.map(({ id }) => id)
}
