import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { inertContentPolicy, pageContentPolicy, securityHeaders } from './security-headers.ts'

export interface RendererFile {
  readonly status: 200 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Segments of plain letters. Whatever a build names otherwise (`..`, `.env`, `%2e`, `a:b`, `\`) is not there. */
const plainPath = /^(?:\/[\w-][\w.-]*)+$/

/** Vite writes a hash of the content into these names, so they never change. */
const hashedAsset = /^\/assets\/.+-[\w-]{8}\.\w+$/

/**
 * Answers the path of a URL, as it came and without its query, from the renderer's folder: for the `app://` protocol and
 * for the console alike. `/` and paths without an extension are the page itself. Anything that is not a plain file inside
 * the folder is a 404.
 */
export async function readRendererFile(rendererDir: string, urlPath: string): Promise<RendererFile> {
  const path = urlPath === '/' ? '/index.html' : urlPath
  if (!plainPath.test(path)) return notFound('There is nothing at this address.')
  const extension = extname(path)
  if (extension === '' || path === '/index.html') return readPage(rendererDir)
  const contentType = contentTypes[extension]
  const content = contentType === undefined ? null : await readInside(rendererDir, path)
  if (contentType === undefined || content === null) return notFound('There is nothing at this address.')
  return {
    status: 200,
    headers: {
      ...securityHeaders,
      'Content-Type': contentType,
      'Content-Security-Policy': inertContentPolicy,
      'Cache-Control': hashedAsset.test(path) ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
    body: content,
  }
}

/** The page with a nonce of its own, which stands in a meta element for the scripts that add styles. */
async function readPage(rendererDir: string): Promise<RendererFile> {
  const content = await readInside(rendererDir, '/index.html')
  if (content === null) return notFound('The pages are not built yet: run "npm run build".')
  const nonce = randomBytes(16).toString('base64')
  const html = new TextDecoder().decode(content)
  return {
    status: 200,
    headers: {
      ...securityHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pageContentPolicy(nonce),
      'Cache-Control': 'no-store',
    },
    body: new TextEncoder().encode(html.replace('<head>', `<head><meta name="csp-nonce" content="${nonce}">`)),
  }
}

/** Null for what is not there, is no file, or is a link that leads outside. */
async function readInside(dir: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const [root, file] = await Promise.all([realpath(dir), realpath(join(dir, path))])
    if (!file.startsWith(root + sep)) return null
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && isAbsence(error.code)) return null
    throw error
  }
}

function isAbsence(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG'
}

function notFound(sentence: string): RendererFile {
  return {
    status: 404,
    headers: {
      ...securityHeaders,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Security-Policy': inertContentPolicy,
      'Cache-Control': 'no-store',
    },
    body: new TextEncoder().encode(`${sentence}\n`),
  }
}
