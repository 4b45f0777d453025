/** What a probe through Traefik got. */
export interface ProbeAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Its beginning. */
  readonly body: string
}

/** Why a hostname is not served yet; null: the project answers. */
export type ProbeVerdict = { readonly code: ProbeCode; readonly message: string } | null
export type ProbeCode = 'BLOCKED_PAGE' | 'NOT_ROUTED' | 'BAD_GATEWAY' | 'UNAVAILABLE' | 'NO_CONNECTION'

/**
 * Tells Traefik's own answers and the blocked page from the project's: a project may answer 404 and 503 itself. Traefik's
 * are plain text of a few words.
 */
export function judgeProbe({ status, headers, body }: ProbeAnswer): ProbeVerdict {
  const text = body.trim()
  if ((status === 503 || status === 410) && hasGatewayHeaders(headers)) {
    return { code: 'BLOCKED_PAGE', message: 'The blocked page still answers.' }
  }
  if (status === 404 && text === '404 page not found') {
    return { code: 'NOT_ROUTED', message: 'Traefik has no router for it (404).' }
  }
  if (status === 502 && /^(bad gateway)?$/i.test(text)) {
    return { code: 'BAD_GATEWAY', message: 'Traefik does not reach its container (502).' }
  }
  if (status === 503 && /^(no available server|service unavailable)?$/i.test(text)) {
    return { code: 'UNAVAILABLE', message: 'Traefik has no container to ask (503).' }
  }
  return null
}

/** What the gateway says of a hostname that it does not block. */
export const nothingHereText = 'Nothing is here.\n'

/** Whether the gateway answered, of a hostname that nobody has. */
export function isGatewayAnswer({ status, headers, body }: ProbeAnswer): boolean {
  return status === 404 && hasGatewayHeaders(headers) && body === nothingHereText
}

function hasGatewayHeaders(headers: ProbeAnswer['headers']): boolean {
  const isNoIndex = String(headers['x-robots-tag'] ?? '').includes('noindex')
  return isNoIndex && String(headers['cache-control'] ?? '').includes('no-store')
}
