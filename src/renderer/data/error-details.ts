import type { Instant } from '../../core/instant.ts'
import type { ShownError } from './read-error.ts'

/** Where and when an error was shown. */
export interface ErrorPlace {
  /** Undefined as long as nothing answered. */
  readonly about: { readonly version: string; readonly entry: string } | undefined
  readonly at: Instant
  /** The address behind its `#`. */
  readonly hash: string
}

/**
 * What whoever mends it has to know, in English whatever the reader speaks: code, sentence, procedure, entry, version, time
 * and page. Nothing of a machine, a login or a customer: no search text, no e-mail address, nothing after a `?` of another
 * address, no password.
 */
export function describeError({ code, message, path }: ShownError, { about, at, hash }: ErrorPlace): string {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Code', code],
    ['Message', withoutSecrets(message)],
    ['Call', path],
    ['Vigie', about && `${about.version}, ${about.entry}`],
    ['Time', at],
    ['Page', withoutSearch(hash)],
  ]
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n')
}

/** A text of which nobody knows what it quotes, without what opens a door or names a person. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s"'“”<>]*/gi, '$1…')
    .replace(
      /\b([\w-]*(?:password|passwd|pwd|token|secret|api[-_]?key|key))(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|\S+)/gi,
      '$1$2…',
    )
    .replace(/\b(bearer|basic)\s+\S+/gi, '$1 …')
    .replace(/[^\s@"'“”<>(),]+@[^\s@"'“”<>(),]+/g, '…@…')
}

/** What was searched for may be a person's. Of the rest, what is written like a value of ours: ids, numbers and words. */
function withoutSearch(hash: string): string {
  const [path = '', query = ''] = hash.split('?', 2)
  if (!/^#(\/[a-z]*)*$/.test(path)) return ''
  const kept = [...new URLSearchParams(query)].filter(
    ([key, value]) => shownParams.has(key) && /^[a-zA-Z0-9_ ]{1,64}$/.test(value),
  )
  const written = new URLSearchParams(kept).toString()
  return written === '' ? path : `${path}?${written}`
}

const shownParams = new Set(
  'status plan team idle reactivated due with sort order project view job run mail'.split(' '),
)
