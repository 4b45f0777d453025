import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface RawRequest {
  readonly path?: string
  readonly method?: string
  /** `host` included: unlike fetch, this sends whatever it is told. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string
}

/** One request to a server on 127.0.0.1, on a connection of its own. */
export async function fetchRaw(port: number, { path = '/', method = 'GET', headers = {}, body }: RawRequest = {}) {
  // Node frames no body of a GET.
  const framing = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
  const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...framing, ...headers }, agent: false })
  sent.end(body)
  const [response] = await once(sent, 'response')
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) text += chunk
  const answer: RawAnswer = { status: response.statusCode, headers: response.headers, body: text }
  return answer
}
