import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseAddress } from '../src/main/config.ts'
import { readUsage, withAgent } from './agent-process.ts'
import { withSetupPool } from './platform.ts'

export interface IdleAgent {
  /** Processor time in percent of one core. */
  readonly corePercent: number
  readonly residentMegabytes: number
}

const settleMs = 5_000
const watchMs = 30_000
const firstLookTimeoutMs = 300_000

/** Watches the agent, as it is shipped, on a platform where nothing is to be done, for what it takes by itself. */
export async function measureIdleAgent(copy: DatabaseAddress): Promise<IdleAgent> {
  await withSetupPool(copy, (sql) => sql`update vigie.policy set sweep_mode = 'off'`)
  return await withAgent(copy, [], async (health) => {
    await untilAllIsSeen(copy)
    await sleep(settleMs)
    const before = await readUsage(health)
    const startedMs = performance.now()
    await sleep(watchMs)
    const after = await readUsage(health)
    const tookMs = performance.now() - startedMs
    return {
      corePercent: ((after.processorSeconds - before.processorSeconds) * 100_000) / tookMs,
      residentMegabytes: after.residentBytes / 1024 ** 2,
    }
  })
}

/** The first time an agent looks, it takes note of every project. */
async function untilAllIsSeen(copy: DatabaseAddress): Promise<void> {
  await withSetupPool(copy, async (sql) => {
    const deadlineMs = performance.now() + firstLookTimeoutMs
    for (;;) {
      const [row] = await sql<{ isLeft: boolean }[]>`select exists (select from vigie.changed()) as "isLeft"`
      if (row?.isLeft === false) return
      if (performance.now() > deadlineMs) throw new Error('the agent did not look at every project in time')
      await sleep(1_000)
    }
  })
}
