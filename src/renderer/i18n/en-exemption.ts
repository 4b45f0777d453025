import { english } from './counting.ts'

const { count, number } = english

/** Whom sweeps leave alone, until when, and what happens then. */
export const enExemption = {
  title: 'Exemption',
  tag: 'Exempt',
  tagUntil: (day: string) => `Exempt until ${day}`,
  tagTitle: (when: string, utc: string) => `Exempt until ${when}\n${utc}`,
  tagForGood: 'Exempt for good',
  none: 'Not exempt: sweeps treat it by the rules.',
  ofProject: 'This project is exempt',
  ofTeam: (team: string) => `Its team ${team} is exempt with all its projects`,
  until: (when: string) => `until ${when}`,
  forGood: 'for good',
  by: (actor: string, when: string) => `by ${actor}, ${when}`,
  exempt: 'Exempt',
  change: 'Change exemption',
  end: 'End exemption',
  endTitle: 'End the exemption before its time?',
  endDoes: 'From the next sweep on the rules apply again. The clock went on meanwhile and does not start again.',
  form: 'Exempt from sweeps',
  whom: 'Whom',
  thisProject: 'This project',
  itsTeam: (team: string) => `Its team with all projects: ${team}`,
  howLong: 'How long',
  forDays: (days: number) => `For ${count(days, 'day', 'days')}`,
  toDay: 'Until a day…',
  lastDay: 'Last day',
  dayHint: (when: string) => `To the end of that day in UTC: ${when} here.`,
  dayMissing: 'Choose the last day.',
  dayOver: 'That day is over. Choose today or a later one.',
  dayTooFar: 'Choose a day before the year 2200, or “For good”.',
  reason: 'Reason',
  reasonPlaceholder: 'Why is it left alone? It is kept on the timeline.',
  reasonMissing: 'Say in a few words why.',
  working: 'Saving…',
  keep: 'Cancel',
  replaces: (end: string) => `This replaces the exemption ${end}; both stay on record.`,
  readOnly: 'It can’t be changed here: the database is read-only.',
  deleted: 'It was deleted on the platform: there is nothing to exempt.',
  dueAtEnd: {
    deactivate: (when: string) =>
      `Its clock goes on meanwhile. Its time has been over since ${when}, so the first sweep after the exemption puts it to sleep.`,
    disable: (when: string) =>
      `Its clock goes on meanwhile. Its time has been over since ${when}, so the first sweep after the exemption disables it permanently.`,
  },
  overBefore: {
    deactivate: (when: string) =>
      `Its clock goes on meanwhile. Without a visit its time is over on ${when}, so the first sweep after the exemption puts it to sleep.`,
    disable: (when: string) =>
      `Its clock goes on meanwhile. Without a visit its time is over on ${when}, so the first sweep after the exemption disables it permanently.`,
  },
  dueLater: {
    deactivate: (when: string) =>
      `The exemption is over before its time: without a visit a sweep from ${when} on puts it to sleep.`,
    disable: (when: string) =>
      `The exemption is over before its time: without a visit a sweep from ${when} on disables it permanently.`,
  },
  endless: 'Sweeps leave it alone until somebody ends that.',
  needless: 'It would be left alone anyway as it is; the exemption matters once that changes.',
  teamEnd: (due: number, projects: number) =>
    due === 0
      ? `None of ${count(projects, 'project', 'projects')} is due when it ends, if nothing happens until then.`
      : `If nothing happens until then, ${number(due)} of ${count(projects, 'project', 'projects')} fall to the first sweep after it.`,
  soon: 'Exemptions that end soon',
  soonNone: 'No exemption ends within 14 days.',
  soonDue: 'then the next sweep takes it',
  soonTeamDue: (due: number, projects: number) => `then the next sweep takes ${number(due)} of ${number(projects)}`,
  soonNotDue: 'not due then',
  team: 'team',
  more: (rest: number) => `Show ${number(rest)} more`,
  wasUntil: (when: string) => `until ${when}`,
  wasForGood: 'for good',
  teamsOwn: 'the whole team',
  replaced: (end: string) => `replaces one ${end}`,
}
