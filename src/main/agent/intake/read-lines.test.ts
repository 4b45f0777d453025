import { expect, it } from 'vitest'
import { planBlockedFiles } from '../../../core/routing/blocked-files.ts'
import { routedProject } from '../../../core/routing/testing/routed-projects.ts'
import { readLikeTraefik } from '../../../core/routing/testing/traefik-double.ts'
import { type OwnerMaps, readLines } from './read-lines.ts'
import { logLine } from './testing/log-writer.ts'

const owner = { projectId: 'aa11', status: 'active', hostname: 'www.owl.example' } as const
/** Everything is one project's, which is awake. */
const maps: OwnerMaps = {
  hostnames: {
    lookup: () => owner,
    resolve: async () => owner,
    refresh: async () => undefined,
    takeChange: async () => undefined,
    size: 1,
  },
  routers: { lookup: () => owner, resolve: async () => undefined, forget: () => undefined },
}

it('a visitor who got the blocked page is no hit, whenever the line is read', () => {
  const project = routedProject({
    projectId: 'aa11',
    slug: 'owl',
    aliases: [{ id: 1, subdomain: 'owl', deploymentId: 'd0d0d0d0', isSucceeded: true, environmentId: null }],
    domains: [
      { id: 7, hostname: 'www.owl.example', type: 'route', environmentId: null, isActive: false, isElsewhere: false },
      { id: 8, hostname: 'owl.example', type: '301', environmentId: null, isActive: false, isElsewhere: false },
    ],
    deploymentPrefixes: ['d0d0d0d'],
  })
  const settings = {
    deployDomain: 'apps.example',
    urlScheme: 'http',
    gatewayUrl: 'http://127.0.0.1:9465',
    reservedHostnames: [],
  } as const
  const names = [...planBlockedFiles([project], settings).contents].flatMap(([file, text]) =>
    Object.keys(readLikeTraefik(file, text).http.routers),
  )
  expect(names).toHaveLength(4)
  // Traefik names a router of several entry points after each of them, where these have settings of their own.
  for (const router of names.flatMap((name) => [`${name}@file`, `websecure-${name}@file`])) {
    const line = logLine({ hostname: 'www.owl.example', router, status: 503 }, 1)
    expect([router, readLines([line], null, maps)]).toMatchObject([router, { hits: [], unknown: 0, garbage: 0 }])
  }
})

it('whoever was led elsewhere is a hit', () => {
  for (const router of ['router-alias-1@file', 'vigie-alias-1@docker', 'vigie-other@file', null]) {
    const line = logLine({ hostname: 'www.owl.example', router }, 1)
    expect([router, readLines([line], null, maps).hits.length]).toEqual([router, 1])
  }
})
