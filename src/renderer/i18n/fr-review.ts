import type { DueReason, GoneReason } from '../../core/sweep/review-reasons.ts'
import { french } from './counting.ts'
import type { enProgress, enReview, enWhatIf } from './en-review.ts'

const { count, number } = french

function days(value: number): string {
  return count(value, 'jour', 'jours')
}

function projects(value: number): string {
  return count(value, 'projet', 'projets')
}

const due: Record<DueReason, string> = {
  never_visited: 'Jamais visité depuis sa création',
  unvisited: 'Plus visité depuis sa dernière visite',
  unvisited_since_reactivation: 'Pas visité depuis sa réactivation',
  not_reactivated: 'Pas réactivé à temps',
  not_told: 'Pas réactivé ; son propriétaire n’a jamais été prévenu',
  asleep_outside: 'Pas réactivé ; mis en sommeil hors de Vigie',
}

const dueFor: Record<DueReason, (value: number) => string> = {
  never_visited: (value) => `Jamais visité en ${days(value)}`,
  unvisited: (value) => `Sans trafic depuis ${days(value)}`,
  unvisited_since_reactivation: (value) => `Réactivé, sans visite depuis ${days(value)}`,
  not_reactivated: (value) => `Inactif depuis ${days(value)}`,
  not_told: (value) => `Inactif depuis ${days(value)}, non prévenu`,
  asleep_outside: (value) => `Inactif depuis ${days(value)}, hors Vigie`,
}

const gone: Record<Exclude<GoneReason, 'moved_on'>, string> = {
  deleted: 'Supprimé',
  paused: 'En pause',
  reactivated: 'Réactivé',
  plan_changed: 'Protégé par son offre',
  exempted: 'Exempté',
  visited: 'Visité',
  deadline_moved: 'Son échéance a été repoussée',
}

const goneHint: Record<GoneReason, string> = {
  deleted: 'Le projet ou son équipe est supprimé.',
  moved_on: 'Il a depuis été mis en sommeil, ou désactivé définitivement.',
  paused: 'Il est en pause sur la plateforme.',
  reactivated: 'Il a été réactivé depuis.',
  plan_changed: 'L’offre de son équipe le protège maintenant.',
  exempted: 'Lui ou son équipe est exempté maintenant.',
  visited: 'Il a été visité depuis.',
  deadline_moved: 'Les règles ont changé, ou personne n’a veillé pendant un temps, qui ne compte pas.',
}

export const frReview: typeof enReview = {
  scopes: { all: 'Tous les projets concernés', new: 'Nouveaux depuis', gone: 'Sortis depuis' },
  scopesLabel: 'Par rapport au dernier balayage',
  groupLabel: 'Grouper',
  groupings: { none: 'Une liste', team: 'Par équipe', reason: 'Par raison' },
  comparedWith: {
    sweep: (when) => `Comparé au balayage du ${when}.`,
    preview: (when) => `Comparé à l’aperçu gardé le ${when}.`,
    held: (when) => `Comparé au balayage retenu le ${when}.`,
  },
  newMeans: 'Nouveau : concerné maintenant, mais pas alors.',
  goneMeans: 'Sorti : concerné alors, mais plus maintenant.',
  nothingBefore: 'Aucun balayage antérieur ne permet de comparer.',
  isNew: 'nouveau',
  isNewHint: 'Concerné maintenant, mais pas au dernier balayage',
  due,
  dueFor,
  gone,
  goneHint,
  movedOn: { deactivate: 'Mis en sommeil', disable: 'Désactivé définitivement' },
  whyGone: 'Pourquoi il est sorti',
  now: 'Maintenant',
  dueThen: { deactivate: 'Dernière activité alors', disable: 'Inactif depuis, alors' },
  projects,
  unknownTeam: 'Équipes supprimées',
  deletedProject: 'Projet supprimé',
  groupsMissing: 'Un groupe de cette adresse n’est plus dans la liste.',
  noneNew: 'Aucun projet n’est concerné qui ne l’était déjà au dernier balayage.',
  noneGone: 'Tous les projets concernés au dernier balayage le sont encore.',
}

export const frWhatIf: typeof enWhatIf = {
  title: 'Et si les seuils étaient autres ?',
  view: 'Et si…',
  lead: 'Pour voir seulement : rien n’est changé, rien n’est gardé.',
  change: 'Les règles elles-mêmes se changent à la page',
  policy: 'Règles',
  inactive: 'Mettre en sommeil après',
  disabled: 'Désactiver définitivement après',
  days: (value) => (value < 2 ? 'jour' : 'jours'),
  slider: (field) => `${field}, au curseur`,
  inForce: (value) => `Les règles disent ${days(value)}.`,
  problem: (min, max) => `Un nombre entier de ${number(min)} à ${number(max)}.`,
  reset: 'Comme les règles',
  table: 'Projets concernés maintenant, selon les règles et selon ces seuils',
  what: 'Un balayage maintenant',
  rows: {
    deactivated: 'mettrait en sommeil',
    disabled: 'désactiverait définitivement',
    mailsQueued: 'mettrait des courriels en file',
  },
  byPolicy: 'Selon les règles',
  byThese: 'Selon ces seuils',
  difference: 'Différence',
  same: 'aucune',
  counting: 'Décompte…',
  verdict: (more) =>
    more === 0
      ? 'Autant de projets seraient concernés.'
      : more > 0
        ? count(more, 'projet de plus serait concerné.', 'projets de plus seraient concernés.')
        : count(-more, 'projet de moins serait concerné.', 'projets de moins seraient concernés.'),
}

export const frProgress: typeof enProgress = {
  rate: (perSecond) => `${projects(perSecond)} par seconde`,
  left: (duration) => `encore ${duration} environ`,
  leftSoon: 'encore quelques secondes',
  measuring: 'mesure de l’allure…',
  first: 'préparation…',
  waiting: 'en attente du lot suivant…',
  ending: 'fin après ce lot',
  milestone: (percent) => `Le balayage est fait à ${number(percent)} %.`,
}
