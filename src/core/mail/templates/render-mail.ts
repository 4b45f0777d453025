import { projectPageUrl } from '../../platform-page.ts'
import { cleanLine } from './clean-text.ts'
import { formatInstant } from './format-instant.ts'
import { layOutHtml, layOutText } from './layout.ts'
import type { MailFacts, MailSettings, RenderedMail } from './mail-facts.ts'
import type { Message, MessageFacts } from './message.ts'
import { wordsEn } from './words-en.ts'
import { wordsFr } from './words-fr.ts'

const words = { en: wordsEn, fr: wordsFr } as const

/**
 * A mail as it is sent: one line of subject, a plain-text and an HTML part, in the policy's language or in both (French
 * below English). Pure. Throws a RangeError when there is no project to tell of.
 */
export function renderMail(facts: MailFacts, settings: MailSettings): RenderedMail {
  const languages = settings.language === 'both' ? (['en', 'fr'] as const) : ([settings.language] as const)
  const messages = languages.map((language) => compose(facts, settings, language))
  const subject = cleanLine(messages.map((message) => message.subject).join(' / '), maxSubjectCharacters)
  return { subject, text: layOutText(messages), html: layOutHtml(messages, subject) }
}

const maxSubjectCharacters = 300

function compose(facts: MailFacts, settings: MailSettings, language: 'en' | 'fr'): Message {
  const given: MessageFacts = {
    inactiveAfterDays: settings.inactiveAfterDays,
    projects: facts.projects.map((project) => ({
      name: cleanLine(project.name) || project.id,
      teamName: cleanLine(project.teamName),
      url: projectPageUrl(project, settings.platformUrl),
      wakeUrl: project.wakeUrl ?? null,
      actedAt: formatInstant(project.actedAt, language, settings.zone),
      nextStageAt:
        project.nextStageAt === null || project.isOverdue
          ? null
          : formatInstant(project.nextStageAt, language, settings.zone),
      isOverdue: project.isOverdue,
    })),
  }
  const [first] = given.projects
  if (first === undefined) throw new RangeError('a mail tells of at least one project')
  return words[language][facts.template](given, first)
}
