import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface RawRequest {
  readonly method?: string
  /** Sent as it is: nothing is normalised or encoded. */
  readonly path: string
  /** Without it, the one that a browser would send. */
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request of which a test decides every byte that matters, unlike one by fetch. */
export async function sendRaw(port: number, raw: RawRequest): Promise<RawAnswer> {
  const answer = await openRaw(port, raw)
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}

/** The same, answered as soon as the headers are there. */
export async function openRaw(port: number, raw: RawRequest): Promise<IncomingMessage> {
  const { method = 'GET', path, host = `127.0.0.1:${port}`, headers, body } = raw
  const sent = request({ host: '127.0.0.1', port, method, path, agent: false, headers: { ...headers, host } })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}
