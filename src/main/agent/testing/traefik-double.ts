import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRouter, type LoadedFiles, loadLikeTraefik } from '../../../core/routing/testing/traefik-double.ts'
import type { TraefikRouter } from '../../../core/routing/traefik-file.ts'
import type { LoggedVisit } from '../intake/testing/log-writer.ts'

export interface TraefikDoubleOptions {
  /** Of its file provider. */
  readonly directory: string
  readonly port: number
  /** Its Docker provider: the labels of the containers that run. */
  readonly readRunningLabels: () => Promise<readonly Readonly<Record<string, string>>[]>
  /** Its access log: a line per request, once it is answered. */
  readonly writeLine: (visit: LoggedVisit) => void
}

type Labels = Readonly<Record<string, string>>

/**
 * A double of Traefik on loopback: a proxy that leads each request as the files of a directory and the labels of containers
 * say at that moment, and answers by itself in Traefik's words. Files that Traefik would refuse are kept as faults.
 */
export async function startTraefikDouble(options: TraefikDoubleOptions) {
  const { directory, port, readRunningLabels, writeLine } = options
  const faults: string[] = []

  const lead = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<string | null> => {
    const hostname = incoming.headers.host ?? ''
    const [files, containers] = await Promise.all([loadSettled(directory), readContainers(readRunningLabels)])
    const routers = new Map([
      ...[...files.routers].map(([name, router]) => [`${name}@file`, router] as const),
      ...containers.routers,
    ])
    const [name, router] = findRouter(routers, hostname) ?? []
    if (name === undefined || router === undefined) {
      say(outgoing, 404, '404 page not found')
      return null
    }
    const location = redirectionOf(files, router, `http://${hostname}${incoming.url}`)
    const target =
      files.services.get(router.service)?.loadBalancer.servers[0]?.url ?? containers.urls.get(router.service)
    if (location !== null) say(outgoing, location.status, '', { Location: location.url })
    else if (router.service === 'noop@internal') say(outgoing, 418, "I'm a teapot")
    else if (target === undefined) say(outgoing, 503, 'no available server')
    else await forward(incoming, outgoing, target)
    return name
  }
  const server = createServer((incoming, outgoing) => {
    const { host: hostname = '', 'user-agent': userAgent = '' } = incoming.headers
    const visit = { hostname, userAgent, path: incoming.url ?? '/' }
    lead(incoming, outgoing).then(
      (router) => writeLine({ ...visit, router, status: outgoing.statusCode }),
      (error: unknown) => {
        faults.push(String(error))
        say(outgoing, 500, 'Internal Server Error')
      },
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    /** What it could not load or do. */
    faults: faults as readonly string[],
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A file that went between the listing and its reading: Traefik reads all again at the next event. */
async function loadSettled(directory: string): Promise<LoadedFiles> {
  for (let left = 20; ; left -= 1) {
    try {
      return await loadLikeTraefik(directory)
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (left === 0 || !isGone) throw error
      await sleep(5)
    }
  }
}

async function readContainers(readRunningLabels: () => Promise<readonly Labels[]>) {
  const routers = new Map<string, TraefikRouter>()
  const urls = new Map<string, string>()
  for (const labels of await readRunningLabels()) {
    for (const [label, value] of Object.entries(labels)) {
      const [, router] = /^traefik\.http\.routers\.([^.]+)\.rule$/.exec(label) ?? []
      const [, service] = /^traefik\.http\.services\.([^.]+)\.loadbalancer\.server\.port$/.exec(label) ?? []
      if (service !== undefined) urls.set(`${service}@docker`, `http://127.0.0.1:${value}`)
      if (router === undefined) continue
      const priority = Number(labels[`traefik.http.routers.${router}.priority`])
      routers.set(`${router}@docker`, { rule: value, service: `${router}@docker`, entryPoints: ['web'], priority })
    }
  }
  return { routers, urls }
}

/** Where the middlewares of a router send a visitor; null: on to its service. */
function redirectionOf({ middlewares }: LoadedFiles, router: TraefikRouter, url: string) {
  for (const name of router.middlewares ?? []) {
    const redirect = middlewares.get(name)?.redirectRegex
    if (redirect === undefined) throw new Error(`there is no middleware ${name}`)
    const regex = new RegExp(redirect.regex)
    if (regex.test(url))
      return { status: redirect.permanent ? 301 : 302, url: url.replace(regex, redirect.replacement) }
  }
  return null
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string): Promise<void> {
  const url = new URL(incoming.url ?? '/', target)
  const asked = request(url, { method: incoming.method, headers: incoming.headers, agent: false })
  incoming.pipe(asked)
  try {
    const [answer] = await once(asked, 'response')
    outgoing.writeHead(answer.statusCode, answer.headers)
    answer.pipe(outgoing)
    await once(outgoing, 'close')
  } catch {
    say(outgoing, 502, 'Bad Gateway')
  }
}

function say(outgoing: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  if (outgoing.headersSent) return
  outgoing.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers })
  outgoing.end(text)
}
