import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml } from './clean-text.ts'
import { type MailFacts, type MailProject, type MailSettings, mailLanguages, mailTemplates } from './mail-facts.ts'
import { renderMail } from './render-mail.ts'

const settings: MailSettings = {
  language: 'both',
  zone: 'Europe/Paris',
  inactiveAfterDays: 5,
  platformUrl: 'https://app.example',
}
const project: MailProject = {
  id: 'a1',
  name: 'Owl',
  teamName: 'Birds',
  teamSlug: 'birds',
  actedAt: '2026-03-22T02:00:00.123456Z',
  nextStageAt: '2026-03-29T02:00:59.999999Z',
  isOverdue: false,
}
const disabled: MailFacts = { template: 'project-disabled', projects: [project] }
const every = mailTemplates.flatMap((template) => mailLanguages.map((language) => ({ template, language })))

describe('a mail', () => {
  it('gives the exact next stage in UTC and in the policy’s zone, also in a night of daylight saving', () => {
    const { text, html } = renderMail(disabled, { ...settings, language: 'en' })
    const next = 'Sunday 29 March 2026 at 02:00 UTC (Sunday 29 March 2026 at 04:00, Europe/Paris)'
    expect(text).toContain(next)
    expect(html).toContain(next)
  })

  it('gives it in French as well, below English', () => {
    const { subject, text } = renderMail(disabled, settings)
    expect(subject).toBe('Your project Owl was put to sleep / Votre projet Owl a été mis en veille')
    expect(text).toContain('dimanche 29 mars 2026 à 02:00 UTC (dimanche 29 mars 2026 à 04:00, Europe/Paris)')
    expect(text.indexOf('was put to sleep')).toBeLessThan(text.indexOf('a été mis en veille'))
  })

  it.each(['UTC', 'Etc/UTC', 'Nowhere/Atall'])('names UTC alone when the zone is %s', (zone) => {
    const { text } = renderMail(disabled, { ...settings, language: 'en', zone })
    expect(text).toContain('from Sunday 29 March 2026 at 02:00 UTC on.')
  })

  it('leads to the project on the platform, and has no link when that is not configured', () => {
    const name = 'a/b?c="d"'
    const linked = renderMail({ ...disabled, projects: [{ ...project, name }] }, settings)
    expect(linked.text).toContain('https://app.example/birds/projects/a%2Fb%3Fc%3D%22d%22')
    const plain = renderMail(disabled, { ...settings, platformUrl: null })
    expect(plain.html + plain.text).not.toMatch(/href|https?:/)
    const slugless = renderMail({ ...disabled, projects: [{ ...project, teamSlug: null }] }, settings)
    expect(slugless.html).toContain('href="https://app.example/"')
  })

  it('lists each project of a digest with its own time', () => {
    const later = { ...project, name: 'Lark', nextStageAt: '2026-03-30T02:05:00.000Z' }
    const facts: MailFacts = { template: 'project-disabled-digest', projects: [project, later] }
    const { subject, text, html } = renderMail(facts, { ...settings, language: 'en', zone: 'UTC' })
    expect(subject).toBe('2 of your projects were put to sleep')
    for (const part of [text, html]) {
      for (const fact of ['Owl', '29 March 2026 at 02:00', 'Lark', '30 March 2026 at 02:05'])
        expect(part).toContain(fact)
    }
  })

  it.each(['project-disabled', 'project-disabled-digest', 'project-warning'] as const)(
    '%s names no time of the next stage that has passed',
    (template) => {
      const late = { ...project, isOverdue: true }
      const projects = template.endsWith('digest') ? [late, { ...late, name: 'Lark' }] : [late]
      const { text, html } = renderMail({ template, projects }, settings)
      expect(text + html).not.toContain('29 mar')
      expect(text + html).not.toContain('29 Mar')
      expect(text).toContain('at any time now')
      expect(text).toContain('à tout moment')
    },
  )

  it('says in a digest what its links are for, if it has any', () => {
    const told = (wakeUrl?: string) =>
      renderMail(
        { template: 'project-disabled-digest', projects: [{ ...project, ...(wakeUrl && { wakeUrl }) }, project] },
        settings,
      ).text
    const words = ['with the link below its name', 'avec le lien sous son nom']
    for (const word of words) expect(told('https://vigie.example/wake/x')).toContain(word)
    for (const word of words) expect(told()).not.toContain(word)
  })

  it.each(every)('$template in $language: calm, whole, and with nothing remote', ({ template, language }) => {
    const nextStageAt =
      template.includes('permanently') || template === 'project-reactivated' ? null : project.nextStageAt
    const projects = [{ ...project, nextStageAt }, ...(template.endsWith('digest') ? [project] : [])]
    const { subject, text, html } = renderMail({ template, projects }, { ...settings, language })
    expect(subject + text).not.toMatch(/!|undefined|null|NaN|\[object/)
    expect(html.replace('<!doctype', '')).not.toMatch(
      /!|undefined|null|NaN|<(img|script|link|style|iframe)|url\(|src=/i,
    )
    expect(html).toContain('<table')
    expect(text.includes('What still works')).toBe(language !== 'fr')
    expect(text.includes('Ce qui fonctionne encore')).toBe(language !== 'en')
  })
})

/** Names as hostile as they come. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\0',
      '\u2028',
      '\u0085',
      '\u202e',
      '\u2067',
      '\ud800',
      '"',
      "'",
      '<',
      '>',
      '&',
      'é',
      '🦉',
      'ש',
      'ا',
      'Bcc: all@example.com',
      '</td>',
      '<script>',
      '" onclick="x',
      'javascript:',
      ' ',
      '=?utf-8?q?x?=',
    ),
    maxLength: 40,
  }),
)

describe('whatever a project or team is called', () => {
  const facts = fc.record({
    template: fc.constantFrom(...mailTemplates),
    projects: fc.array(
      fc
        .record({ name: hostile, teamName: hostile, teamSlug: fc.option(hostile) })
        .map((names) => ({ ...project, ...names })),
      { minLength: 1, maxLength: 5 },
    ),
  })
  const someSettings = fc.constantFrom(...mailLanguages).map((language): MailSettings => ({ ...settings, language }))

  it('the subject is one line, well formed and of bounded length', () => {
    fc.assert(
      fc.property(facts, someSettings, (given, chosen) => {
        const { subject } = renderMail(given, chosen)
        expect(subject).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect([...subject].length).toBeLessThanOrEqual(300)
        expect(subject).not.toBe('')
      }),
    )
  })

  it('the HTML has exactly the tags of the template', () => {
    const tagsOf = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"<>]*"/, 'href'))
    fc.assert(
      fc.property(facts, someSettings, (given, chosen) => {
        const tame = given.projects.map((one) => ({ ...one, name: 'x', teamName: 'y', teamSlug: one.teamSlug && 'z' }))
        const { html } = renderMail(given, chosen)
        expect(tagsOf(html)).toEqual(tagsOf(renderMail({ ...given, projects: tame }, chosen).html))
        for (const [, url] of html.matchAll(/href="([^"]*)"/g)) expect(url).toMatch(/^https:\/\/app\.example\//)
      }),
    )
  })

  it('it is shown, escaped', () => {
    const { html, text } = renderMail({ ...disabled, projects: [{ ...project, name: `<b>"it's" & 🦉` }] }, settings)
    expect(html).toContain(escapeHtml(`<b>"it's" & 🦉`))
    expect(html).not.toContain('<b>')
    expect(text).toContain(`<b>"it's" & 🦉`)
  })
})
