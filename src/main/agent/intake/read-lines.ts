import { isBlockedRouter } from '../../../core/routing/blocked-files.ts'
import type { HostnameMap } from '../../../core/routing/hostname-map.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { RouterMap } from '../../../core/routing/router-map.ts'
import type { Hit } from '../../../core/traffic/hit.ts'
import { type LogFormat, type LoggedRequest, parseLogLine } from '../../../core/traffic/log-line.ts'

/** What tells whose a request is. */
export interface OwnerMaps {
  readonly hostnames: HostnameMap
  readonly routers: RouterMap
}

export interface ReadLines {
  readonly hits: Hit[]
  /** Requests to what is nobody's. */
  unknown: number
  garbage: number
  /** Whose these are is not known yet. */
  readonly unresolved: LoggedRequest[]
  /** When the first and the last line were written; null: none tells. */
  firstAt: number | null
  lastAt: number | null
}

/** Traefik's own answers to whoever issues certificates: nobody visits a project by them. */
const certificateRouter = 'acme-http@internal'

/** Reads lines of a log as hits, as far as memory tells whose they are. An empty line is none. */
export function readLines(lines: readonly string[], format: LogFormat | null, maps: OwnerMaps): ReadLines {
  const read: ReadLines = { hits: [], unknown: 0, garbage: 0, unresolved: [], firstAt: null, lastAt: null }
  for (const line of lines) {
    if (line === '') continue
    const request = parseLogLine(line, format)
    if (request === null) read.garbage += 1
    else {
      read.firstAt ??= request.at
      read.lastAt = request.at
      take(request, maps, read)
    }
  }
  return read
}

/** Asks the database whose requests are. Errors: those of the database. */
export async function resolveRequests(
  requests: readonly LoggedRequest[],
  maps: OwnerMaps,
): Promise<Pick<ReadLines, 'hits' | 'unknown'>> {
  const hostnames = new Set(requests.flatMap(({ hostname }) => hostname ?? []))
  const routers = requests.flatMap(({ hostname, router }) => (hostname === null && router !== null ? [router] : []))
  const [owners] = await Promise.all([
    Promise.all([...hostnames].map(async (name) => [name, await maps.hostnames.resolve(name)] as const)),
    maps.routers.resolve(routers),
  ])
  const found = new Map(owners)
  const hits: Hit[] = []
  for (const request of requests) {
    const { hostname, router } = request
    // What was forgotten again meanwhile was looked up all the same.
    const owner =
      hostname !== null ? ownerOf(hostname, found.get(hostname)) : router === null ? null : maps.routers.lookup(router)
    if (owner) hits.push(hitOf(request, owner))
  }
  return { hits, unknown: requests.length - hits.length }
}

function take(request: LoggedRequest, { hostnames, routers }: OwnerMaps, read: ReadLines): void {
  const { hostname, router } = request
  // By the time that lines are counted a project may be awake again, and would count as visited by whom it turned away.
  if (router !== null && (router === certificateRouter || isBlockedRouter(router))) return
  const owner =
    hostname !== null ? ownerOf(hostname, hostnames.lookup(hostname)) : router === null ? null : routers.lookup(router)
  if (owner) read.hits.push(hitOf(request, owner))
  else if (owner === null) read.unknown += 1
  else read.unresolved.push(request)
}

interface Owner {
  readonly projectId: string
  readonly hostname: string
}

/** What a hostname in its usual form has none of. */
const unusual = /[^a-z0-9._-]|\.$/

function ownerOf(hostname: string, owner: { readonly projectId: string } | null | undefined): Owner | null | undefined {
  if (!owner) return owner
  const name = unusual.test(hostname) ? (normaliseHostname(hostname) ?? hostname) : hostname
  return { projectId: owner.projectId, hostname: name }
}

function hitOf({ at, userAgent, path, address }: LoggedRequest, { projectId, hostname }: Owner): Hit {
  return { projectId, hostname, at, userAgent, path, address }
}
