import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createHostnameMap, type HostnameMap } from '../src/core/routing/hostname-map.ts'
import { createRouterMap } from '../src/core/routing/router-map.ts'
import { compileExclusions } from '../src/core/traffic/exclusions.ts'
import { createFlusher } from '../src/core/traffic/flush.ts'
import { createHitBuffer } from '../src/core/traffic/hit-buffer.ts'
import { enrolIntake } from '../src/core/traffic/intake.ts'
import { followLog } from '../src/main/agent/intake/follow-log.ts'
import { createFeed } from '../src/main/agent/intake/intake-feed.ts'
import { logLine } from '../src/main/agent/intake/testing/log-writer.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { settle, withConsolePool, withSetupPool } from './platform.ts'
import { createRandom, measureMs, median } from './statistics.ts'

export interface IntakeTimes {
  readonly flushedProjects: number
  readonly flushMs: number
  /** The same rows, one statement, nothing else. */
  readonly bareUpdateMs: number
  readonly lines: number
  readonly logMs: number
  /** The same file through readline and JSON.parse. */
  readonly bareLoopMs: number
}

const flushedProjects = 10_000
const lines = 200_000
const rounds = 5
const minuteMs = 60_000

/** A flush of many projects beside a bare update of them, and the reading of a log beside a bare loop over it. */
export async function measureIntake(copy: DatabaseAddress): Promise<IntakeTimes> {
  await withSetupPool(copy, async (sql) => {
    await sql`update project set last_traffic_at = (now() at time zone 'utc') - interval '10 days' where status = 'active'`
    await settle(sql)
  })
  return await withConsolePool(copy, async (sql) => ({ ...(await measureFlush(sql)), ...(await measureLog(sql)) }))
}

async function openIntake(sql: Pool) {
  const feeder = randomUUID()
  const intakeId = await enrolIntake(sql, { machine: 'bench', kind: 'access_log', source: feeder }, feeder)
  const buffer = createHitBuffer({ match: compileExclusions([]) })
  return { sql, buffer, intakeId, feeder, makeFlushId: randomUUID, nowMs: () => performance.now() }
}

/** In turns, each later than the one before, so that every row moves every time. */
async function measureFlush(sql: Pool) {
  const rows = await sql<{ id: string }[]>`
    select p.id from project p where p.status = 'active' order by md5(p.id) limit ${flushedProjects}`
  const intake = await openIntake(sql)
  const flusher = createFlusher(intake)
  const flushes: number[] = []
  const updates: number[] = []
  let at = Date.now() - 24 * 60 * minuteMs
  // The first round does not count.
  for (let round = 0; round <= rounds; round += 1) {
    at += 10 * minuteMs
    for (const { id } of rows) {
      for (let hit = 0; hit < 3; hit += 1) {
        intake.buffer.add({
          projectId: id,
          hostname: 'bench.example',
          at,
          userAgent: 'curl/8',
          path: '/',
          address: null,
        })
      }
    }
    const flushMs = await measureMs(() =>
      flusher.flush(() => ({ position: null, from: null, until: { monotonicMs: performance.now() } })),
    )
    at += 10 * minuteMs
    const updateMs = await measureMs(
      () => sql`
        update project p set last_traffic_at = h.at at time zone 'utc'
        from unnest(${rows.map((row) => row.id)}::varchar[],
          ${rows.map(() => new Date(at).toISOString())}::timestamptz[]) as h (id, at)
        where p.id = h.id`,
    )
    if (round > 0) {
      flushes.push(flushMs)
      updates.push(updateMs)
    }
  }
  return { flushedProjects: rows.length, flushMs: median(flushes), bareUpdateMs: median(updates) }
}

async function measureLog(sql: Pool) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'))
  try {
    const file = path.join(folder, 'access.log')
    const names = await sql<{ hostname: string }[]>`select d.hostname from domain d order by md5(d.hostname) limit 5000`
    await writeFile(file, makeLog(names.map(({ hostname }) => hostname)))
    const hostnames = createHostnameMap({ sql, deployDomain: null })
    await hostnames.refresh()
    const logs: number[] = []
    const loops: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const logMs = await readLog(sql, hostnames, file)
      const loopMs = await measureMs(() => readBare(file))
      if (round > 0) {
        logs.push(logMs)
        loops.push(loopMs)
      }
    }
    return { lines, logMs: median(logs), bareLoopMs: median(loops) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function makeLog(hostnames: readonly string[]): string {
  const random = createRandom(7)
  const pick = () => hostnames[Math.floor(random() * hostnames.length)] ?? 'nobody.example'
  const userAgent =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
  return Array.from({ length: lines }, (_, count) => `${logLine({ hostname: pick(), userAgent }, count)}\n`).join('')
}

/** From the file into the buffer, which is flushed at its pace beside; what the last flush takes is measured above. */
async function readLog(sql: Pool, hostnames: HostnameMap, file: string): Promise<number> {
  const stopping = new AbortController()
  const { signal } = stopping
  const nowMs = () => performance.now()
  const figures = { hits: 0, garbage: 0, unknown: 0, dropped: 0, caughtUpMs: null }
  const feed = createFeed({
    ...(await openIntake(sql)),
    maps: { hostnames, routers: createRouterMap(sql, null) },
    format: null,
    place: null,
    canWait: true,
    flushIntervalMs: 10_000,
    retryMs: 1_000,
    signal,
    onFlushed: (failure) => {
      if (failure !== null) throw new Error(failure.message)
    },
    figures,
  })
  const tookMs = await measureMs(async () => {
    for await (const block of followLog({ path: file, place: null, pollMs: 1_000, signal, nowMs })) {
      if ('missing' in block) throw new Error('the log of the bench is not there')
      await feed.take(block)
      if (block.caughtUpMs !== null) break
    }
  })
  await feed.finish()
  stopping.abort()
  if (figures.hits !== lines) throw new Error(`${figures.hits} of ${lines} lines were counted`)
  return tookMs
}

async function readBare(file: string): Promise<void> {
  let read = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (JSON.parse(line).RequestHost !== '') read += 1
  }
  if (read !== lines) throw new Error(`${read} of ${lines} lines were read`)
}
