/**
 * Which project a hostname belongs to, from memory. Aliases and custom domains are all in it; the `-id-` hostnames of
 * deployments, of which there are far more than visitors ask for, are looked up at the first request.
 *
 * Kept fresh by what Vigie notifies and by reading everything again (`refresh`); the platform itself never notifies. The
 * owners' order is that of resolve-hostname.ts.
 */
import type { Change } from '../change.ts'
import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { ProjectStatus } from '../project.ts'
import {
  askOwners,
  deploymentLabel,
  type FoundOwner,
  type HostnameOwner,
  type OwnerRow,
  readChangedOutside,
  selectAliases,
  selectDomains,
  statusOf,
} from './hostname-owners.ts'
import { normaliseHostname, platformLabel } from './resolve-hostname.ts'

export interface HostnameMap {
  /** Null: it is nobody's. Undefined: not known yet. */
  lookup(hostname: string): HostnameOwner | null | undefined
  /** The same, and where it is not known, asks the database once. Errors: those of the database; DATABASE_BUSY. */
  resolve(hostname: string): Promise<HostnameOwner | null>
  /** Reads everything again. Errors: those of the database; what was known stays known then. */
  refresh(): Promise<void>
  /** Reads again what a notification is about. Errors: those of the database. */
  takeChange(change: Change): Promise<void>
  /** How many hostnames it knows. */
  readonly size: number
}

export interface HostnameMapOptions {
  readonly sql: Database
  /** Null: only custom domains can be told. */
  readonly deployDomain: string | null
  /** How many hostnames of nobody, and of deployments, are remembered. */
  readonly maxRemembered?: number
  /** Rows per reading. */
  readonly pageSize?: number
}

/** `reading`: the full reading that saw it last. One object per hostname, since a million of them have to fit. */
interface Entry {
  projectId: string
  status: ProjectStatus
  reading: number
}

const maxNamesPerQuestion = 1_000
const maxWaiting = 20_000

