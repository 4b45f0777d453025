/**
 * The page of an owner's link: GET and HEAD show what it would do, POST does it.
 *
 * Trigger: an owner who opens the link of a mail.
 * Guarantees: those of core/owners-link/wake.ts. Every answer says nothing of a project to whoever has no link of ours, and
 * no token stands in an answer, a log or a referrer.
 */
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { cleanLine, escapeHtml } from '../../../core/mail/templates/clean-text.ts'
import { type OwnersLink, readToken } from '../../../core/owners-link/token.ts'
import { type LinkRefusal, readLinkState, wakeByLink } from '../../../core/owners-link/wake.ts'
import { readLinkKey } from '../../../core/owners-link/write-links.ts'
import type { Answer } from './answer.ts'
import { timeElement } from './blocked-answer.ts'
import type { Language } from './negotiate.ts'
import { layOutPage, paragraph } from './page.ts'
import { type Words, words } from './words.ts'

export interface WakeRequest {
  readonly method: string
  readonly token: string
  readonly language: Language
}

/** RFC 9110: 410 for what was there once, 403 for what this link may not, 404 for what is nothing of ours. */
const statuses = {
  PROJECT_NOT_FOUND: 404,
  TEAM_DELETED: 410,
  PROJECT_PERMANENTLY_DISABLED: 410,
  PROJECT_NOT_INACTIVE: 409,
  LINK_USED: 410,
  LINK_EXPIRED: 410,
  NOT_OWNER_OR_ADMIN: 403,
} as const satisfies Record<LinkRefusal, number>

/** Makes the answers to owners' links. They never reject: while the database is away they say so. */
export function createWakeAnswers(context: Context): (request: WakeRequest) => Promise<Answer> {
  let key: Promise<Uint8Array> | undefined

  /** Read once; a failure is not kept. */
  const keyOnce = () => {
    key ??= readLinkKey(context.sql).catch((error: unknown) => {
      key = undefined
      throw error
    })
    return key
  }

  return async ({ method, token, language }) => {
    const said = words[language]
    try {
      if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
        return plainPage(language, 405, said.wake.forged, { Allow: 'GET, HEAD, POST' })
      }
      const link = readToken(await keyOnce(), token)
      if (link === null) return plainPage(language, 404, said.wake.forged)
      return method === 'POST' ? await act(context, link, language) : await ask(context, link, language)
    } catch (error) {
      context.log.error({ code: databaseErrorOf(error).code }, 'An owner’s link could not be followed.')
      return plainPage(language, 503, said.wake.away, { 'Retry-After': '60' })
    }
  }
}

async function ask({ sql }: Context, link: OwnersLink, language: Language): Promise<Answer> {
  const state = await readLinkState(sql, link)
  if (state.refusal !== null) return refuse(state.refusal, language)
  const { wake } = words[language]
  const time = (instant: string) => timeElement(instant, language, state.zone)
  const said = (text: (mark: string) => string, instant: string) =>
    escapeHtml(text('\0')).replace('\0', () => time(instant))
  return layOutPage({
    language,
    status: 200,
    symbol: 'moon',
    heading: wake.askHeading(nameOf(state.projectName, words[language])),
    content:
      `<p>${said(wake.ask, state.deactivatedAt)} ${said(wake.askUntil, state.expiresAt)}</p>\n` +
      `<form method="post"><button type="submit">${escapeHtml(wake.button)}</button></form>\n`,
    hasForm: true,
  })
}

async function act(context: Context, link: OwnersLink, language: Language): Promise<Answer> {
  const answer = await wakeByLink(context, link)
  if ('refusal' in answer) return refuse(answer.refusal, language)
  const { wake } = words[language]
  const { projectName, domainsRestored, domainsLeft } = answer
  const sentences = [
    wake.done,
    ...(domainsRestored > 0 ? [wake.domains(domainsRestored)] : []),
    ...(domainsLeft.length > 0 ? [wake.left(domainsLeft.join(', '))] : []),
  ]
  return layOutPage({
    language,
    status: 200,
    symbol: 'sun',
    heading: wake.doneHeading(nameOf(projectName, words[language])),
    content: sentences.map(paragraph).join(''),
  })
}

function refuse(refusal: LinkRefusal, language: Language): Answer {
  return plainPage(language, statuses[refusal], words[language].wake.refusals[refusal])
}

function plainPage(
  language: Language,
  status: number,
  { heading, text }: { readonly heading: string; readonly text: string },
  headers: Answer['headers'] = {},
): Answer {
  return layOutPage({ language, status, symbol: 'barred', heading, content: paragraph(text), headers })
}

function nameOf(name: string, said: Words): string {
  return cleanLine(name) || said.unnamed
}
