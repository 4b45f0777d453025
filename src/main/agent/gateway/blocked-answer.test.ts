import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlockedProject } from '../../../core/queries/blocked-project.ts'
import { answerBlocked, type BlockedFacts, type BlockedKind, type BlockedLook } from './blocked-answer.ts'

const project: BlockedProject = {
  name: 'Owl',
  status: 'inactive',
  deactivatedAt: '2026-03-22T02:00:00.123456Z',
  disabledFrom: '2026-03-29T02:00:00.123456Z',
  isWaking: false,
  zone: 'Europe/Paris',
}
const asleep: BlockedFacts = { kind: 'inactive', hostname: 'owl.example', project }
const page: BlockedLook = { language: 'en', isPage: true, platformUrl: 'https://app.example' }
const kinds: BlockedKind[] = ['inactive', 'permanently_disabled', 'waking']
const every = kinds.flatMap((kind) => (['en', 'fr'] as const).map((language) => ({ kind, language })))

describe('the blocked page', () => {
  it.each([
    ['inactive', 503, '3600'],
    ['permanently_disabled', 410, undefined],
    ['waking', 503, '5'],
  ] as const)('of a project that is %s is a %d that nobody keeps', (kind, status, retryAfter) => {
    for (const isPage of [true, false]) {
      const answer = answerBlocked({ ...asleep, kind }, { ...page, isPage })
      expect(answer.status).toBe(status)
      expect(answer.headers['Retry-After']).toBe(retryAfter)
      expect(answer.headers).toMatchObject({
        'Cache-Control': 'no-store',
        'X-Robots-Tag': 'noindex',
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Accept, Accept-Language',
      })
    }
  })

  it('says what happened, since when to the minute and for programs exactly, and until when it can be undone', () => {
    const { body } = answerBlocked(asleep, page)
    expect(body).toContain('<h1>Owl is asleep</h1>')
    expect(body).toContain('<time datetime="2026-03-22T02:00:00.123456Z">Sunday 22 March 2026 at 02:00 UTC (Sunday')
    expect(body).toContain('<time datetime="2026-03-29T02:00:00.123456Z">Sunday 29 March 2026 at 02:00 UTC (Sunday')
    expect(body).toContain('<a href="https://app.example/">')
    expect(body).toContain('owl.example')
  })

  it('says the same to programs, in fields (RFC 9457)', () => {
    const { headers, body } = answerBlocked(asleep, { ...page, isPage: false })
    expect(headers['Content-Type']).toBe('application/problem+json')
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: expect.stringContaining('Owl is asleep. '),
      code: 'PROJECT_INACTIVE',
      hostname: 'owl.example',
      since: project.deactivatedAt,
      until: project.disabledFrom,
    })
  })

  it('gives no deadline where there is none, and no date that it does not know', () => {
    const exempt = answerBlocked({ ...asleep, project: { ...project, disabledFrom: null } }, page)
    expect(exempt.body.match(/<time/g)).toHaveLength(1)
    const unknown = answerBlocked({ ...asleep, project: null }, page)
    expect(unknown.body).not.toContain('<time')
    expect(unknown.body).toContain('<h1>This site is asleep</h1>')
  })

  it.each(every)('$kind in $language: whole, small, in one file and without a script', ({ kind, language }) => {
    const { body, headers } = answerBlocked({ ...asleep, kind }, { ...page, language })
    expect(Buffer.byteLength(body)).toBeLessThan(20_000)
    expect(body).toContain(`<html lang="${language}">`)
    expect(body).not.toMatch(/\{\{|undefined|null|NaN|\[object|<(script|img|link|iframe)|url\(|src=|\0/i)
    expect(body).toContain('prefers-color-scheme: dark')
    expect(headers['Content-Security-Policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
  })
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 150 }),
  fc.string({
    unit: fc.constantFrom(
      '<script>',
      '</title>',
      '"',
      "'",
      '&',
      '{{content}}',
      '$&',
      '$1',
      '\0',
      '\r\n',
      '\u202e',
      'é',
      '🦉',
      '\ud800',
    ),
    maxLength: 60,
  }),
)

describe('whatever a project is called', () => {
  it('the page has exactly the tags of the template, and stays small', () => {
    const tagsOf = (body: string) => body.match(/<[^>]*>/g)
    const look = fc.constantFrom(...every)
    fc.assert(
      fc.property(hostile, look, (name, { kind, language }) => {
        const facts = { ...asleep, kind }
        const { body } = answerBlocked({ ...facts, project: { ...project, name } }, { ...page, language })
        expect(tagsOf(body)).toEqual(tagsOf(answerBlocked(facts, { ...page, language }).body))
        expect(Buffer.byteLength(body)).toBeLessThan(20_000)
      }),
    )
  })

  it('it is shown as it is written', () => {
    const { body } = answerBlocked({ ...asleep, project: { ...project, name: `<b>$& {{content}} 'x'` } }, page)
    expect(body).toContain('&lt;b&gt;$&amp; {{content}} &#39;x&#39; is asleep')
  })

  it('the answer to programs is JSON', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const { body } = answerBlocked({ ...asleep, project: { ...project, name } }, { ...page, isPage: false })
        expect(JSON.parse(body).code).toBe('PROJECT_INACTIVE')
      }),
    )
  })
})
