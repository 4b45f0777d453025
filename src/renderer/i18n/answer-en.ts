/** The situations in which an owner may ask; what can't be changed by anybody has an answer too. */
export type AnswerKind =
  | 'active'
  | 'activeDue'
  | 'activePaid'
  | 'activeLapsed'
  | 'activeExempt'
  | 'inactive'
  | 'inactiveDue'
  | 'asleepPaid'
  | 'asleepLapsed'
  | 'asleepExempt'
  | 'asleepUndated'
  /** Asleep, and its team has nobody who could ask for it: with a deadline, or without. */
  | 'sleepsForNobody'
  | 'asleepForNobody'
  | 'final'
  | 'paused'
  | 'deleted'
  | 'teamDeleted'

/** What an answer tells of a project; times are written already. */
export interface ToldProject {
  readonly name: string
  readonly teamName: string
  /** Its page on the platform; null: unknown. */
  readonly url: string | null
  readonly createdAt: string
  /** Null: never visited. */
  readonly lastTrafficAt: string | null
  /** Since when it is inactive or disabled; null: it is not, or nobody knows. */
  readonly asleepSince: string | null
  /** From when on the next stage may come; null: there is none. */
  readonly deadline: string | null
  /** Null: not exempt, or for good. */
  readonly exemptUntil: string | null
  readonly inactiveAfterDays: number
}

export interface Answers {
  readonly greeting: string
  readonly closing: string
  /** Paragraphs; an empty one is left out. */
  readonly states: Readonly<Record<AnswerKind, (told: ToldProject) => readonly string[]>>
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
const project = ({ name, teamName }: ToldProject) => `your project “${name}” (team “${teamName}”)`
const itsPage = ({ url }: ToldProject) => (url === null ? 'on its page on the platform' : `on its page: ${url}`)

const lastVisit = ({ lastTrafficAt, createdAt }: ToldProject) =>
  lastTrafficAt === null
    ? `It was created on ${createdAt} and has not been visited since.`
    : `Its last recorded activity was on ${lastTrafficAt}.`
const itSleeps = ({ asleepSince }: ToldProject) =>
  asleepSince === null ? 'It is asleep' : `It has been asleep since ${asleepSince}`
const rule = ({ inactiveAfterDays }: ToldProject) =>
  `On the free plan, a project that receives no request for ${days(inactiveAfterDays)} is put to sleep`
const kept =
  'Nothing is lost: code, settings, environment variables, deployments and domains are kept. Only visitors no longer reach the site; they see a page that says it is asleep.'
const wake = (told: ToldProject) =>
  `An owner or admin of the team can reactivate it at any time ${itsPage(told)}. We can also do it for you: reply to this message, from the address of your account, and say so.`
const another =
  'To be online again, please create a new project from the same repository; its domains can be added to the new project.'

/** The English answers to owners. */
export const answerEn: Answers = {
  greeting: 'Hello,',
  closing: 'Kind regards',
  states: {
    active: (told) => [
      `Thank you for your message about ${project(told)}. It is active. ${lastVisit(told)}`,
      `${rule(told)}. ${told.exemptUntil === null ? '' : `We have exempted yours from this until ${told.exemptUntil}. `}If it receives no further request, yours is put to sleep on ${told.deadline ?? ''} at the earliest. Any request to the site counts and moves this date; there is nothing else you have to do.`,
    ],
    activeDue: (told) => [
      `Thank you for your message about ${project(told)}. It is still active. ${lastVisit(told)}`,
      `${rule(told)}. For yours this time ended on ${told.deadline ?? ''}, so it may be put to sleep at any moment. A single visit to the site keeps it awake; if it does fall asleep, an owner or admin of the team can reactivate it ${itsPage(told)}.`,
    ],
    activePaid: (told) => [
      `Thank you for your message about ${project(told)}. It is active, and its team is on a paid plan.`,
      'Projects on a paid plan are never put to sleep, however rarely they are visited. There is nothing you have to do.',
    ],
    activeLapsed: (told) => [
      `Thank you for your message about ${project(told)}. It is active. The paid plan of its team was cancelled or has expired.`,
      'For the time being its projects are not put to sleep. Please renew the plan, or choose another one, in your team’s settings.',
    ],
    activeExempt: (told) => [
      `Thank you for your message about ${project(told)}. It is active. We have exempted it: it is not put to sleep, however rarely it is visited.`,
      'There is nothing you have to do.',
    ],
    inactive: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. ${rule(told)}.`,
      kept,
      wake(told),
      `${told.exemptUntil === null ? '' : `We have exempted it until ${told.exemptUntil}. `}If nobody reactivates it, it is permanently disabled on ${told.deadline ?? ''} at the earliest. That can’t be undone.`,
    ],
    inactiveDue: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. ${rule(told)}.`,
      kept,
      `Please act now: the time to reactivate it ended on ${told.deadline ?? ''}, and it may be permanently disabled at any moment. That can’t be undone.`,
      wake(told),
    ],
    asleepPaid: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. Its team is on a paid plan, so it will not be permanently disabled.`,
      kept,
      wake(told),
      'Once it is awake it is not put to sleep again while the team is on a paid plan.',
    ],
    asleepLapsed: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. The paid plan of its team was cancelled or has expired; for the time being it will not be permanently disabled.`,
      kept,
      wake(told),
    ],
    asleepExempt: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. We have exempted it, so it will not be permanently disabled.`,
      kept,
      wake(told),
    ],
    asleepUndated: (told) => [
      `Thank you for your message about ${project(told)}. It is asleep. ${rule(told)}.`,
      kept,
      wake(told),
    ],
    sleepsForNobody: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}. ${rule(told)}.`,
      'It can be reactivated by an owner or admin of its team, but none of them has an account any more. As things stand, neither you nor we can reactivate it.',
      `Once the team has an owner or admin with an account, they can reactivate it. Otherwise it is permanently disabled on ${told.deadline ?? ''} at the earliest, and that can’t be undone.`,
    ],
    asleepForNobody: (told) => [
      `Thank you for your message about ${project(told)}. ${itSleeps(told)}.`,
      'It can be reactivated by an owner or admin of its team, but none of them has an account any more. As things stand, neither you nor we can reactivate it.',
      'Once the team has an owner or admin with an account, they can reactivate it. It will not be permanently disabled by itself.',
    ],
    final: (told) => [
      `Thank you for your message about ${project(told)}. It was permanently disabled${told.asleepSince === null ? '' : ` on ${told.asleepSince}`}, as nobody had reactivated it in time while it was asleep.`,
      'We are sorry: this is final. Neither you nor we can reactivate it.',
      `Your repository is untouched, and your account and your other projects work as before. ${another}`,
    ],
    paused: (told) => [
      `Thank you for your message about ${project(told)}. It is paused. This has nothing to do with how often it is visited: paused projects are neither put to sleep nor disabled.`,
      `Whether it can be resumed is shown ${itsPage(told)}. We can’t resume it from here.`,
    ],
    deleted: (told) => [
      `Thank you for your message about ${project(told)}. It was deleted on the platform.`,
      `We are sorry: neither you nor we can bring it back. Your repository is untouched. ${another}`,
    ],
    teamDeleted: (told) => [
      `Thank you for your message about ${project(told)}. Its team was deleted, and the projects of a deleted team can’t be reactivated.`,
      `We are sorry: neither you nor we can change that. Your repository is untouched. ${another}`,
    ],
  },
}
