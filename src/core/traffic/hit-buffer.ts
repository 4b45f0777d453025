import { type ClientKind, createClientKinds } from './client-kind.ts'
import type { MatchHit } from './exclusions.ts'
import { type Hit, isProbe } from './hit.ts'

/** The hits of a project on a UTC day, and the last of them. */
export interface CountedDay {
  readonly project: string
  /** `2026-03-01`. */
  readonly day: string
  readonly hits: number
  /** Of the last one. */
  readonly at: string
  readonly hostname: string
  readonly client: ClientKind
}

/** Those of them that an exclusion matched. `isCounted`: it is only observed, and they are among the counted ones too. */
export interface ExcludedDay extends CountedDay {
  readonly exclusion: number
  readonly isCounted: boolean
}

/** What an intake saw in an hour: all hits, and how many of them were excluded. */
export interface SeenHour {
  readonly hour: string
  readonly hits: number
  readonly excluded: number
}

/** All that one flush counts. */
export interface HitBatch {
  readonly counted: readonly CountedDay[]
  readonly excluded: readonly ExcludedDay[]
  readonly hours: readonly SeenHour[]
  readonly garbage: number
  readonly unknown: number
}

export interface HitBufferOptions {
  readonly match: MatchHit
  /** From how many projects on a flush is due. */
  readonly flushProjects?: number
  /** How many it holds at most; hits of any further are not taken. */
  readonly maxProjects?: number
}

export interface HitBuffer {
  /** Takes a hit; probes count for nothing. False: there is no room for one more project, and the hit is not taken. */
  add(hit: Hit): boolean
  /** A request to a hostname that is nobody's. */
  addUnknown(): void
  /** A line of a log that says nothing. */
  addGarbage(): void
  /** How many projects it holds, by days and exclusions. */
  readonly size: number
  readonly isFlushDue: boolean
  /** All that was added since, coalesced, and an empty buffer. */
  take(): HitBatch
}

interface Tally {
  hits: number
  at: number
  hostname: string
  client: ClientKind
}

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Coalesces hits in memory: what a million requests to a thousand projects leave is a thousand counts. */
export function createHitBuffer({ match, flushProjects = 10_000, maxProjects = 50_000 }: HitBufferOptions): HitBuffer {
  const kindOf = createClientKinds()
  let counted = new Map<number, Map<string, Tally>>()
  let excluded = new Map<string, Map<string, Tally>>()
  let hours = new Map<number, { hits: number; excluded: number }>()
  let garbage = 0
  let unknown = 0
  let size = 0

  /** False if it is one too many. */
  const tally = <Key>(groups: Map<Key, Map<string, Tally>>, key: Key, hit: Hit): boolean => {
    const group = groups.get(key)
    const found = group?.get(hit.projectId)
    if (found !== undefined) {
      found.hits += 1
      if (hit.at >= found.at) {
        found.at = hit.at
        found.hostname = hit.hostname
        found.client = kindOf(hit.userAgent)
      }
      return true
    }
    if (size >= maxProjects) return false
    size += 1
    const { projectId, at, hostname, userAgent } = hit
    const first = { hits: 1, at, hostname, client: kindOf(userAgent) }
    if (group === undefined) groups.set(key, new Map([[projectId, first]]))
    else group.set(projectId, first)
    return true
  }

  const describe = (project: string, { at, ...tallied }: Tally): CountedDay => {
    const instant = new Date(at).toISOString()
    return { project, day: instant.slice(0, 10), at: instant, ...tallied }
  }

  return {
    add(hit) {
      if (isProbe(hit.userAgent)) return true
      const { excludedBy, observedBy } = match(hit)
      const day = Math.floor(hit.at / dayMs)
      if (excludedBy !== null) {
        if (!tally(excluded, `${day} ${excludedBy} excluded`, hit)) return false
      } else {
        if (!tally(counted, day, hit)) return false
        for (const id of observedBy) tally(excluded, `${day} ${id} counted`, hit)
      }
      const hour = Math.floor(hit.at / hourMs)
      const seen = hours.get(hour)
      const more = excludedBy === null ? 0 : 1
      if (seen === undefined) hours.set(hour, { hits: 1, excluded: more })
      else {
        seen.hits += 1
        seen.excluded += more
      }
      return true
    },
    addUnknown() {
      unknown += 1
    },
    addGarbage() {
      garbage += 1
    },
    get size() {
      return size
    },
    get isFlushDue() {
      return size >= flushProjects
    },
    take() {
      const batch: HitBatch = {
        counted: [...counted.values()].flatMap((group) => [...group].map(([id, found]) => describe(id, found))),
        excluded: [...excluded].flatMap(([key, group]) => {
          const [, exclusion, how] = key.split(' ')
          const kept = { exclusion: Number(exclusion), isCounted: how === 'counted' }
          return [...group].map(([id, found]) => ({ ...describe(id, found), ...kept }))
        }),
        hours: [...hours].map(([hour, seen]) => ({ hour: new Date(hour * hourMs).toISOString(), ...seen })),
        garbage,
        unknown,
      }
      counted = new Map()
      excluded = new Map()
      hours = new Map()
      garbage = 0
      unknown = 0
      size = 0
      return batch
    },
  }
}
