import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect } from 'vitest'
import { enrolEdge, type KeptEdge } from '../../../../core/routing/edges.ts'
import { formatPlatformFile, platformFile } from '../../../../core/routing/platform-file.ts'
import { readRoutedProjects } from '../../../../core/routing/read-routed-projects.ts'
import { type EdgeMemory, reconcileEdge } from '../../../../core/routing/reconcile-edge.ts'
import type { EdgeSettings } from '../../../../core/routing/routed-project.ts'
import { createSetAsidePace } from '../../../../core/routing/set-aside-pace.ts'
import { loadLikeTraefik } from '../../../../core/routing/testing/traefik-double.ts'
import type { TraefikDirectory } from '../../../../core/routing/traefik-directory.ts'
import { createRows } from '../../../database/testing/platform-rows.ts'
import type { TestDatabase } from '../../../database/testing/test-database.ts'
import { openTraefikDirectory } from '../open-traefik-directory.ts'

export const edgeSettings: EdgeSettings = {
  deployDomain: 'apps.example',
  urlScheme: 'https',
  gatewayUrl: 'http://127.0.0.1:9465',
  reservedHostnames: ['platform.example'],
}

/** A platform with projects that have every kind of hostname, and directories of Traefik's. */
export function createEdgeFixture(database: TestDatabase) {
  const { sql } = database
  const rows = createRows(sql)
  const folders: string[] = []
  let counter = 0
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

  const retireEdges = async () => {
    await sql`delete from vigie.edge_block`
    await sql`update vigie.edge set retired_at = now(), retired_by = 'a test', keeper = null where retired_at is null`
  }

  /** The only edge that is enrolled, unless it stands beside those there are. */
  const openEdge = async (options: { folder?: string; machine?: string; isBeside?: boolean } = {}) => {
    if (!options.isBeside) await retireEdges()
    const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'vigie-edge-')))
    folders.push(folder)
    await mkdir(folder, { recursive: true })
    const keeper = randomUUID()
    const kept = await enrolEdge(database, { machine: options.machine ?? 'edge', directory: folder }, keeper, 0)
    if (kept === null) throw new Error('the edge is kept by somebody else')
    return createEdge(database, folder, kept)
  }

  return {
    rows,
    openEdge,
    retireEdges,

    /** An awake project with an alias of an environment, a custom domain, a redirect and a container of its own. */
    async project() {
      counter += 1
      const slug = `site-${counter}`
      const id = await rows.project({ slug, lastTraffic: { hours: 1 } })
      const deploymentId = createHash('md5').update(`deployment ${slug}`).digest('hex')
      await sql`
        insert into deployment (id, project_id, environment_id, branch, commit_sha, repo_id, repo_full_name, status,
          conclusion, container_id, container_status)
        values (${deploymentId}, ${id}, 'prod', 'main', '1', 1, 'example/repo', 'completed', 'succeeded', 'c1', 'running')`
      await sql`
        insert into alias (subdomain, deployment_id, type, value) values (${slug}, ${deploymentId}, 'environment_id', 'prod')`
      await sql`
        insert into domain (project_id, hostname, type, environment_id, status)
        values (${id}, ${`www.${slug}.example`}, 'route', 'prod', 'active'),
          (${id}, ${`${slug}.example`}, '308', 'prod', 'active')`
      return {
        id,
        deploymentId,
        alias: `${slug}.apps.example`,
        domain: `www.${slug}.example`,
        redirect: `${slug}.example`,
        ownHostname: `${slug}-id-${deploymentId.slice(0, 7)}.apps.example`,
      }
    },

    /** As a sweep does, without its mails. */
    async sleep(id: string) {
      await sql`
        with asleep as (
          update project set status = 'inactive', deactivated_at = clock_timestamp() at time zone 'utc'
          where id = ${id} returning deactivated_at
        ), remembered as (
          insert into vigie.disabled_domain (domain_id, project_id, former_status)
          select d.id, d.project_id, 'active' from domain d where d.project_id = ${id} and d.status = 'active'
          on conflict do nothing
        ), silenced as (
          update domain set status = 'disabled' where project_id = ${id} and status = 'active'
        )
        insert into vigie.sleeper (project_id, deactivated_at) select ${id}, deactivated_at from asleep
        on conflict (project_id) do update set deactivated_at = excluded.deactivated_at`
    },

    async wake(id: string) {
      await sql`select * from vigie.restore_domains(array[${id}]::varchar[], false)`
      await sql`
        update project set status = 'active', deactivated_at = null, last_traffic_at = now() at time zone 'utc'
        where id = ${id}`
    },

    readEvents: async (id: string) => {
      const events = await sql<{ kind: string; after: unknown }[]>`
        select kind, after from vigie.event where project_id = ${id} order by id`
      return events.map(({ kind, after }) => ({ kind, after }))
    },

    isBlocked: async (id: string) => {
      const [row] = await sql<{ isBlocked: boolean }[]>`select vigie.is_blocked(${id}) as "isBlocked"`
      return row?.isBlocked
    },
  }
}

function createEdge(database: TestDatabase, folder: string, kept: KeptEdge) {
  const { sql } = database
  const real = openTraefikDirectory(folder)
  let memory = newMemory()
  let nowMs = Date.now()
  const at = (name: string) => path.join(folder, name)
  const hourAgo = () => new Date(Date.now() - 3_600_000)
  return {
    ...kept,
    folder,
    real,
    /** Forgets what a process remembers. */
    restart() {
      memory = newMemory()
    },
    /** Moves the clock of this agent on. */
    wait(ms: number) {
      nowMs += ms
    },
    reconcile: (directory: TraefikDirectory = real, some: Partial<EdgeSettings> = {}) =>
      reconcileEdge(database, {
        edge: kept,
        directory,
        settings: { ...edgeSettings, ...some },
        memory,
        now: () => nowMs,
        beforeWriting: async () => {},
      }),
    names: async () => (await readdir(folder)).sort(),
    read: (name: string) => readFile(at(name), 'utf8'),
    load: () => loadLikeTraefik(folder),
    /** As the platform does, an hour ago. */
    async writePlatformFile(id: string, { prefix = '', isFresh = false } = {}) {
      const [project] = await readRoutedProjects(sql, [id], edgeSettings.deployDomain)
      const file = project && platformFile(project, edgeSettings)
      expect(file).toBeTruthy()
      if (!file) return ''
      const text = prefix + formatPlatformFile(file)
      await writeFile(at(`project_${id}.yml`), text)
      if (!isFresh) await utimes(at(`project_${id}.yml`), hourAgo(), hourAgo())
      return text
    },
  }
}

function newMemory(): EdgeMemory {
  return { pace: createSetAsidePace(), toldLeft: new Set() }
}

export type Edge = ReturnType<typeof createEdge>
