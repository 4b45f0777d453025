import http from 'node:http'
import https from 'node:https'
import type { ProbeAnswer } from '../../../core/routing/judge-probe.ts'

export interface ProbeRequest {
  /** Where Traefik listens. */
  readonly traefikUrl: string
  readonly hostname: string
  readonly userAgent: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Whether any certificate will do, since nothing is said that somebody else may not hear. */
  readonly isCertificateIgnored?: boolean
}

/** To tell Traefik's own answers by. */
const bodyBytes = 1_024

/** Asks for `/` of a hostname as a visitor would, at Traefik's address: the Host header, and under https the server name, are the hostname's. */
export function askThroughTraefik(request: ProbeRequest): Promise<ProbeAnswer> {
  const { traefikUrl, hostname, userAgent, timeoutMs, signal, isCertificateIgnored = false } = request
  const url = new URL('/', traefikUrl)
  const options = {
    headers: { Host: hostname, 'User-Agent': userAgent, Accept: '*/*' },
    agent: false as const,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }
  return new Promise((resolve, reject) => {
    const ask =
      url.protocol === 'https:'
        ? https.request(url, { ...options, servername: hostname, rejectUnauthorized: !isCertificateIgnored })
        : http.request(url, options)
    ask.on('error', reject)
    ask.on('response', (response) => {
      let body = ''
      const settle = () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
        ask.destroy()
      }
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
        if (body.length >= bodyBytes) settle()
      })
      response.on('end', settle)
      response.on('error', reject)
    })
    ask.end()
  })
}

/** Why there was no answer, as the system says it. */
export function failureCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
