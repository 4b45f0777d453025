import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { DatabaseAddress } from '../src/main/config.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { readUsage, withAgent } from './agent-process.ts'
import { settle, withSetupPool } from './platform.ts'
import { median } from './statistics.ts'

export interface ForwardAuthTimes {
  readonly hostnames: number
  readonly msPer10000: number
  readonly bareMsPer10000: number
  readonly halfLoadP99Ms: number
  readonly bareHalfLoadP99Ms: number
  readonly residentMegabytes: number
}

const maxHostnames = 1_000_000
/** As many are asked about; the others are known all the same. */
const askedHostnames = 8_000
const connections = 64
const warmUpMs = 1_000
const roundMs = 5_000
/** With two flushes in it. */
const halfLoadMs = 20_000
const rounds = 3
const readyTimeoutMs = 300_000

/** Asks the agent, as it is shipped, about requests to a platform of a million hostnames, in turns with a bare server. */
export async function measureForwardAuth(copy: DatabaseAddress): Promise<ForwardAuthTimes> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'))
  const bare = spawn(process.execPath, ['bench/bare-server.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const { hostnames, asked } = await withSetupPool(copy, prepareHostnames)
    const hostnamesFile = path.join(folder, 'hostnames.json')
    await writeFile(hostnamesFile, JSON.stringify(asked))
    const barePort = await readPort(bare)
    const port = await findFreePort()
    const args = ['--without', 'scheduler,mail', '--forward-auth', '--gateway', `127.0.0.1:${port}`]
    return await withAgent(copy, args, async (health) => {
      await untilKnown(copy)
      const ask = (at: number, ratePerSecond: number | null) =>
        load({
          port: at,
          path: '/forward-auth',
          hostnamesFile,
          connections,
          warmUpMs,
          durationMs: ratePerSecond === null ? roundMs : halfLoadMs,
          ratePerSecond,
        })
      // Both are warm before anything counts.
      await ask(port, null)
      await ask(barePort, null)
      const turns: { readonly own: number; readonly bare: number }[] = []
      for (let round = 0; round < rounds; round += 1) {
        turns.push({ own: (await ask(port, null)).perSecond, bare: (await ask(barePort, null)).perSecond })
      }
      const perSecond = median(turns.map(({ own }) => own))
      const half = await ask(port, perSecond / 2)
      const bareHalf = await ask(barePort, perSecond / 2)
      return {
        hostnames,
        msPer10000: 1e7 / perSecond,
        bareMsPer10000: 1e7 / median(turns.map((turn) => turn.bare)),
        halfLoadP99Ms: half.p99Ms,
        bareHalfLoadP99Ms: bareHalf.p99Ms,
        residentMegabytes: (await readUsage(health)).residentBytes / 1024 ** 2,
      }
    })
  } finally {
    bare.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The sample has more hostnames than a million: aliases go until it is one. Those asked about are of active projects. */
async function prepareHostnames(sql: Pool): Promise<{ hostnames: number; asked: string[] }> {
  await sql`update vigie.policy set sweep_mode = 'off'`
  await sql`
    delete from alias a where a.id in (
      select x.id from alias x order by x.id
      offset greatest(0, ${maxHostnames} - (select count(distinct d.hostname) from domain d)))`
  await settle(sql)
  const [counted] = await sql<{ hostnames: number }[]>`
    select ((select count(*) from alias) + (select count(distinct d.hostname) from domain d))::integer as hostnames`
  const asked = await sql<{ hostname: string }[]>`
    select min(d.hostname) as hostname from domain d join project p on p.id = d.project_id
    where p.status = 'active' and d.status = 'active' group by p.id limit ${askedHostnames}`
  return { hostnames: counted?.hostnames ?? 0, asked: asked.map(({ hostname }) => hostname) }
}

/** The intake is enrolled once all hostnames are read. */
async function untilKnown(copy: DatabaseAddress): Promise<void> {
  await withSetupPool(copy, async (sql) => {
    const deadlineMs = performance.now() + readyTimeoutMs
    while ((await sql`select from vigie.intake where kind = 'forward_auth'`).length === 0) {
      if (performance.now() > deadlineMs) throw new Error('the agent did not read all hostnames in time')
      await sleep(500)
    }
  })
}

interface LoadOptions {
  readonly port: number
  readonly path: string
  readonly hostnamesFile: string
  readonly connections: number
  readonly warmUpMs: number
  readonly durationMs: number
  readonly ratePerSecond: number | null
}

interface LoadResult {
  readonly statuses: Readonly<Record<string, number>>
  readonly errors: number
  readonly perSecond: number
  readonly p99Ms: number
}

async function load(options: LoadOptions): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/load-generator.mjs', JSON.stringify(options)])
  const result: LoadResult = JSON.parse(stdout)
  const others = Object.keys(result.statuses).filter((status) => status !== '204')
  if (result.errors > 0 || others.length > 0) throw new Error(`not every request passed: ${stdout}`)
  return result
}

async function readPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('its output is not piped')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return Number(line)
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address.port
}