export function createHostnameMap(options: HostnameMapOptions): HostnameMap {
  const { sql, deployDomain, maxRemembered = 50_000, pageSize = 10_000 } = options
  const parent = deployDomain === null ? null : normaliseHostname(deployDomain)
  const aliases = new Map<string, Entry>()
  const domains = new Map<string, Entry>()
  const deployments = new Map<string, HostnameOwner>()
  const nobodys = new Set<string>()
  /** Since which change an answer of the database may be remembered: one from before it may be out of date. */
  let epoch = 0
  let reading = 0
  let isAsking = false
  let refreshing: Promise<void> | undefined
  /** Projects that changed while everything was read: what was read of them may be from before. */
  let changedMeanwhile: string[] = []
  const waiting = new Map<
    string,
    { resolve: (owner: HostnameOwner | null) => void; reject: (error: unknown) => void }[]
  >()
  const runs = new Map<number, number>()

  const find = (name: string): HostnameOwner | null | undefined => {
    const label = platformLabel(name, parent)
    if (label !== null) {
      const owner = aliases.get(label) ?? deployments.get(label)
      if (owner !== undefined) return owner
      // An unknown deployment's hostname comes before a custom domain of the same name.
      if (deploymentLabel(label) !== null && !nobodys.has(name)) return undefined
    }
    return domains.get(name) ?? (nobodys.has(name) ? null : undefined)
  }

  const keep = (map: Map<string, Entry>, { name, projectId, status }: OwnerRow) => {
    const found = map.get(name)
    if (found === undefined) map.set(name, { projectId, status: statusOf(status), reading })
    else {
      if (found.projectId !== projectId) found.projectId = projectId
      found.status = statusOf(status)
      found.reading = reading
    }
  }

  const readAll = async (map: Map<string, Entry>, readPage: (after: string) => Promise<readonly OwnerRow[]>) => {
    let after = ''
    for (;;) {
      const rows = await readPage(after)
      for (const row of rows) keep(map, row)
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) break
      after = last.name
    }
    for (const [name, entry] of map) if (entry.reading !== reading) map.delete(name)
  }

  const readEverything = async () => {
    epoch += 1
    reading += 1
    changedMeanwhile = []
    await readAll(aliases, (after) => selectAliases(sql, sql`a.subdomain > ${after}`, sql`limit ${pageSize}`))
    await readAll(domains, (after) => selectDomains(sql, sql`d.hostname > ${after}`, sql`limit ${pageSize}`))
    deployments.clear()
    nobodys.clear()
    if (changedMeanwhile.length > 0) await readProjects(changedMeanwhile)
  }

  /** One after the other: each forgets what it has not seen itself. */
  const refresh = () => {
    const next = (refreshing ?? Promise.resolve()).catch(() => undefined).then(readEverything)
    refreshing = next
    return next.finally(() => {
      if (refreshing === next) refreshing = undefined
    })
  }

  /** Reads all hostnames of these projects again; who owns a shared one may have changed with them. */
  const readProjects = async (ids: readonly string[]) => {
    epoch += 1
    const list = [...ids]
    const changed = new Set(ids)
    for (const [label, owner] of deployments) if (changed.has(owner.projectId)) deployments.delete(label)
    const [ofAliases, ofDomains] = await Promise.all([
      selectAliases(sql, sql`a.deployment_id in (select o.id from deployment o where o.project_id = any(${list}))`),
      selectDomains(sql, sql`d.hostname in (select o.hostname from domain o where o.project_id = any(${list}))`),
    ])
    for (const row of ofAliases) keep(aliases, row)
    for (const row of ofDomains) keep(domains, row)
    for (const { name } of ofDomains) nobodys.delete(name)
  }

  const refreshProjects = async (ids: readonly string[]) => {
    for (let start = 0; start < ids.length; start += pageSize) {
      const page = ids.slice(start, start + pageSize)
      if (refreshing !== undefined) changedMeanwhile.push(...page)
      await readProjects(page)
    }
  }

  /** A run tells of each of its batches: what is new since the last one is read from its events. */
  const refreshRun = async (runId: number) => {
    const after = runs.get(runId) ?? 0
    const events = await sql<{ id: number; projectId: string }[]>`
      select e.id, e.project_id as "projectId" from vigie.event e
      where e.run_id = ${runId} and e.id > ${after} and e.project_id is not null order by e.id`
    await refreshProjects(events.map(({ projectId }) => projectId))
    const last = events.at(-1)
    if (last !== undefined) runs.set(runId, last.id)
    for (const [id] of runs) if (runs.size > 20) runs.delete(id)
  }

  const ask = async () => {
    while (waiting.size > 0) {
      const asked = [...waiting].slice(0, maxNamesPerQuestion)
      const askedIn = epoch
      const names = asked.map(([name]) => name)
      for (const name of names) waiting.delete(name)
      try {
        const owners = await askOwners(sql, names, parent)
        for (const [name, waiters] of asked) {
          const owner = owners.get(name)
          if (askedIn === epoch) remember(name, owner)
          for (const { resolve } of waiters) resolve(owner === undefined ? null : owner.owner)
        }
      } catch (error) {
        for (const [, waiters] of asked) for (const { reject } of waiters) reject(error)
      }
    }
    isAsking = false
  }

  const remember = (name: string, found: FoundOwner | undefined) => {
    if (found === undefined) {
      if (nobodys.size >= maxRemembered) nobodys.clear()
      nobodys.add(name)
      return
    }
    const { kind, owner } = found
    const label = platformLabel(name, parent)
    if (kind === 'deployment' && label !== null) {
      if (deployments.size >= maxRemembered) deployments.clear()
      deployments.set(label, owner)
    } else if (kind === 'alias' && label !== null) keep(aliases, { name: label, ...owner })
    else {
      keep(domains, { name, ...owner })
      // It is no deployment's.
      if (label !== null) nobodys.add(name)
    }
  }

  return {
    lookup(hostname) {
      // Nearly all are written as they are known, and to bring a hostname into that form takes longer than to find it.
      const found = find(hostname)
      if (found) return found
      const name = normaliseHostname(hostname)
      return name === null ? null : find(name)
    },
    resolve(hostname) {
      const name = normaliseHostname(hostname)
      const found = name === null ? null : find(name)
      if (name === null || found !== undefined) return Promise.resolve(found ?? null)
      if (waiting.size >= maxWaiting) return Promise.reject(tooManyQuestions())
      const answer = new Promise<HostnameOwner | null>((resolve, reject) => {
        waiting.set(name, [...(waiting.get(name) ?? []), { resolve, reject }])
      })
      if (!isAsking) {
        isAsking = true
        // What else is asked for in this turn goes along.
        queueMicrotask(ask)
      }
      return answer
    },
    refresh,
    async takeChange(change) {
      switch (change.kind) {
        case 'connected':
          return refresh()
        case 'project':
          return refreshProjects([change.projectId])
        case 'sweep':
        case 'revert':
          return refreshRun(change.runId)
        case 'outside':
          return refreshProjects(await readChangedOutside(sql))
      }
    },
    get size() {
      return aliases.size + domains.size + deployments.size
    },
  }
}

function tooManyQuestions(): VigieError {
  return new VigieError('DATABASE_BUSY', 'Too many hostnames wait to be looked up. Try again in a moment.')
}
