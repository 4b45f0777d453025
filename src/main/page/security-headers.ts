/** What every answer carries, whether a file, a page or data. Never a CORS header: nobody else's page may read these. */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** A file that is no page can do nothing when it is opened as one; an image keeps the styles it is drawn with. */
export const inertContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** The policy of a page whose inline styles carry this nonce. Scripts come from files of our own alone. */
export function pageContentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
