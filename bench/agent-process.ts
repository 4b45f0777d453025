import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { DatabaseAddress } from '../src/main/config.ts'

/**
 * Runs the agent as it is shipped on a database, gives an action the address of its health endpoint, and ends it. The
 * gateway gets a port of its own unless the arguments name one.
 */
export async function withAgent<Result>(
  address: DatabaseAddress,
  args: readonly string[],
  action: (health: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'))
  const agent = spawn(
    process.execPath,
    ['out/main/cli.js', 'agent', '--port', '0', '--gateway', '127.0.0.1:0', '--json', ...args],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: databaseUrlOf(address), VIGIE_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  try {
    const [line] = await once(createInterface({ input: agent.stdout }), 'line')
    const { url: health } = JSON.parse(line)
    return await action(health)
  } finally {
    agent.kill('SIGTERM')
    if (agent.exitCode === null) await once(agent, 'exit')
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The address as a process is given it. */
export function databaseUrlOf({ host, port, user, password = '', database }: DatabaseAddress): string {
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

/** What an agent has used so far, by its own metrics. */
export async function readUsage(health: string): Promise<{ processorSeconds: number; residentBytes: number }> {
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
