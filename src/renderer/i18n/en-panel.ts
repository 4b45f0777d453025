import type { TimelineFilter } from '../../core/queries/timeline.ts'
import { english } from './counting.ts'

const { count, number } = english

const filters: Record<TimelineFilter, string> = {
  transitions: 'Status',
  mails: 'Mails',
  edge: 'Hostnames and containers',
  outside: 'Outside Vigie',
  notes: 'Notes',
}

/** Of one project: what its panel offers beside what the rule says. */
export const enPanel = {
  show: 'Show',
  everything: 'All',
  filters,
  nothingFound: 'Nothing of this kind has happened to it.',
  note: {
    label: 'Add a note',
    placeholder: 'What should the next person know?',
    action: 'Add note',
    adding: 'Adding…',
    added: 'The note was added.',
    empty: 'Write a few words first.',
    tooLong: (length: number, max: number) => `${number(length)} characters; at most ${number(max)}.`,
    left: (left: number) => `${count(left, 'character', 'characters')} left`,
    readOnly: 'Notes can’t be added here: the database is read-only.',
    takeBack: 'Take back',
    takeBackHint: 'It stays on record, struck through. This can’t be undone.',
    takenBack: 'Taken back',
    keep: 'Keep it',
  },
  copy: {
    id: 'Copy the id',
    of: (what: string) => `Copy ${what}`,
    done: 'Copied',
    refused: 'The browser refused the clipboard. Select the text and copy it with the keyboard.',
  },
  hostnamesShown: (shown: number, all: number) => `${number(shown)} of ${count(all, 'hostname', 'hostnames')}`,
  showAllHostnames: (all: number) => `Show all ${number(all)}`,
  showFewerHostnames: 'Show fewer',
  findHostname: 'Find a hostname',
  openOnPlatform: 'Open on the platform',
  notConfigured: 'No page on the platform',
  noPlatform: 'Set APP_HOSTNAME to open projects on the platform from here.',
  opensOutside: 'opens in another window',
  course: {
    lapsedSwept: 'Its paid plan has lapsed, and by the policy lapsed plans are swept like the free one.',
    blindNow: 'Nobody watches its traffic at the moment: the deadline moves on as long as that lasts.',
    held: {
      deactivate: (run: number) => `Sweep ${run} is held with this project on its list: released, it puts it to sleep.`,
      disable: (run: number) =>
        `Sweep ${run} is held with this project on its list: released, it disables it permanently.`,
    },
    heldExpired: (run: number) => `Sweep ${run}, which had it on its list, is held for too long to be released.`,
    paused: (when: string) =>
      `Sweeps have been paused since ${when}: nothing happens to it until somebody resumes them.`,
    off: 'Unattended sweeps are off: it happens only when a person runs a sweep.',
    observed: (when: string) =>
      `Unattended sweeps only observe: the one of ${when} will list it and change nothing. It happens only when a person runs a sweep.`,
    notCanary:
      'Unattended sweeps touch canary teams only, and its team is none of them: it happens only when a person runs a sweep.',
    night: (when: string) => `The first unattended sweep that takes it is due on ${when}.`,
    nightAfter: (missed: string, when: string) =>
      `It will be due just after the unattended sweep of ${missed}: the first that takes it is that of ${when}.`,
    nobody:
      'Its team has no owner or admin with an account: once asleep, it could not be reactivated on anybody’s behalf.',
  },
  answer: {
    title: 'Answer to the owner',
    language: 'Language of the answer',
    english: 'English',
    french: 'French',
    copy: 'Copy the answer',
  },
}
