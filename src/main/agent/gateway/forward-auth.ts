import type { HostnameMap, HostnameOwner } from '../../../core/routing/hostname-map.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { HitBuffer } from '../../../core/traffic/hit-buffer.ts'
import { isBlocked } from './is-blocked.ts'
import { atMost } from './known-projects.ts'

/** What a proxy says of a request that it asks about by its X-Forwarded headers. */
export interface AskedRequest {
  readonly hostname: string | undefined
  readonly path: string | null
  readonly address: string | null
  readonly userAgent: string | null
}

export interface ForwardAuthOptions {
  readonly map: Pick<HostnameMap, 'lookup' | 'resolve'>
  readonly hits: Pick<HitBuffer, 'add' | 'addUnknown'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A hit was not taken: the database has been away for long, and hits of too many projects wait. */
  readonly onNoRoom: () => void
  /** How long a visitor waits until an unknown hostname is looked up. */
  readonly waitMs?: number
  /** Look-ups under way at once; the requests to any further unknown hostname pass unseen. */
  readonly maxLookups?: number
}

/** As nearly all hostnames come; the others are brought into that form. */
const plainName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/

/** Decides at once wherever the hostname is known: null is pass, else the blocked project. */
export type DecideForward = (asked: AskedRequest) => HostnameOwner | null | Promise<HostnameOwner | null>

/**
 * The decision of forward auth. What it does not know in time passes, so that no site depends on Vigie's database; what
 * passes to a project is counted, also if the answer came too late for the decision.
 */
export function createForwardAuth(options: ForwardAuthOptions): DecideForward {
  const { map, hits, now, onNoRoom, waitMs = 100, maxLookups = 200 } = options
  let lookups = 0

  const judge = (asked: AskedRequest, hostname: string, owner: HostnameOwner | null): HostnameOwner | null => {
    if (owner === null) {
      hits.addUnknown()
      return null
    }
    if (isBlocked(owner.status)) return owner
    const { path, address, userAgent } = asked
    const isPlain = plainName.test(hostname)
    const name = isPlain ? hostname : (normaliseHostname(hostname) ?? hostname)
    if (!hits.add({ projectId: owner.projectId, hostname: name, at: now(), userAgent, path, address })) onNoRoom()
    return null
  }

  const judgeLater = async (asked: AskedRequest, hostname: string): Promise<HostnameOwner | null> => {
    if (lookups >= maxLookups) {
      hits.addUnknown()
      return null
    }
    let decision: HostnameOwner | null = null
    lookups += 1
    const looking = map
      .resolve(hostname)
      .then(
        (owner) => {
          decision = judge(asked, hostname, owner)
        },
        // The database is away: the hostname stays unknown, and the map has the sentence for it.
        () => hits.addUnknown(),
      )
      .finally(() => {
        lookups -= 1
      })
    await atMost(waitMs, looking)
    return decision
  }

  return (asked) => {
    const { hostname } = asked
    if (hostname === undefined) {
      hits.addUnknown()
      return null
    }
    const owner = map.lookup(hostname)
    return owner === undefined ? judgeLater(asked, hostname) : judge(asked, hostname, owner)
  }
}
