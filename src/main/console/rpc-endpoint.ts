import type { IncomingMessage, ServerResponse } from 'node:http'
import { getErrorShape, TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { VigieError } from '../../core/errors.ts'
import { securityHeaders } from '../page/security-headers.ts'
import { appRouter } from '../rpc/router.ts'
import type { RpcApp } from '../rpc/trpc.ts'

export const rpcPrefix = '/trpc/'

const maxBodyBytes = 1024 * 1024

/** Answers one call, batch or subscription of the router over HTTP. A subscription lives as long as its socket. */
export async function answerRpc(
  app: RpcApp,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  setRpcHeaders(response)
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    const cause = new VigieError('BAD_REQUEST', 'This request is larger than 1 MiB.')
    return sendRpcError(response, 413, new TRPCError({ code: 'PAYLOAD_TOO_LARGE', message: cause.message, cause }))
  }
  await nodeHTTPRequestHandler({
    router: appRouter,
    createContext: () => ({ app }),
    req: request,
    res: response,
    path,
    allowBatching: true,
    maxBodySize: maxBodyBytes,
    onError({ error, path, type }) {
      // Calls log their own failures (rpc/trpc.ts); what fails in the middle of a stream, or outside of a call, does not.
      const isLogged = path !== undefined && type !== 'subscription'
      if (isLogged || error.code !== 'INTERNAL_SERVER_ERROR' || error.cause instanceof VigieError) return
      app.log.error({ path, type, err: error.cause ?? error }, 'A call of the console failed.')
    },
  })
}

/** Tells the renderer, in the shape that it reads errors in, that it has no session. */
export function refuseRpcWithoutSession(response: ServerResponse): void {
  const cause = new VigieError('UNAUTHORIZED', 'This console needs the address printed at its start.')
  setRpcHeaders(response)
  sendRpcError(response, 401, new TRPCError({ code: 'UNAUTHORIZED', message: cause.message, cause }))
}

function sendRpcError(response: ServerResponse, status: number, error: TRPCError): void {
  const shape = getErrorShape({
    config: appRouter._def._config,
    error,
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  })
  const body = JSON.stringify({ error: shape })
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
    .end(body)
}

function setRpcHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
  response.setHeader('Cache-Control', 'no-store')
}
