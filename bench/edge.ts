import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Context } from '../src/core/context.ts'
import { enrolEdge } from '../src/core/routing/edges.ts'
import { blockedFileCount } from '../src/core/routing/file-names.ts'
import { reconcileEdge } from '../src/core/routing/reconcile-edge.ts'
import { createSetAsidePace } from '../src/core/routing/set-aside-pace.ts'
import { openTraefikDirectory } from '../src/main/agent/routing/open-traefik-directory.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import { benchOrigin, settle, withSetupPool } from './platform.ts'
import { measureMs, measureWarmMs, median } from './statistics.ts'

export interface EdgeTimes {
  readonly blocked: number
  readonly unchangedMs: number
  readonly more: number
  readonly moreMs: number
  /** Of Vigie's own that were written for `more` projects. */
  readonly rewritten: number
}

const maxBlocked = 50_000
const maxMore = 1_000
const runs = 5

/** Brings a directory of Traefik's into step with many sleeping projects, with nothing to do and with more of them. */
export async function measureEdge(copy: DatabaseAddress): Promise<EdgeTimes> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-edge-'))
  try {
    return await withSetupPool(copy, async (sql) => {
      const context: Context = { sql, origin: benchOrigin, log: { info: () => {}, warn: () => {}, error: () => {} } }
      const blocked = await putToSleep(sql, maxBlocked)
      await settle(sql)
      const reconcile = await openEdge(context, folder)
      const first = await reconcile()
      if (first.error !== null || first.ownFiles > blockedFileCount) throw new Error('the files could not be written')
      const unchanged = await measureWarmMs(runs, async () => {
        const { ownFiles } = await reconcile()
        if (ownFiles > 0) throw new Error('files were written though nothing had changed')
      })
      const more = (await putToSleep(sql, blocked + maxMore)) - blocked
      let rewritten = 0
      const moreMs = await measureMs(async () => {
        rewritten = (await reconcile()).ownFiles
      })
      if (rewritten > blockedFileCount) throw new Error('more files were written than there may be')
      return { blocked, unchangedMs: median(unchanged), more, moreMs, rewritten }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes so many projects sleep, as far as the platform has so many, and all others wake. Returns how many sleep. */
async function putToSleep(sql: Context['sql'], projects: number): Promise<number> {
  await sql`
    update project p set status = (case when c.is_asleep then 'inactive' else 'active' end)::project_status,
      deactivated_at = case when c.is_asleep then now() at time zone 'utc' end
    from (
      select id, row_number() over (order by id) <= ${projects} as is_asleep from project
      where status in ('active', 'inactive', 'permanently_disabled')) c
    where p.id = c.id and (p.status = 'active') = c.is_asleep`
  const [row] = await sql<{ projects: number }[]>`
    select count(*) as projects from project where status in ('inactive', 'permanently_disabled')`
  return row?.projects ?? 0
}

async function openEdge(context: Context, folder: string) {
  const edge = await enrolEdge(context, { machine: 'bench', directory: folder }, randomUUID(), 0)
  if (edge === null) throw new Error('the edge is kept by somebody else')
  const memory = { pace: createSetAsidePace(), toldLeft: new Set<string>() }
  return () =>
    reconcileEdge(context, {
      edge,
      directory: openTraefikDirectory(folder),
      settings: {
        deployDomain: 'apps.example',
        urlScheme: 'https',
        gatewayUrl: 'http://127.0.0.1:9465',
        reservedHostnames: [],
      },
      memory,
      now: Date.now,
      beforeWriting: async () => {},
    })
}
