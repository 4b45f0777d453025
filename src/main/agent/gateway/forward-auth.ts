import type { HostnameMap } from '../../../core/routing/hostname-map.ts'
import type { HostnameOwner } from '../../../core/routing/hostname-owners.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { HitBuffer } from '../../../core/traffic/hit-buffer.ts'
import { atMost } from './at-most.ts'
import { isBlocked } from './is-blocked.ts'

/** What a proxy says of a request that it asks about, in its X-Forwarded headers. */
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
  /** How long a visitor waits until an unknown hostname is looked up. */
  readonly waitMs?: number
  /** After a look-up that failed or came too late, unknown hostnames pass at once for so long. */
  readonly restMs?: number
  /** Look-ups under way at once; requests to any further unknown hostname pass. */
  readonly maxLookups?: number
}

/** Null: it passes. Decides at once wherever the hostname is known. */
export type DecideForward = (asked: AskedRequest) => HostnameOwner | null | Promise<HostnameOwner | null>

/**
 * The decision of forward auth. What it does not know in time passes, so that no site depends on Vigie's database; what
 * passes to a project is counted, also if the answer came too late for the decision.
 */
export function createForwardAuth(options: ForwardAuthOptions): DecideForward {
  const { map, hits, now, waitMs = 100, restMs = 1_000, maxLookups = 200 } = options
  let lookups = 0
  let restUntil = Number.NEGATIVE_INFINITY

  const judge = (asked: AskedRequest, hostname: string, owner: HostnameOwner | null): HostnameOwner | null => {
    if (owner === null) {
      hits.addUnknown()
      return null
    }
    if (isBlocked(owner.status)) return owner
    const { path, address, userAgent } = asked
    const name = normaliseHostname(hostname) ?? hostname
    hits.add({ projectId: owner.projectId, hostname: name, at: now(), userAgent, path, address })
    return null
  }

  const judgeLater = async (asked: AskedRequest, hostname: string): Promise<HostnameOwner | null> => {
    let decision: HostnameOwner | null = null
    let isDone = false
    lookups += 1
    const looking = map
      .resolve(hostname)
      .then((owner) => {
        decision = judge(asked, hostname, owner)
        isDone = true
      })
      // The database is away: the heartbeat says so.
      .catch(() => hits.addUnknown())
      .finally(() => {
        lookups -= 1
      })
    await atMost(waitMs, looking)
    if (!isDone) restUntil = now() + restMs
    return decision
  }

  return (asked) => {
    const { hostname } = asked
    const owner = hostname === undefined ? null : map.lookup(hostname)
    if (hostname === undefined || owner === null) return judge(asked, '', null)
    if (owner !== undefined) return judge(asked, hostname, owner)
    if (lookups < maxLookups && now() >= restUntil) return judgeLater(asked, hostname)
    return judge(asked, '', null)
  }
}
