import type { IncomingMessage, ServerResponse } from 'node:http'
import { readRendererFile } from '../page/renderer-files.ts'
import type { RpcApp } from '../rpc/trpc.ts'
import { type Access, isFromElsewhere, parseLoopbackAddress } from './access.ts'
import { answerExport, exportPath } from './export-endpoint.ts'
import { entryNeededPage, entryPage, plainSentence } from './plain-pages.ts'
import { answerRpc, refuseRpcWithoutSession, rpcPrefix } from './rpc-endpoint.ts'

/** Beneath it stands a key. A path rather than a query, since shells take an unquoted `?` for a pattern. */
export const entryPrefix = '/enter/'

export interface Served {
  readonly app: RpcApp
  readonly access: Access
  readonly rendererDir: string
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/**
 * Answers one request: first whether it is for this console and from its own page, then whether the browser has a
 * session, and only then what it asks for.
 */
export async function answerRequest(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access } = served
  const path = request.url?.split('?', 1)[0] ?? ''
  const isRpc = path.startsWith(rpcPrefix)
  const isExport = path === exportPath

  const address = parseLoopbackAddress(request.headers.host)
  if (address === null) {
    const sentence = 'The console answers under 127.0.0.1, localhost and [::1] only.'
    return send(request, response, plainSentence(421, sentence))
  }
  const methods = isRpc ? ['GET', 'HEAD', 'POST'] : isExport ? ['GET'] : ['GET', 'HEAD']
  if (!methods.includes(request.method ?? '')) {
    response.setHeader('Allow', methods.join(', '))
    return send(request, response, plainSentence(405, 'The console does not know this method here.'))
  }
  if (isFromElsewhere(address, request.method, isRpc || isExport, request.headers)) {
    return send(request, response, plainSentence(403, 'The console answers to its own page only.'))
  }

  const hasSession = access.hasSession(address, request.headers.cookie)
  if (path.startsWith(entryPrefix) && (hasSession || access.acceptKey(path.slice(entryPrefix.length)))) {
    return send(request, response, entryPage(access.sessionCookie(address)))
  }
  if (isRpc) {
    if (!hasSession) return refuseRpcWithoutSession(response)
    return answerRpc(served.app, request, response, path.slice(rpcPrefix.length))
  }
  if (!hasSession) return send(request, response, entryNeededPage())
  if (isExport) return answerExport(served.app, request, response)
  return send(request, response, await readRendererFile(served.rendererDir, path))
}

/** `HEAD` gets the same headers and no content. */
function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
}
