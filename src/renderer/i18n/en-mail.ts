import type { MailStatus } from '../../core/mail/outbox.ts'
import type { MailTemplate } from '../../core/mail/templates/mail-facts.ts'
import { english } from './counting.ts'

const { count, number } = english

const status: Record<MailStatus, string> = {
  queued: 'Queued',
  sent: 'Sent',
  failed: 'Failed',
  dead: 'Dead',
  cancelled: 'Cancelled',
  digested: 'In a digest',
}

const statusHint: Record<MailStatus, string> = {
  queued: 'Waits to be sent',
  sent: 'Accepted by a mail server, or captured into the folder',
  failed: 'Refused for good; not tried again by itself',
  dead: 'Given up after the last attempt; not tried again by itself',
  cancelled: 'Not sent: it was no longer true, or somebody cancelled it',
  digested: 'Told by a digest, a mail about several projects',
}

const template: Record<MailTemplate, string> = {
  'project-disabled': 'Put to sleep',
  'project-permanently-disabled': 'Permanently disabled',
  'project-disabled-digest': 'Digest: put to sleep',
  'project-permanently-disabled-digest': 'Digest: permanently disabled',
  'project-warning': 'Warning before sleep',
  'project-reactivated': 'Reactivated',
}

export const enMail = {
  list: 'Mails',
  title: 'Mail',
  close: 'Close the mail',
  filter: 'Mails by status',
  all: 'All',
  status,
  statusHint,
  template,
  columns: {
    status: 'Status',
    to: 'To',
    what: 'What',
    project: 'Project',
    when: 'Queued',
    attempts: 'Attempts',
    answer: 'Last answer',
  },
  atLeast: (mails: number) => `${number(mails)}+`,
  several: 'several',
  projectGone: 'no longer there',
  empty: 'No mail has this status.',
  emptyOutbox: 'No mail was queued yet. Sweeps queue one for each project that they put to sleep or disable.',
  toPreview: 'See what the next sweep would do',
  showAll: 'Show all mails',
  keys: 'Up and down to move, Enter to open, Escape to close',
  targetServer: 'Mails go out over',
  targetFolder: 'No mail server is set: mails are captured into',
  targetHint: 'As this Vigie is configured. An agent on another machine may have other settings.',
  nobodySends: (mails: string) => `${mails} queued, and no agent sends mails at the moment. Start “vigie agent”.`,
  retryDead: (mails: string) => `Send the ${mails} dead again`,
  retryDeadHint: 'They are queued with all their attempts. What is no longer true is cancelled, not sent.',
  retriedDead: (mails: number) =>
    mails === 0 ? 'No mail was dead any more.' : `${count(mails, 'mail is', 'mails are')} queued again.`,
  number: (id: number) => `Mail ${id}`,
  outcome: 'What became of it',
  state: {
    waiting: 'It waits to be sent.',
    waitingUntil: (when: string) => `It waits to be sent, from ${when} on.`,
    putOff: (attempts: number, when: string) =>
      `It was tried ${count(attempts, 'time', 'times')} and not accepted. The next attempt is on ${when}.`,
    sending: 'It is being sent right now.',
    sent: (when: string) => `A mail server accepted it on ${when}.`,
    captured: (when: string) => `It was captured on ${when}. No mail server was given it.`,
    failed: (when: string) => `It was refused on ${when}. It is not tried again by itself.`,
    dead: (when: string, attempts: number) =>
      `It was given up on ${when}, after ${count(attempts, 'attempt', 'attempts')}. It is not tried again by itself.`,
    cancelled: (when: string) => `It was cancelled on ${when} and is not sent.`,
    digested: 'It is told by a digest and not sent on its own.',
  },
  openDigest: (id: number) => `Open the digest, mail ${id}`,
  answer: 'The last answer',
  retry: 'Send again',
  retryEffect: (address: string) =>
    `It is queued with all its attempts, and sent to ${address} as soon as a sender takes it. If it is no longer true by then, it is cancelled.`,
  tryNow: 'Try now',
  tryNowEffect: (address: string) => `It no longer waits for its next attempt: it is sent to ${address} at once.`,
  cancel: 'Cancel this mail',
  cancelEffect: (address: string) => `Then it will not be sent, nor queued again: ${address} will not be told.`,
  cancelDigestEffect: (address: string) =>
    `Then the digest and all it tells of will not be sent, nor queued again: ${address} will not be told.`,
  working: 'One moment…',
  readOnly: 'The database is read-only: nothing can be sent again or cancelled here.',
  facts: 'Facts',
  from: 'From',
  to: 'To',
  queuedAt: 'Queued on',
  endedAt: 'Ended on',
  sweep: 'Sweep',
  attempts: 'Attempts',
  asSent: 'As it was last sent',
  asItWouldBe: 'As it would be sent now',
  views: 'Show as',
  text: 'Text',
  frame: 'The mail as its recipient sees it',
  inert: 'Links don’t lead anywhere here.',
  subject: 'Subject',
  nothing: 'There is nothing to show.',
  nothingHint: {
    gone: 'What it tells of is no longer there.',
    letGo: 'The texts of mails are kept for a while only.',
  },
  timeline: 'Mails',
  inDigest: 'in a digest',
}
