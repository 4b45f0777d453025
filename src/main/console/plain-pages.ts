import { createHash } from 'node:crypto'
import { inertContentPolicy, securityHeaders } from '../page/security-headers.ts'

/** An answer that needs no file of the renderer's. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One sentence as plain text. */
export function plainSentence(status: number, sentence: string): PlainAnswer {
  return answer(status, 'text/plain; charset=utf-8', inertContentPolicy, `${sentence}\n`)
}

/** For a browser without a session. */
export function entryNeededPage(): PlainAnswer {
  return page(
    401,
    '',
    `<h1>This console needs the address printed at its start.</h1>
<p>Open the address that stands where it was started. Each start has a new one.</p>`,
  )
}

/**
 * Gives the cookie and goes on to the console, leaving the key behind. A page that moves on by itself rather than a
 * redirect: after a click in another site's page (a mail, a chat) a browser withholds a strict same-site cookie through
 * all redirects, but not when our own page asks for the next one.
 */
export function entryPage(setCookie: string): PlainAnswer {
  const { status, headers, body } = page(
    200,
    '<meta http-equiv="refresh" content="0;url=/">',
    '<p><a href="/">Open the console</a></p>',
  )
  return { status, headers: { ...headers, 'Set-Cookie': setCookie }, body }
}

const style =
  'body { font: 15px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1rem } h1 { font-size: 1.2rem }'

const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function page(status: number, head: string, content: string): PlainAnswer {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
${head}<title>Vigie</title><style>${style}</style>
</head>
<body>
${content}
</body>
</html>
`
  return answer(status, 'text/html; charset=utf-8', pagePolicy, html)
}

function answer(status: number, contentType: string, contentPolicy: string, body: string): PlainAnswer {
  const headers = {
    ...securityHeaders,
    'Content-Type': contentType,
    'Content-Security-Policy': contentPolicy,
    'Cache-Control': 'no-store',
  }
  return { status, headers, body }
}
