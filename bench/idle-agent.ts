import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseAddress } from '../src/main/config.ts'
import { withSetupPool } from './platform.ts'

export interface IdleAgent {
  /** Processor time in percent of one core. */
  readonly corePercent: number
  readonly residentMegabytes: number
}

const settleMs = 5_000
const watchMs = 30_000
const firstLookTimeoutMs = 300_000

/** Starts the agent as it is shipped, on a platform where nothing is to be done, and watches what it takes by itself. */
export async function measureIdleAgent(copy: DatabaseAddress): Promise<IdleAgent> {
  await withSetupPool(copy, (sql) => sql`update vigie.policy set sweep_mode = 'off'`)
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'))
  const { host, port, user, password = '', database } = copy
  const url = `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
  const agent = spawn(
    process.execPath,
    ['out/main/cli.js', 'agent', '--port', '0', '--gateway', '127.0.0.1:0', '--json'],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: url, VIGIE_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  try {
    const [line] = await once(createInterface({ input: agent.stdout }), 'line')
    const { url: health } = JSON.parse(line)
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
  } finally {
    agent.kill('SIGTERM')
    if (agent.exitCode === null) await once(agent, 'exit')
    await rm(dataDir, { recursive: true, force: true })
  }
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

async function readUsage(health: string): Promise<{ processorSeconds: number; residentBytes: number }> {
  const text = await (await fetch(`${health}/metrics`)).text()
  const read = (name: string) => {
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]
    if (value === undefined) throw new Error(`the agent does not tell ${name}`)
    return Number(value)
  }
  return {
    processorSeconds: read('process_cpu_seconds_total'),
    residentBytes: read('process_resident_memory_bytes'),
  }
}
