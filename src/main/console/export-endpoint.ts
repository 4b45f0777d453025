import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { VigieError } from '../../core/errors.ts'
import { exportFileName } from '../exports.ts'
import { inertContentPolicy, securityHeaders } from '../page/security-headers.ts'
import { exportRequest } from '../rpc/exports.ts'
import type { RpcApp } from '../rpc/trpc.ts'
import { plainSentence } from './plain-pages.ts'

/** Beneath it an address whose parameter `request` is an export, as JSON. */
export const exportPath = '/export'

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const

/**
 * Streams an export as a download; nothing is read faster than the browser takes it. One that fails or is cancelled in
 * the middle is broken off, so that the browser does not keep it as a whole one.
 */
export async function answerExport(app: RpcApp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const wanted = readRequest(request.url ?? '')
  if (wanted === null) return refuse(response, 400, 'This export makes no sense here.')
  const closing = new AbortController()
  response.on('close', () => closing.abort())
  try {
    await app.checkDatabase()
    await app.exports.run(
      wanted,
      async (text, signal) => {
        if (!response.headersSent) {
          response.writeHead(200, {
            ...securityHeaders,
            'Content-Type': contentTypes[wanted.format],
            'Content-Disposition': `attachment; filename="${exportFileName(wanted, new Date())}"`,
            'Content-Security-Policy': inertContentPolicy,
            'Cache-Control': 'no-store',
          })
        }
        if (!response.write(text)) await once(response, 'drain', { signal })
      },
      closing.signal,
    )
    response.end()
  } catch (error) {
    if (closing.signal.aborted) return
    if (!(error instanceof VigieError)) app.log.error({ err: error }, 'An export failed.')
    if (response.headersSent) response.destroy()
    else
      refuse(response, 503, error instanceof VigieError ? error.message : 'The export failed. The log has the details.')
  }
}

function readRequest(url: string) {
  const text = new URL(url, 'http://console.invalid').searchParams.get('request') ?? ''
  try {
    const { success, data } = exportRequest.safeParse(JSON.parse(text))
    return success ? data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  const answer = plainSentence(status, sentence)
  response.writeHead(answer.status, { ...answer.headers }).end(answer.body)
}
