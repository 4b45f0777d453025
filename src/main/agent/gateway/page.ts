import { createHash } from 'node:crypto'
import template from '../../../../resources/blocked-page.html?raw'
import { cleanLine, escapeHtml } from '../../../core/mail/templates/clean-text.ts'
import { securityHeaders } from '../../page/security-headers.ts'
import type { Answer, Html } from './answer.ts'
import type { Language } from './negotiate.ts'

/** A page of the gateway's: one sheet with a symbol, a heading and a few paragraphs. */
export interface Page {
  readonly language: Language
  readonly status: number
  readonly symbol: keyof typeof symbols
  /** Plain text: it is escaped here. */
  readonly heading: string
  readonly content: Html
  /** Whether it may send a form to where it came from. */
  readonly hasForm?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

const symbol = (path: string) =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`

const symbols = {
  moon: symbol('<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>'),
  barred: symbol('<circle cx="12" cy="12" r="9"/><path d="M5.7 5.7l12.6 12.6"/>'),
  sun: symbol(
    '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4l1.4-1.4M17 7l1.4-1.4"/>',
  ),
} as const

const style = /<style>(.*)<\/style>/s.exec(template)?.[1] ?? ''
const styleHash = createHash('sha256').update(style).digest('base64')

/** Everything is in the one file: no scripts, no images, no fonts, and no frame around it. */
function contentPolicy(hasForm: boolean): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    `form-action ${hasForm ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Nobody keeps these, no search engine lists them, and an address with a token in it is told to nobody. */
export const gatewayHeaders = {
  ...securityHeaders,
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
} as const

/** Fills resources/blocked-page.html. */
export function layOutPage({ language, status, symbol, heading, content, hasForm = false, headers }: Page): Answer {
  const parts: Readonly<Record<string, Html>> = {
    title: escapeHtml(cleanLine(heading)),
    symbol: symbols[symbol],
    heading: escapeHtml(cleanLine(heading, maxHeadingCharacters)),
    content,
  }
  return {
    status,
    headers: {
      ...gatewayHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': contentPolicy(hasForm),
      ...headers,
    },
    body: template
      .replace('<html lang="en">', `<html lang="${language}">`)
      .replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => parts[name] ?? ''),
  }
}

const maxHeadingCharacters = 200

/** A paragraph of plain text. */
export function paragraph(text: string): Html {
  return `<p>${escapeHtml(text)}</p>\n`
}

/** A paragraph under a title of its own. */
export function section(title: string, content: Html): Html {
  return `<h2>${escapeHtml(title)}</h2>\n<p>${content}</p>\n`
}
