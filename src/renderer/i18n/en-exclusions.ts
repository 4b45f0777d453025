import { english } from './counting.ts'

const { count, number } = english

/** Requests that do not count as visits. */
export const enExclusions = {
  title: 'Exclusions',
  hint: 'Requests that do not count as visits. A new one is only observed: it still counts, and shows what applying it would change.',
  none: 'Nothing is excluded: everything that is routed to a project counts.',
  noneHint: 'Observe one to see what your monitors or link previews amount to; nothing changes until it is applied.',
  status: { observed: 'Observed', applied: 'Applied', ended: 'Ended' },
  readyLists: {
    monitors: 'Monitors',
    link_previews: 'Link previews',
    bots: 'Bots',
  } as Readonly<Record<string, string>>,
  counted: (hits: number) => `${count(hits, 'hit', 'hits')} counted`,
  excluded: (hits: number) => `${count(hits, 'hit', 'hits')} kept apart`,
  ended: 'ended',
  add: 'Observe another…',
  addTitle: 'Observe an exclusion',
  kind: 'What',
  pattern: {
    user_agent: 'Part of the user agent',
    path: 'Beginning of the path',
    address: 'Address or range',
    list: 'List',
  },
  patternMissing: 'Say what is excluded.',
  addAction: 'Observe',
  apply: 'Apply…',
  applyTitle: 'Stop counting these hits?',
  applyAction: (projects: number | null) =>
    projects === null || projects === 0
      ? 'Stop counting'
      : `Stop counting: ${count(projects, 'project', 'projects')} may fall asleep`,
  previewNone: 'No project would newly fall asleep: each has other visits.',
  preview: (projects: number) =>
    `${count(projects, 'project has', 'projects have')} no other visits, and would newly fall asleep in time.`,
  previewSince: (when: string) => `It has been observed since ${when}; of the time before, nothing is known.`,
  previewHits: (hits: number) => count(hits, 'hit', 'hits'),
  previewMore: (more: number) => `and ${number(more)} more`,
  end: 'End…',
  endTitle: 'End this exclusion?',
  endEffect: (hits: number) =>
    hits === 0
      ? 'What it matches counts. Nothing was kept apart that would count again.'
      : `What it matches counts again, also the ${count(hits, 'hit', 'hits')} that were kept apart.`,
  endAction: 'End it',
}
