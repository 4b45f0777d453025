import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createAgentFixture, waitUntil } from '../../testing/agent-fixture.ts'
import { fillSleepyPlatform } from '../../testing/sleepy-platform.ts'
import { startTcpProxy } from '../../testing/tcp-proxy.ts'
import { fetchRaw } from './fetch-raw.ts'
import { findFreePort } from './proxies.ts'

export interface OutageSize {
  readonly projects: number
  readonly seconds: number
  readonly ratePerSecond: number
}

export interface Outage {
  readonly requests: number
  /** Requests by the status that visitors were answered with. */
  readonly statuses: Readonly<Record<string, number>>
  readonly errors: number
  readonly grownMegabytes: number
  /** Hits that the database has counted in the end. */
  readonly counted: number
}

/**
 * Visitors come at a rate while the database is away; then it is back, with all connections lost. Waits until all is
 * counted, and at most a minute.
 */
export async function provokeOutage({ projects, seconds, ratePerSecond }: OutageSize): Promise<Outage> {
  const fixture = await createAgentFixture()
  const proxy = await startTcpProxy(fixture.socketPath)
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-outage-'))
  try {
    await fillSleepyPlatform(fixture.sql, { active: projects, asleep: 0 })
    await fixture.sql`
      insert into domain (project_id, hostname, status)
      select p.id, p.slug || '.outage.example', 'active' from project p`
    const hostnames = Array.from({ length: projects }, (_, n) => `project-${n + 1}.outage.example`)
    const hostnamesFile = path.join(folder, 'hostnames.json')
    await writeFile(hostnamesFile, JSON.stringify(hostnames))
    const port = await findFreePort()
    const agent = fixture.startAgent({
      args: ['--without', 'scheduler,mail', '--gateway', `127.0.0.1:${port}`, '--forward-auth'],
      databaseUrl: fixture.urlAt(proxy.port),
    })
    await waitUntil(() => agent.log.some(({ msg }) => msg === 'The agent works.'), { timeoutMs: 60_000 })
    await fetchRaw(port, { path: '/forward-auth', headers: { 'X-Forwarded-Host': hostnames[0] ?? '' } })
    const before = await residentMegabytes(agent.child.pid)

    proxy.cut()
    const load = {
      port,
      path: '/forward-auth',
      hostnamesFile,
      connections: 32,
      warmUpMs: 0,
      durationMs: seconds * 1000,
      ratePerSecond,
    }
    const { stdout } = await promisify(execFile)(process.execPath, [
      path.resolve('bench/load-generator.mjs'),
      JSON.stringify(load),
    ])
    const { requests, statuses, errors } = JSON.parse(stdout)
    const grownMegabytes = (await residentMegabytes(agent.child.pid)) - before
    proxy.mendWithoutConnections()

    const readCounted = async () => {
      const [row] = await fixture.sql<{ hits: number }[]>`
        select coalesce(sum(hits), 0)::integer as hits from vigie.traffic_day`
      return row?.hits ?? 0
    }
    await waitUntil(async () => (await readCounted()) > requests, { timeoutMs: 60_000, intervalMs: 100 }).catch(
      () => undefined,
    )
    // The one before the outage counts, too.
    return { requests, statuses, errors, grownMegabytes, counted: (await readCounted()) - 1 }
  } finally {
    await fixture.stop()
    await proxy.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function residentMegabytes(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) / 1024
}
