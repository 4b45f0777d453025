import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planBlockedFiles } from './blocked-files.ts'
import { asideFileName, blockedFileCount, platformFileName, sortNames } from './file-names.ts'
import { formatPlatformFile, platformFile } from './platform-file.ts'
import type { EdgeSettings, RoutedDomain, RoutedProject } from './routed-project.ts'
import { routedProject } from './testing/routed-projects.ts'
import { readLikeTraefik } from './testing/traefik-double.ts'

const settings: EdgeSettings = {
  deployDomain: 'apps.example',
  urlScheme: 'https',
  gatewayUrl: 'http://127.0.0.1:9465',
  reservedHostnames: ['platform.example'],
}

const domain = (some: Partial<RoutedDomain>): RoutedDomain => ({
  id: 7,
  hostname: 'www.shop.example',
  type: 'route',
  environmentId: 'prod',
  isActive: false,
  isElsewhere: false,
  ...some,
})

const asleep = routedProject({
  projectId: 'aa11',
  status: 'inactive',
  deploymentPrefixes: ['d0d0d0d'],
  domains: [domain({}), domain({ id: 8, hostname: 'shop.example', type: '301' })],
})

it('leads all four kinds of hostname to the blocked page', () => {
  const { contents, hostnames } = planBlockedFiles([asleep], settings)
  expect([...contents]).toEqual([
    [
      'vigie-blocked-57.yml',
      `# Written by Vigie: the hostnames of sleeping projects. Changes are overwritten.
{"http": {"services": {"vigie-blocked-57":{"loadBalancer":{"servers":[{"url":"http://127.0.0.1:9465"}]}}}, "routers": {
"vigie-alias-1": {"rule":"Host(\`shop.apps.example\`)","service":"vigie-blocked-57","priority":1000000,"entryPoints":["web","websecure"],"tls":{"certResolver":"le"}},
"vigie-deployment-d0d0d0d-aa11": {"rule":"Host(\`shop-id-d0d0d0d.apps.example\`)","service":"vigie-blocked-57","priority":1000000,"entryPoints":["web","websecure"],"tls":{"certResolver":"le"}},
"vigie-domain-7": {"rule":"Host(\`www.shop.example\`)","service":"vigie-blocked-57","priority":1000000,"entryPoints":["web","websecure"],"tls":{"certResolver":"le"}},
"vigie-domain-8": {"rule":"Host(\`shop.example\`)","service":"vigie-blocked-57","priority":1000000,"entryPoints":["web","websecure"]}
}}}
`,
    ],
  ])
  expect(hostnames).toEqual(new Map([['aa11', 4]]))
  for (const [name, text] of contents) readLikeTraefik(name, text)
})

it('has no certificates and one entry point under http', () => {
  const { contents } = planBlockedFiles([asleep], { ...settings, urlScheme: 'http' })
  for (const [name, text] of contents) {
    for (const router of Object.values(readLikeTraefik(name, text).http.routers)) {
      expect(router).toMatchObject({ entryPoints: ['web'] })
      expect(router).not.toHaveProperty('tls')
    }
  }
})

it('changes one file when one more project is blocked, and has no file for none', () => {
  const projects = Array.from({ length: 2_000 }, (_, index) =>
    routedProject({
      projectId: index.toString(16).padStart(32, '0'),
      aliases: [{ id: index, subdomain: `p${index}`, deploymentId: 'ab', isSucceeded: true, environmentId: null }],
    }),
  )
  const before = planBlockedFiles(projects.slice(1), settings).contents
  const after = planBlockedFiles(projects.toReversed(), settings).contents
  expect(after.size).toBe(blockedFileCount)
  expect([...after].filter(([name, text]) => before.get(name) !== text)).toHaveLength(1)
  expect(planBlockedFiles([], settings).contents.size).toBe(0)
  expect(planBlockedFiles([routedProject({ aliases: [], slug: null })], settings).contents.size).toBe(0)
})

const evil = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc
        .constantFrom(
          '{{',
          '}}',
          '`',
          '"',
          "'",
          '\n',
          '\r',
          '\t',
          '\0',
          '..',
          '/',
          '\\',
          '$',
          '#',
          ': ',
          '&a',
          '*a',
          ')',
          '||',
        )
        .chain((part) => fc.constantFrom(part, 'a', 'example', '.com', '\u202e', 'é', '😀', ' ', 'xn--', '-')),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.domain(),
)

const evilProject: fc.Arbitrary<RoutedProject> = fc.record({
  projectId: fc.oneof(evil, fc.stringMatching(/^[0-9a-f]{1,32}$/)),
  status: fc.constantFrom('inactive' as const, 'permanently_disabled' as const),
  deactivatedAt: fc.constant(null),
  slug: fc.option(evil),
  aliases: fc.uniqueArray(
    fc.record({
      id: fc.nat(),
      subdomain: evil,
      deploymentId: evil,
      isSucceeded: fc.boolean(),
      environmentId: fc.constantFrom('prod', null),
    }),
    { maxLength: 3, selector: ({ id }) => id },
  ),
  domains: fc.uniqueArray(
    fc.record({
      id: fc.nat(),
      hostname: evil,
      type: fc.constantFrom('route' as const, '301' as const, '307' as const),
      environmentId: fc.constantFrom('prod', null),
      isActive: fc.boolean(),
      isElsewhere: fc.boolean(),
    }),
    { maxLength: 3, selector: ({ id }) => id },
  ),
  deploymentPrefixes: fc.array(evil, { maxLength: 2 }),
})

it('writes files that Traefik accepts, whatever names there are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(evilProject, { maxLength: 4, selector: ({ projectId }) => projectId }), (projects) => {
      const { contents, hostnames } = planBlockedFiles(projects, settings)
      let routers = 0
      for (const [name, text] of contents) routers += Object.keys(readLikeTraefik(name, text).http.routers).length
      const counted = [...hostnames.values()].reduce((sum, count) => sum + count, 0)
      // Names of routers are unique on a platform, not in this test.
      expect(routers).toBeLessThanOrEqual(counted)
      for (const id of hostnames.keys()) expect(sortNames([platformFileName(id)]).inPlace).toEqual(new Set([id]))
    }),
  )
})

it('gives woken projects files that Traefik accepts, whatever names there are', () => {
  fc.assert(
    fc.property(evilProject, (project) => {
      const file = platformFile(project, settings)
      if (file !== null) expect(readLikeTraefik('it', formatPlatformFile(file))).toEqual(file)
    }),
  )
})

it('sorts out what is its own', () => {
  const names = [
    'acme.json',
    'project_ab.yml',
    'project_../x.yml',
    asideFileName('cd'),
    'vigie-blocked-63.yml',
    'traefik.yml',
  ]
  const left = ['vigie-blocked-1.yml.vigie-new', 'project_ab.yml.vigie-new', 'vigie-doctor.yml', 'vigie-doctor.toml']
  expect(sortNames([...names, ...left])).toEqual({
    inPlace: new Set(['ab']),
    aside: new Set(['cd']),
    blocked: new Set(['vigie-blocked-63.yml']),
    unfinished: ['project_ab.yml.vigie-new'],
    trials: ['vigie-doctor.yml'],
  })
})
