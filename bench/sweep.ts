import { randomUUID } from 'node:crypto'
import type { Context } from '../src/core/context.ts'
import type { Stage } from '../src/core/policy.ts'
import type { Run } from '../src/core/queries/runs.ts'
import { defaultBatchSize, runSweep } from '../src/core/sweep/run.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { watchMemory } from './memory.ts'
import { benchOrigin, settle, withConsolePool, withSetupPool } from './platform.ts'
import { measureMs } from './statistics.ts'

export interface StageTimes {
  readonly deactivateMs: number
  readonly disableMs: number
}

export interface SweepTimes extends StageTimes {
  /** By how much the memory of this process grew in the first stage, at its peak. */
  readonly grownMegabytes: number
}

/** A sweep of everything that is due, once in each stage, on a copy of its own. */
export async function measureSweep(copy: DatabaseAddress, due: number): Promise<SweepTimes> {
  await withSetupPool(copy, warmUp)
  const first = await withConsolePool(copy, (sql) => sweepAll(sql, 'deactivate', due))
  await withSetupPool(copy, makeSleepersDue)
  const second = await withConsolePool(copy, (sql) => sweepAll(sql, 'disable', due))
  return { deactivateMs: first.ms, disableMs: second.ms, grownMegabytes: first.grownMegabytes }
}

/** One bare `update` of the same rows, once in each stage, on a copy of its own. */
export async function measureBareUpdate(copy: DatabaseAddress): Promise<StageTimes> {
  return await withSetupPool(copy, async (sql) => {
    const ids = (await sql<{ id: string }[]>`select id from bench.due`).map(({ id }) => id)
    const update = (to: string) =>
      measureMs(
        () => sql`
          update project set status = ${to}::project_status, deactivated_at = now() at time zone 'utc'
          where id = any (${ids}::varchar[])`,
      )
    await warmUp(sql)
    const deactivateMs = await update('inactive')
    await makeSleepersDue(sql)
    return { deactivateMs, disableMs: await update('permanently_disabled') }
  })
}

async function sweepAll(sql: Pool, stage: Stage, due: number): Promise<{ ms: number; grownMegabytes: number }> {
  const context: Context = { sql, origin: benchOrigin, log: { info: () => {}, warn: () => {}, error: () => {} } }
  await sql`select 1`
  const memory = watchMemory()
  let run: Run | undefined
  const ms = await measureMs(async () => {
    const result = await runSweep(context, {
      signal: new AbortController().signal,
      batchSize: defaultBatchSize,
      runner: randomUUID(),
      // A tenth of a platform at once is what the brakes are there for.
      overrideReason: 'measuring',
    })
    run = result.run
  })
  const grownMegabytes = memory.stop()
  const moved = { deactivate: run?.deactivated, disable: run?.disabled }[stage]
  if (run?.outcome !== 'done' || moved !== due || run.deactivated + run.disabled !== due) {
    throw new Error(`the sweep should have moved ${due} projects in the stage ${stage}: ${JSON.stringify(run)}`)
  }
  return { ms, grownMegabytes }
}

/** Both variants find the table, its indexes and the rows that are due in the same caches. */
async function warmUp(sql: Pool): Promise<void> {
  await sql`select count(*) from vigie.due('deactivate')`
  await sql`select count(*) from project p join bench.due d on d.id = p.id`
}

async function makeSleepersDue(sql: Pool): Promise<void> {
  await sql`
    update project p set deactivated_at = (now() at time zone 'utc') - interval '8 days' from bench.due d where p.id = d.id`
  await settle(sql)
  await sql`select count(*) from vigie.due('disable')`
  await sql`select count(*) from project p join bench.due d on d.id = p.id`
}
