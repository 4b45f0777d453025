import type { BulkOutcome } from '../../core/bulk/bulk-result.ts'
import type { BulkObstacle } from '../../core/bulk/preview-bulk.ts'
import { english } from './counting.ts'

const { count, number } = english

const obstacles: Record<Exclude<BulkObstacle, 'PROJECT_NOT_INACTIVE'>, (projects: number) => string> = {
  PROJECT_NOT_FOUND: (projects) => `${number(projects)}: deleted from the platform meanwhile.`,
  PROJECT_DELETED: (projects) => `${number(projects)}: deleted on the platform.`,
  TEAM_DELETED: (projects) => `${number(projects)}: the team was deleted.`,
  PROJECT_PERMANENTLY_DISABLED: (projects) => `${number(projects)}: permanently disabled, which is final.`,
  NO_ACTIVE_OWNER: (projects) => `${number(projects)}: the team has no active owner to act for. They are skipped.`,
}

const outcomes: Record<Exclude<BulkOutcome, 'done'>, string> = {
  refused: 'Refused',
  skipped: 'Skipped',
  failed: 'Failed',
}

export const enBulk = {
  markProject: (name: string) => `Select ${name}`,
  markLoaded: 'Select what is loaded',
  bar: 'Selection and export',
  hint: 'Space selects a project, Shift a range.',
  marked: (projects: number) => `${number(projects)} selected`,
  markedAll: 'All that match are selected',
  counting: 'Counting…',
  markAll: (projects: number) => `Select all ${number(projects)} that match`,
  tooMany: (most: number) => `More than ${number(most)} match: narrow the filters to act on all.`,
  clear: 'Clear',
  putAside: (projects: number) => `The filters changed: ${number(projects)} selected before were put aside.`,
  putAsideAll: 'The filters changed: what was selected is put aside, and returns with them.',
  bringBack: 'Bring back',
  readOnly: 'The database is read-only.',
  show: 'Show',
  acts: {
    reactivate: {
      open: 'Reactivate…',
      title: 'Bulk reactivation',
      running: (done: number, projects: number) => `Reactivating: ${number(done)} of ${number(projects)}`,
      ready: (projects: number) => `${count(projects, 'project', 'projects')} can be reactivated`,
      noneReady: 'None of them can be reactivated.',
      effect: 'Each is woken on behalf of the longest-standing active owner of its team.',
      reasonPlaceholder: 'Why are they woken? It is kept on each project’s timeline.',
      action: (projects: number) => `Reactivate ${count(projects, 'project', 'projects')}`,
      done: 'Reactivated',
    },
    exempt: {
      open: 'Exempt…',
      title: 'Bulk exemption',
      running: (done: number, projects: number) => `Exempting: ${number(done)} of ${number(projects)}`,
      ready: (projects: number) => `${count(projects, 'project', 'projects')} can be exempted`,
      noneReady: 'None of them can be exempted.',
      effect: 'Sweeps leave each of them alone meanwhile, whatever its traffic.',
      reasonPlaceholder: 'Why are they left alone? It is kept on each project’s timeline.',
      action: (projects: number) => `Exempt ${count(projects, 'project', 'projects')}`,
      done: 'Exempted',
    },
  },
  panel: 'Bulk act',
  close: 'Close the panel',
  exemptAlready: (projects: number) =>
    `${number(projects)} of them are exempt already: this takes the place of what they have.`,
  notReady: (projects: number) => `${number(projects)} can’t be, and are left as they are`,
  obstacles,
  notInactive: (projects: number, status: string) => `${number(projects)}: not asleep (${status}).`,
  teams: (teams: number) => `${count(teams, 'team', 'teams')} without an active owner`,
  team: (name: string, projects: number) => `${name} (${number(projects)})`,
  moreTeams: (teams: number) => `and ${number(teams)} more`,
  fixed: 'Exactly these projects; each is checked again when its turn comes.',
  recount: 'Count again',
  reason: 'Reason, the same for all',
  reasonMissing: 'Say in a few words why.',
  starting: 'Starting…',
  cancel: 'Cancel',
  cancelling: 'Ending after this project…',
  progress: 'Progress of the bulk act',
  doneOf: (done: number, projects: number) => `${number(done)} of ${count(projects, 'project', 'projects')}`,
  rate: (perSecond: number, left: string) => `${number(perSecond)} per second, ${left} left`,
  goesOn: 'It goes on when this panel is closed, and ends when Vigie does.',
  ended: {
    done: 'All were dealt with.',
    cancelled: (left: number) => `Cancelled: ${count(left, 'project was', 'projects were')} not reached.`,
    failed: (left: number) => `It could not go on: ${count(left, 'project was', 'projects were')} not reached.`,
  },
  outcomes,
  results: 'Results',
  resultsOf: (outcome: string, projects: number) => `${outcome} (${number(projects)})`,
  noResults: 'No project of this kind.',
  gone: 'a project that is gone',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The clipboard can’t be used here. Export the list instead.',
  exportAs: (format: string) => `Export ${format}`,
  exporting: (rows: number) => `Exporting, ${count(rows, 'row', 'rows')} so far`,
  exported: (rows: number) => `${count(rows, 'row', 'rows')} exported`,
  exportCancelled: 'The export was cancelled.',
}
