import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import type { RedirectMiddleware, TraefikFile, TraefikRouter, TraefikService } from '../traefik-file.ts'
import schema from './traefik-v3-file-provider.schema.json' with { type: 'json' }

const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile<TraefikFile>(schema)

/** What Traefik would have loaded, each by name. */
export interface LoadedFiles {
  readonly routers: ReadonlyMap<string, TraefikRouter>
  readonly services: ReadonlyMap<string, TraefikService>
  readonly middlewares: ReadonlyMap<string, RedirectMiddleware>
  /** The service that a hostname leads to; null: no router has it. */
  readonly serviceOf: (hostname: string) => string | null
}

/**
 * A double of Traefik's file provider: loads every .yml, .yaml and .toml of a directory, each as a Go template and against
 * Traefik's published schema. One bad file fails the whole load, as it does there.
 */
export async function loadLikeTraefik(folder: string): Promise<LoadedFiles> {
  const routers = new Map<string, TraefikRouter>()
  const services = new Map<string, TraefikService>()
  const middlewares = new Map<string, RedirectMiddleware>()
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.(ya?ml|toml)$/.test(name)) continue
    const { http } = readLikeTraefik(name, await readFile(path.join(folder, name), 'utf8'))
    addAll(routers, http.routers, name)
    addAll(services, http.services, name)
    addAll(middlewares, http.middlewares, name)
  }
  for (const [name, { service }] of routers) {
    if (!service.includes('@') && !services.has(service)) throw new Error(`${name} leads to no service: ${service}`)
  }
  const serviceOf = (hostname: string) => findRouter(routers, hostname)?.[1].service ?? null
  return { routers, services, middlewares, serviceOf }
}

function addAll<Item>(all: Map<string, Item>, items: Readonly<Record<string, Item>> | undefined, file: string): void {
  for (const [name, item] of Object.entries(items ?? {})) {
    if (all.has(name)) throw new Error(`${file}: ${name} stands in two files`)
    all.set(name, item)
  }
}

/** One file. Throws for what Traefik refuses. */
export function readLikeTraefik(name: string, text: string): TraefikFile {
  if (text.includes('{{')) throw new Error(`${name}: a template would be executed`)
  const file: unknown = parse(text)
  refuseEmptyMaps(file, name)
  if (!validate(file)) throw new Error(`${name}: ${JSON.stringify(validate.errors)}`)
  for (const { rule } of Object.values(file.http.routers)) {
    if (!/^Host\(`[^`]+`\)$/.test(rule)) throw new Error(`${name}: not a rule for one hostname: ${rule}`)
  }
  return file
}

/** "standalone" elements without anything in them are refused by the file provider. */
function refuseEmptyMaps(value: unknown, at: string): void {
  if (value === null) throw new Error(`${at} is empty`)
  if (typeof value !== 'object') return
  const entries = Object.entries(value)
  if (entries.length === 0) throw new Error(`${at} is empty`)
  for (const [key, inner] of entries) refuseEmptyMaps(inner, `${at}.${key}`)
}

/** The router that a hostname is led by, with its name: the highest priority wins; without one it is the length of the rule. */
export function findRouter(
  routers: ReadonlyMap<string, TraefikRouter>,
  hostname: string,
): [string, TraefikRouter] | undefined {
  const matching = [...routers].filter(([, { rule }]) => rule.toLowerCase() === `host(\`${hostname}\`)`)
  const priorityOf = (router: TraefikRouter) => router.priority ?? router.rule.length
  return matching.sort(([, a], [, b]) => priorityOf(b) - priorityOf(a))[0]
}
