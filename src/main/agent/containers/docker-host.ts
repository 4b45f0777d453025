import { VigieError } from '../../../core/errors.ts'

/** Where the container engine answers. */
export type DockerHost =
  | { readonly socketPath: string }
  | { readonly protocol: 'http'; readonly host: string; readonly port: number }

/** The engine's own, without TLS (Docker's manual, “dockerd”, daemon socket). */
const defaultPort = 2375

/**
 * Reads `DOCKER_HOST`: `unix:///path`, `tcp://host:port` or `http://host:port`. Null: it is not set. Errors: CONFIG_INVALID,
 * naming the variable and never its value.
 */
export function readDockerHost(env: Readonly<Record<string, string | undefined>>): DockerHost | null {
  const text = env.DOCKER_HOST?.trim() ?? ''
  if (text === '') return null
  const [, socketPath] = /^unix:\/\/(\/.+)$/.exec(text) ?? []
  if (socketPath !== undefined) return { socketPath }
  const httpText = text.replace(/^tcp:/, 'http:')
  const url = /^http:\/\/[^/]/.test(httpText) && URL.canParse(httpText) ? new URL(httpText) : null
  if (url === null || url.pathname !== '/' || `${url.search}${url.hash}${url.username}${url.password}` !== '') {
    throw new VigieError(
      'CONFIG_INVALID',
      'DOCKER_HOST is no address like unix:///var/run/docker.sock or tcp://127.0.0.1:2375. Correct it and start again.',
    )
  }
  // Of http, URL drops the port 80 that was written.
  const isPortGiven = /:\d+\/?$/.test(httpText)
  const port = url.port !== '' ? Number(url.port) : isPortGiven ? 80 : defaultPort
  return { protocol: 'http', host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port }
}
