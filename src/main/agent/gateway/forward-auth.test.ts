import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { HostnameOwner } from '../../../core/routing/hostname-owners.ts'
import type { Hit } from '../../../core/traffic/hit.ts'
import { createForwardAuth, type ForwardAuthOptions } from './forward-auth.ts'

const known: Readonly<Record<string, HostnameOwner | null>> = {
  'owl.example': { projectId: 'a1', status: 'active' },
  'lark.example': { projectId: 'b2', status: 'inactive' },
  'wren.example': { projectId: 'c3', status: 'permanently_disabled' },
  'paused.example': { projectId: 'd4', status: 'paused' },
  'nobody.example': null,
}
const slow: HostnameOwner = { projectId: 'e5', status: 'active' }

function setUp(resolve: ForwardAuthOptions['map']['resolve'], options: Partial<ForwardAuthOptions> = {}) {
  const hits: Hit[] = []
  const unknown = { count: 0 }
  let asked = 0
  const decide = createForwardAuth({
    map: {
      lookup: (hostname) => known[hostname],
      resolve: (hostname) => {
        asked += 1
        return resolve(hostname)
      },
    },
    hits: {
      add: (hit) => hits.push(hit) > 0,
      addUnknown: () => {
        unknown.count += 1
      },
    },
    now: () => 1_000,
    waitMs: 20,
    ...options,
  })
  const ask = async (hostname: string | undefined) =>
    (await decide({ hostname, path: '/x', address: '192.0.2.1', userAgent: 'curl/8' }))?.projectId ?? null
  return { decide, ask, hits, unknown, lookups: () => asked }
}

const never = () => new Promise<never>(() => {})

describe('forward auth', () => {
  it('lets active, paused and unknown hostnames pass, blocks those that sleep, and counts what passes to a project', async () => {
    const { ask, hits, unknown } = setUp(never)
    expect(await ask('owl.example')).toBeNull()
    expect(await ask('paused.example')).toBeNull()
    expect(await ask('lark.example')).toBe('b2')
    expect(await ask('wren.example')).toBe('c3')
    expect(await ask('nobody.example')).toBeNull()
    expect(await ask(undefined)).toBeNull()
    expect(hits.map(({ projectId, hostname, at }) => [projectId, hostname, at])).toEqual([
      ['a1', 'owl.example', 1_000],
      ['d4', 'paused.example', 1_000],
    ])
    expect(unknown.count).toBe(2)
  })

  it('decides at once where the hostname is known', () => {
    const { decide } = setUp(never)
    const asked = { path: null, address: null, userAgent: null }
    expect(decide({ ...asked, hostname: 'owl.example' })).toBeNull()
    expect(decide({ ...asked, hostname: 'lark.example' })).toEqual(known['lark.example'])
  })

  it('asks once for what it does not know', async () => {
    const { ask, hits } = setUp(async (hostname) =>
      hostname === 'new.example' ? slow : { projectId: 'f6', status: 'inactive' },
    )
    expect(await ask('new.example')).toBeNull()
    expect(await ask('asleep.example')).toBe('f6')
    expect(hits.map(({ projectId }) => projectId)).toEqual(['e5'])
  })

  it('lets pass what it can’t find out: the database is away', async () => {
    const { ask, unknown } = setUp(async () => {
      throw new Error('away')
    })
    expect(await ask('new.example')).toBeNull()
    expect(unknown.count).toBe(1)
  })

  it('lets pass what it does not find out in time, counts it when it does, and spares the next visitors the wait', async () => {
    let answer = (_owner: HostnameOwner | null) => {}
    const { ask, hits, lookups } = setUp(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    expect(await ask('new.example')).toBeNull()
    expect(await ask('other.example')).toBeNull()
    expect(lookups()).toBe(1)
    answer(slow)
    await sleep(0)
    expect(hits.map(({ projectId }) => projectId)).toEqual(['e5'])
  })

  it('has no more look-ups under way than its share', async () => {
    const { decide, lookups } = setUp(never, { maxLookups: 3, waitMs: 1 })
    const all = Array.from({ length: 10 }, (_, n) =>
      decide({ hostname: `${n}.example`, path: null, address: null, userAgent: null }),
    )
    expect(await Promise.all(all)).toEqual(all.map(() => null))
    expect(lookups()).toBe(3)
  })
})
