import { once } from 'node:events'
import { appendFile, readdir, readFile } from 'node:fs/promises'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { readLikeTraefik } from '../../../../core/routing/testing/traefik-double.ts'
import { portOf } from './port-of.ts'

export interface TraefikDoubleOptions {
  readonly folder: string
  /** Whether it takes up what is in the folder. */
  readonly isWatching?: boolean
  /** Its access log, JSON; without it there is none. */
  readonly logFile?: string
  /** What it writes of a request beside the rest. */
  readonly logFields?: (request: IncomingMessage) => object
}

/** A double of Traefik: reads its file provider's folder at each request, and proxies by the Host header. */
export async function startTraefikDouble(options: TraefikDoubleOptions) {
  const { folder, isWatching = true, logFile } = options
  const logFields = options.logFields ?? (({ headers }) => ({ 'request_User-Agent': headers['user-agent'] }))
  const log = async (request: IncomingMessage, router: string | undefined) => {
    if (logFile === undefined) return
    const line = {
      RequestHost: request.headers.host,
      StartUTC: new Date().toISOString(),
      Duration: 1_000_000,
      ...(router !== undefined && { RouterName: `${router}@file` }),
      ...logFields(request),
    }
    await appendFile(logFile, `${JSON.stringify(line)}\n`)
  }
  const server = createServer((request, response) => {
    const answer = async () => {
      const route = isWatching ? await findRoute(folder, request.headers.host ?? '') : undefined
      await log(request, route?.router)
      if (route === undefined) response.writeHead(404).end('404 page not found\n')
      else proxy(route.url, request, response)
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function findRoute(folder: string, hostname: string) {
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('.yml'))) {
    const { http } = readLikeTraefik(name, await readFile(path.join(folder, name), 'utf8'))
    for (const [router, { rule, service }] of Object.entries(http.routers)) {
      const url = http.services?.[service]?.loadBalancer.servers[0]?.url
      if (rule === `Host(\`${hostname}\`)` && url !== undefined) return { router, url }
    }
  }
  return undefined
}

function proxy(url: string, request: IncomingMessage, response: ServerResponse): void {
  const upstream = ask(new URL(request.url ?? '/', url), { headers: request.headers, agent: false })
  upstream.on('error', () => response.writeHead(502).end('Bad Gateway'))
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  upstream.end()
}
