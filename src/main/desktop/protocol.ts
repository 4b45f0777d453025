import type { CustomScheme } from 'electron'
import { readRendererFile } from '../page/renderer-files.ts'
import { appScheme, isOwnUrl } from './origin.ts'

/** An ordinary, secure scheme whose pages obey their content policy. Registered once, before the application is ready. */
export const privilegedScheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Answers a request to `app://vigie/…` from the renderer's folder. */
export async function answerPageRequest(rendererDir: string, request: Request): Promise<Response> {
  if (!isOwnUrl(request.url)) return new Response(null, { status: 404 })
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
  }
  const { status, headers, body } = await readRendererFile(rendererDir, new URL(request.url).pathname)
  return new Response(request.method === 'HEAD' ? null : body, { status, headers: { ...headers } })
}
