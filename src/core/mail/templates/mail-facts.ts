import type { Instant } from '../../instant.ts'

/** The mails that Vigie writes (vigie.mail.template). */
export const mailTemplates = [
  'project-disabled',
  'project-permanently-disabled',
  'project-disabled-digest',
  'project-permanently-disabled-digest',
  'project-warning',
  'project-reactivated',
] as const
export type MailTemplate = (typeof mailTemplates)[number]

/** What a mail tells of one project. All names are those of customers: never trusted. */
export interface MailProject {
  readonly id: string
  readonly name: string
  readonly teamName: string
  readonly teamSlug: string | null
  /** When it was put to sleep, disabled or woken; of a warning: its last activity. */
  readonly actedAt: Instant
  /** From when on the next stage may come; null: there is none. */
  readonly nextStageAt: Instant | null
  /** That instant has passed when the mail is written, so that the next stage may come at any moment. */
  readonly isOverdue: boolean
  /** The recipient's own link to wake it; absent: there is none. */
  readonly wakeUrl?: string
}

/** What one mail tells. Only digests have more than one project; none has no project. */
export interface MailFacts {
  readonly template: MailTemplate
  readonly projects: readonly MailProject[]
}

export const mailLanguages = ['en', 'fr', 'both'] as const
export type MailLanguage = (typeof mailLanguages)[number]

/** What the policy and the configuration say about all mails. */
export interface MailSettings {
  readonly language: MailLanguage
  /** IANA name of the zone that is given beside UTC; one that the runtime does not know is left out. */
  readonly zone: string
  /** The threshold of the first stage, as the mails explain it. */
  readonly inactiveAfterDays: number
  /** The platform's web app, like `https://app.example`; null: not configured, and mails have no links. */
  readonly platformUrl: string | null
}

export interface RenderedMail {
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
}
