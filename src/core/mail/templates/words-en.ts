import type { MailTemplate } from './mail-facts.ts'
import type { Message, MessageFacts } from './message.ts'

type Project = MessageFacts['projects'][number]

const closing = 'This mail was sent automatically, because you look after this team’s projects. Times are exact.'
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
const what = { worksTitle: 'What still works', doTitle: 'What you can do', nextTitle: 'What happens next' }

const sleepWorks =
  'Everything is kept: code, settings, environment variables, deployments and domains. You can sign in and look at all ' +
  'of it. Only visitors do not reach the site; they see a page that says that it sleeps.'
const disabledWorks =
  'Your repository is untouched, your account and your other projects work as before, and you can still see this ' +
  'project’s settings and history.'
const disabledDo =
  'A permanently disabled project can’t be woken. To be online again, create a new project from the same repository.'

const digestLinks =
  'Reactivate a project with the link below its name. Each link is yours, works once, and until the time given with it. '

const wakeAction = (wakeUrl: string | null) => (wakeUrl === null ? null : { label: 'Reactivate', url: wakeUrl })

function single(project: Project, message: Omit<Message, 'language' | 'projects' | 'action' | 'closing'>): Message {
  const open = project.url === null ? null : { label: 'Open the project', url: project.url }
  const action = wakeAction(project.wakeUrl) ?? open
  return { language: 'en', projects: [], ...message, action, closing }
}

function digest(facts: MessageFacts, message: Omit<Message, 'language' | 'projects' | 'action' | 'closing'>): Message {
  const projects = facts.projects.map((project) => ({
    name: project.name,
    url: project.url,
    action: wakeAction(project.wakeUrl),
    detail: `Team ${project.teamName}. ${whenOf(project)}`,
  }))
  return { language: 'en', ...message, projects, action: null, closing }
}

function whenOf({ actedAt, nextStageAt, isOverdue }: Project): string {
  if (isOverdue) return 'It may be permanently disabled at any time now.'
  return nextStageAt === null ? `Since ${actedAt}.` : `Permanently disabled from ${nextStageAt} on.`
}

/** The English mails. */
export const wordsEn: Readonly<Record<MailTemplate, (facts: MessageFacts, first: Project) => Message>> = {
  'project-disabled': (facts, first) =>
    single(first, {
      subject: `Your project ${first.name} was put to sleep`,
      heading: `${first.name} was put to sleep`,
      opening: `Nobody visited ${first.name} (team ${first.teamName}) for ${days(facts.inactiveAfterDays)}. On the free plan such projects are put to sleep. This was on ${first.actedAt}.`,
      sections: [
        { title: what.worksTitle, text: sleepWorks },
        {
          title: what.doTitle,
          text:
            first.wakeUrl === null
              ? 'An owner or admin of the team can reactivate it on its page at any time.'
              : 'Reactivate it with the link below. It is yours, works once, and until the time given here. An owner or admin of the team can also reactivate it on its page.',
        },
        {
          title: what.nextTitle,
          text: first.isOverdue
            ? 'If nobody reactivates it, it may be permanently disabled at any time now. That can’t be undone.'
            : `If nobody reactivates it, it will be permanently disabled from ${first.nextStageAt ?? 'the next stage'} on. That can’t be undone.`,
        },
      ],
    }),
  'project-permanently-disabled': (_facts, first) =>
    single(first, {
      subject: `Your project ${first.name} was permanently disabled`,
      heading: `${first.name} was permanently disabled`,
      opening: `${first.name} (team ${first.teamName}) slept and nobody reactivated it. It was permanently disabled on ${first.actedAt}.`,
      sections: [
        { title: what.worksTitle, text: disabledWorks },
        { title: what.doTitle, text: disabledDo },
      ],
    }),
  'project-disabled-digest': (facts) =>
    digest(facts, {
      subject: `${facts.projects.length} of your projects were put to sleep`,
      heading: `${facts.projects.length} projects were put to sleep`,
      opening: `Nobody visited these projects for ${days(facts.inactiveAfterDays)}. On the free plan such projects are put to sleep.`,
      sections: [
        { title: what.worksTitle, text: sleepWorks },
        {
          title: what.doTitle,
          text: `${facts.projects.some(({ wakeUrl }) => wakeUrl !== null) ? digestLinks : ''}An owner or admin of the team can reactivate each of them on its page. Those that nobody reactivates will be permanently disabled from the time given with each on; that can’t be undone.`,
        },
      ],
    }),
  'project-permanently-disabled-digest': (facts) =>
    digest(facts, {
      subject: `${facts.projects.length} of your projects were permanently disabled`,
      heading: `${facts.projects.length} projects were permanently disabled`,
      opening: 'These projects slept and nobody reactivated them. They were permanently disabled.',
      sections: [
        { title: what.worksTitle, text: disabledWorks },
        { title: what.doTitle, text: disabledDo },
      ],
    }),
  'project-warning': (facts, first) =>
    single(first, {
      subject: `Your project ${first.name} will be put to sleep soon`,
      heading: `${first.name} will be put to sleep soon`,
      opening: `The last visit to ${first.name} (team ${first.teamName}) was on ${first.actedAt}. On the free plan, projects that nobody visits for ${days(facts.inactiveAfterDays)} are put to sleep.`,
      sections: [
        { title: what.worksTitle, text: 'Everything works as before until then.' },
        { title: what.doTitle, text: 'Nothing, if it may sleep. One visit to the site is enough to keep it awake.' },
        {
          title: what.nextTitle,
          text: first.isOverdue
            ? 'Without a visit it may be put to sleep at any time now.'
            : `Without a visit it will be put to sleep from ${first.nextStageAt ?? 'then'} on.`,
        },
      ],
    }),
  'project-reactivated': (facts, first) =>
    single(first, {
      subject: `Your project ${first.name} is active again`,
      heading: `${first.name} is active again`,
      opening: `${first.name} (team ${first.teamName}) was reactivated on ${first.actedAt}.`,
      sections: [
        {
          title: what.worksTitle,
          text: 'The site is reachable again, with the domains that were switched off meanwhile.',
        },
        {
          title: what.doTitle,
          text: `Nothing. On the free plan it will be put to sleep again when nobody visits it for ${days(facts.inactiveAfterDays)}.`,
        },
      ],
    }),
}
