import { expect, it } from 'vitest'
import { decideRestoration, formatPlatformFile, platformFile, saysTheSame } from './platform-file.ts'
import type { RoutedDomain } from './routed-project.ts'
import { routedProject } from './testing/routed-projects.ts'
import { readLikeTraefik } from './testing/traefik-double.ts'

const https = { deployDomain: 'apps.example', urlScheme: 'https' } as const
const http = { ...https, urlScheme: 'http' } as const

const domain = (some: Partial<RoutedDomain>): RoutedDomain => ({
  id: 7,
  hostname: 'www.shop.example',
  type: 'route',
  environmentId: 'prod',
  isActive: true,
  isElsewhere: false,
  ...some,
})

/** The text of a project's file, as Traefik would accept it. */
function write(project = routedProject(), settings: typeof https | typeof http = https): string {
  const file = platformFile(project, settings)
  if (file === null) throw new Error('there is no file')
  const text = formatPlatformFile(file)
  expect(readLikeTraefik('it', text)).toEqual(file)
  return text
}

it('routes an alias', () => {
  expect(write()).toBe(`http:
  routers:
    router-alias-1:
      rule: Host(\`shop.apps.example\`)
      service: deployment-d0d0d0d0d0@docker
      entryPoints:
      - web
      - websecure
      tls:
        certResolver: le
`)
  expect(write(routedProject(), http)).toBe(`http:
  routers:
    router-alias-1:
      rule: Host(\`shop.apps.example\`)
      service: deployment-d0d0d0d0d0@docker
      entryPoints:
      - web
`)
})

it('routes a custom domain to the deployment of its environment', () => {
  expect(write(routedProject({ domains: [domain({})] }))).toContain(`
    router-domain-7:
      rule: Host(\`www.shop.example\`)
      service: deployment-d0d0d0d0d0@docker
      entryPoints:
      - web
      - websecure
      tls:
        certResolver: le
`)
})

it.each([
  ['301', true],
  ['302', false],
  ['307', false],
  ['308', true],
] as const)('redirects a custom domain with %s', (type, permanent) => {
  const project = routedProject({ domains: [domain({ type, hostname: 'shop.example' })] })
  expect(write(project)).toBe(`http:
  routers:
    router-alias-1:
      rule: Host(\`shop.apps.example\`)
      service: deployment-d0d0d0d0d0@docker
      entryPoints:
      - web
      - websecure
      tls:
        certResolver: le
    router-redirect-7:
      rule: Host(\`shop.example\`)
      service: noop@internal
      middlewares:
      - redirect-7
      entryPoints:
      - web
      - websecure
  middlewares:
    redirect-7:
      redirectRegex:
        regex: ^https?://shop.example/(.*)
        replacement: https://shop.apps.example/$1
        permanent: ${permanent}
`)
})

it('routes only what the platform routes', () => {
  const [alias] = routedProject().aliases
  if (alias === undefined) throw new Error('there is an alias')
  expect(platformFile(routedProject({ aliases: [{ ...alias, isSucceeded: false }] }), https)).toBeNull()
  expect(platformFile(routedProject({ aliases: [], domains: [domain({})] }), https)).toBeNull()
  expect(platformFile(routedProject({ status: 'deleted' }), https)).toBeNull()
  for (const left of [
    domain({ isActive: false }),
    domain({ environmentId: null }),
    domain({ environmentId: 'other' }),
  ]) {
    expect(platformFile(routedProject({ domains: [left] }), https)).toEqual(platformFile(routedProject(), https))
  }
})

it('compares where hostnames lead, and no words of the platform’s own', () => {
  const file = platformFile(routedProject(), https)
  if (file === null) throw new Error('there is a file')
  const text = formatPlatformFile(file)
  expect(saysTheSame(`# by the platform\n${text}    \n`, file)).toBe(true)
  expect(saysTheSame(text.replace('certResolver: le', 'certResolver: other'), file)).toBe(true)
  expect(saysTheSame(text.replace('d0d0', 'd1d1'), file)).toBe(false)
  expect(saysTheSame(text.replace('router-alias-1', 'router-alias-2'), file)).toBe(false)
  for (const broken of ['', '{{ range }}', 'http: [', 'http:\n  routers: 3'])
    expect(saysTheSame(broken, file)).toBe(false)
})

it('decides how a woken project gets its file back', () => {
  const should = platformFile(routedProject(), https)
  if (should === null) throw new Error('there is a file')
  const text = formatPlatformFile(should)
  const old = text.replace('d0d0', 'd1d1')
  const inPlace = (found: string, ageMs = 60_000) => ({ text: found, ageMs })
  expect(decideRestoration(should, { inPlace: null, aside: text })).toEqual({ kind: 'bring_back' })
  expect(decideRestoration(should, { inPlace: null, aside: old })).toEqual({ kind: 'write', text })
  expect(decideRestoration(should, { inPlace: null, aside: null })).toEqual({ kind: 'write', text })
  expect(decideRestoration(should, { inPlace: inPlace(text), aside: old })).toEqual({ kind: 'keep' })
  expect(decideRestoration(should, { inPlace: inPlace(old), aside: text })).toEqual({ kind: 'bring_back' })
  expect(decideRestoration(should, { inPlace: inPlace(old, 500), aside: text })).toEqual({ kind: 'keep' })
  expect(decideRestoration(null, { inPlace: null, aside: text })).toEqual({ kind: 'nothing' })
})
