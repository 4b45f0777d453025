/**
 * Exclusions: requests that an admin does not want to count. Observed ones count still and are tallied, so that it shows
 * what applying them would change; applied ones are kept apart, so that they can be taken back.
 */
import { BlockList, isIP } from 'node:net'
import type { Database } from '../context.ts'
import { type ClientKind, createClientKinds } from './client-kind.ts'
import type { Hit } from './hit.ts'

export const exclusionKinds = ['user_agent', 'path', 'address', 'list'] as const
export type ExclusionKind = (typeof exclusionKinds)[number]

/** The ready lists, by the kind of client that they are. */
const readyLists: Readonly<Record<string, ClientKind>> = {
  monitors: 'monitor',
  link_previews: 'link_preview',
  bots: 'bot',
}
export const readyListNames: readonly string[] = Object.keys(readyLists)

/** What matches: a part of the user agent, a prefix of the path, a CIDR range, or the name of a ready list. */
export interface ExclusionPattern {
  readonly kind: ExclusionKind
  readonly pattern: string
}

/** An exclusion that is not ended. */
export interface LiveExclusion extends ExclusionPattern {
  readonly id: number
  readonly status: 'observed' | 'applied'
}

/** `excludedBy`: the oldest applied exclusion, for which the hit is not counted. `observedBy`: of a hit that counts. */
export interface ExclusionMatch {
  readonly excludedBy: number | null
  readonly observedBy: readonly number[]
}

export type MatchHit = (hit: Hit) => ExclusionMatch

type Test = (hit: Hit) => boolean

const nothing: ExclusionMatch = { excludedBy: null, observedBy: [] }

/** Makes one function of all live exclusions. A pattern that makes no sense matches nothing. */
export function compileExclusions(exclusions: readonly LiveExclusion[]): MatchHit {
  const kindOf = createClientKinds()
  const compile = ({ id, ...pattern }: LiveExclusion) => ({ id, test: compilePattern(pattern, kindOf) })
  const sorted = exclusions.toSorted((a, b) => a.id - b.id)
  const applied = sorted.filter(({ status }) => status === 'applied').map(compile)
  const observed = sorted.filter(({ status }) => status === 'observed').map(compile)
  if (sorted.length === 0) return () => nothing
  return (hit) => {
    const excludedBy = applied.find(({ test }) => test(hit))?.id ?? null
    if (excludedBy !== null) return { excludedBy, observedBy: [] }
    const observedBy = observed.filter(({ test }) => test(hit)).map(({ id }) => id)
    return observedBy.length === 0 ? nothing : { excludedBy, observedBy }
  }
}

function compilePattern({ kind, pattern }: ExclusionPattern, kindOf: (userAgent: string | null) => ClientKind): Test {
  switch (kind) {
    case 'user_agent': {
      const part = pattern.toLowerCase()
      return ({ userAgent }) => userAgent?.toLowerCase().includes(part) === true
    }
    case 'path':
      return ({ path }) => path?.startsWith(pattern) === true
    case 'address': {
      const range = parseRange(pattern)
      if (range === null) return () => false
      const list = new BlockList()
      list.addSubnet(range.address, range.bits, range.family)
      return ({ address }) => address !== null && isInside(list, address)
    }
    case 'list': {
      const wanted = readyLists[pattern]
      return ({ userAgent }) => wanted !== undefined && kindOf(userAgent) === wanted
    }
  }
}

interface AddressRange {
  readonly address: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

/** An address, or a range of them as RFC 4632 and RFC 4291 write it; null for anything else. */
export function parseRange(text: string): AddressRange | null {
  const [, address = '', bitsText] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const version = isIP(address)
  if (version === 0) return null
  const width = version === 4 ? 32 : 128
  const bits = bitsText === undefined ? width : Number(bitsText)
  return bits > width ? null : { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** IPv4 addresses may come in the clothes of IPv6 (`::ffff:192.0.2.1`). */
function isInside(list: BlockList, text: string): boolean {
  const address = text.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

/** The exclusions that are in force, read anew by `refresh`; before the first reading nothing is excluded. */
export function createExclusions(sql: Database) {
  let match: MatchHit = compileExclusions([])
  return {
    match: (hit: Hit): ExclusionMatch => match(hit),
    async refresh(): Promise<void> {
      match = compileExclusions(
        await sql<LiveExclusion[]>`
          select x.id, x.kind, x.pattern, x.status from vigie.exclusion x where x.status <> 'ended' order by x.id`,
      )
    },
  }
}
