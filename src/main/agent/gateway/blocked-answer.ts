import type { Instant } from '../../../core/instant.ts'
import { cleanLine, escapeHtml } from '../../../core/mail/templates/clean-text.ts'
import { formatInstant } from '../../../core/mail/templates/format-instant.ts'
import type { BlockedProject } from '../../../core/queries/blocked-project.ts'
import type { Answer, Html } from './answer.ts'
import type { Language } from './negotiate.ts'
import { gatewayHeaders, layOutPage, paragraph, section } from './page.ts'
import { type Words, words } from './words.ts'

/** Why visitors get a page of Vigie's instead of the project's. */
export type BlockedKind = 'inactive' | 'permanently_disabled' | 'waking'

export interface BlockedFacts {
  readonly kind: BlockedKind
  readonly hostname: string
  /** Null: only the status is known, since the database is away. */
  readonly project: BlockedProject | null
}

export interface BlockedLook {
  readonly language: Language
  readonly isPage: boolean
  /** The platform's web app; null: it is not configured. */
  readonly platformUrl: string | null
}

/** RFC 9110: 503 for what comes back, 410 for what does not; Retry-After in seconds. */
const answers = {
  inactive: { status: 503, title: 'Service Unavailable', code: 'PROJECT_INACTIVE', retryAfter: '3600', symbol: 'moon' },
  permanently_disabled: {
    status: 410,
    title: 'Gone',
    code: 'PROJECT_PERMANENTLY_DISABLED',
    retryAfter: null,
    symbol: 'barred',
  },
  waking: { status: 503, title: 'Service Unavailable', code: 'PROJECT_WAKING', retryAfter: '5', symbol: 'sun' },
} as const satisfies Record<BlockedKind, object>

/** The blocked page: HTML for people, problem+json (RFC 9457) for programs. Pure. */
export function answerBlocked(facts: BlockedFacts, look: BlockedLook): Answer {
  const { status, retryAfter, symbol } = answers[facts.kind]
  const headers = {
    Vary: 'Accept, Accept-Language',
    ...(retryAfter !== null && { 'Retry-After': retryAfter }),
  }
  if (!look.isPage) return describeProblem(facts, look, headers)
  const { language } = look
  const said = words[language]
  const heading = said[facts.kind].heading(nameOf(facts, said))
  return layOutPage({ language, status, symbol, heading, content: contentOf(facts, look, said), headers })
}

function contentOf({ kind, hostname, project }: BlockedFacts, look: BlockedLook, said: Words): Html {
  const since = project?.deactivatedAt ?? null
  const time = (instant: Instant) => timeElement(instant, look.language, project?.zone ?? 'UTC')
  const paragraphs: Html[] = []
  if (kind === 'waking') paragraphs.push(paragraph(said.waking.what))
  else {
    const { what, since: sinceWords } = said[kind]
    paragraphs.push(`<p>${escapeHtml(what)}${since === null ? '' : ` ${fill(sinceWords, time(since))}`}</p>\n`)
  }
  if (kind === 'inactive') {
    const { ownerTitle, owner, until, visitorTitle, visitor } = said.inactive
    const deadline = project?.disabledFrom ?? null
    const rest = deadline === null ? '' : ` ${fill(until, time(deadline))}`
    paragraphs.push(section(ownerTitle, `${escapeHtml(owner)}${rest}${platformLink(look, said)}`))
    paragraphs.push(section(visitorTitle, escapeHtml(visitor)))
  }
  if (kind === 'permanently_disabled') {
    const { ownerTitle, owner } = said.permanently_disabled
    paragraphs.push(section(ownerTitle, `${escapeHtml(owner)}${platformLink(look, said)}`))
  }
  paragraphs.push(`<p class="hostname">${escapeHtml(hostname)}</p>`)
  return paragraphs.join('')
}

function platformLink({ platformUrl }: BlockedLook, said: Words): Html {
  return platformUrl === null ? '' : ` <a href="${escapeHtml(`${platformUrl}/`)}">${escapeHtml(said.platform)}</a>`
}

/** Words around a time that is HTML already. */
function fill(text: (time: string) => string, time: Html): Html {
  const mark = '\0'
  return escapeHtml(text(mark)).replace(mark, () => time)
}

/** To the minute for the eye, exact for programs. */
export function timeElement(instant: Instant, language: Language, zone: string): Html {
  return `<time datetime="${escapeHtml(instant)}">${escapeHtml(formatInstant(instant, language, zone))}</time>`
}

function nameOf({ project }: BlockedFacts, said: Words): string {
  return (project && cleanLine(project.name)) || said.unnamed
}

function describeProblem(facts: BlockedFacts, look: BlockedLook, headers: Answer['headers']): Answer {
  const { kind, hostname, project } = facts
  const { status, title, code } = answers[kind]
  const said = words[look.language]
  const since = kind === 'waking' ? null : (project?.deactivatedAt ?? null)
  const until = kind === 'inactive' ? (project?.disabledFrom ?? null) : null
  const problem = {
    type: 'about:blank',
    title,
    status,
    detail: `${said[kind].heading(nameOf(facts, said))}. ${said[kind].what}`,
    code,
    hostname,
    ...(since !== null && { since }),
    ...(until !== null && { until }),
  }
  return {
    status,
    headers: {
      ...gatewayHeaders,
      'Content-Type': 'application/problem+json',
      'Content-Language': look.language,
      ...headers,
    },
    body: `${JSON.stringify(problem)}\n`,
  }
}
