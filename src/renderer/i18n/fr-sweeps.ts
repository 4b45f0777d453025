import type { Stage } from '../../core/policy.ts'
import type { RunOutcome } from '../../core/queries/runs.ts'
import { french } from './counting.ts'
import type { enSweeps } from './en-sweeps.ts'

const { count, number } = french

function projects(value: number): string {
  return count(value, 'projet', 'projets')
}

const stages: Record<Stage, string> = { deactivate: 'Mettre en sommeil', disable: 'Désactiver définitivement' }

const outcomes: Record<RunOutcome, string> = {
  done: 'Terminé',
  partial: 'Terminé en partie',
  cancelled: 'Annulé',
  failed: 'Échoué',
  held: 'Retenu',
}

export const frSweeps: typeof enSweeps = {
  now: 'Ce que ferait un balayage maintenant',
  views: 'Aperçu et exécutions',
  runs: 'Exécutions',
  stages,
  toSleep: (value) => (value < 2 ? 'projet à mettre en sommeil' : 'projets à mettre en sommeil'),
  toDisable: (value) => (value < 2 ? 'projet à désactiver définitivement' : 'projets à désactiver définitivement'),
  mails: (value) => (value < 2 ? 'courriel à mettre en file' : 'courriels à mettre en file'),
  run: 'Lancer le balayage',
  nothingDue: 'Rien n’est à faire.',
  readOnly: 'La base de données est en lecture seule : aucun balayage n’est possible ici.',
  confirmTitle: 'Lancer ce balayage ?',
  confirm: (toSleep, toDisable) => {
    if (toDisable === 0) return `Mettre ${projects(toSleep)} en sommeil.`
    if (toSleep === 0) return `Désactiver définitivement ${projects(toDisable)}.`
    return `Mettre ${projects(toSleep)} en sommeil et en désactiver définitivement ${number(toDisable)}.`
  },
  confirmMails: (mails) => count(mails, 'courriel sera mis en file.', 'courriels seront mis en file.'),
  confirmDomains: 'Les domaines des projets mis en sommeil ne répondent plus jusqu’à leur réactivation.',
  confirmFinal: 'Personne ne peut réactiver ce qui est désactivé définitivement.',
  confirmTakeBack: (days) => `Le balayage entier peut être repris pendant ${count(days, 'jour', 'jours')}.`,
  confirmAction: (toSleep, toDisable) => {
    if (toDisable === 0) return `Mettre ${projects(toSleep)} en sommeil`
    if (toSleep === 0) return `Désactiver définitivement ${projects(toDisable)}`
    return `En mettre ${number(toSleep)} en sommeil, en désactiver ${number(toDisable)}`
  },
  starting: 'Lancement…',
  keep: 'Ne pas lancer',
  running: (runId) => `Le balayage ${runId} est en cours`,
  startedBy: (actor, machine) => `par ${actor} sur ${machine}`,
  doneOf: (done, total) => `${number(done)} sur ${projects(total)}`,
  progress: 'Avancement du balayage',
  cancel: 'Annuler',
  cancelling: 'Annulation après ce lot…',
  ended: (runId) => `Balayage ${runId}`,
  dismiss: 'Fermer',
  outcomes,
  unfinished: 'En cours',
  stale: 'Sans nouvelles',
  staleHint: 'Son exécutant se tait depuis deux minutes. Ce qui était validé est fait ; le reste est encore à faire.',
  summary: (toSleep, toDisable) =>
    toSleep + toDisable === 0
      ? 'Rien n’a changé.'
      : `${count(toSleep, 'projet mis en sommeil', 'projets mis en sommeil')}, ${count(toDisable, 'désactivé définitivement', 'désactivés définitivement')}.`,
  nothingYet: 'Rien n’a encore changé.',
  summaryMails: (mails) => `${count(mails, 'courriel mis en file', 'courriels mis en file')}.`,
  skipped: (value) =>
    `${count(value, 'projet laissé : il était', 'projets laissés : ils étaient')} en cours de modification. À faire encore.`,
  cancelledHint: 'Ce qui restait est encore à faire.',
  failures: (value) => count(value, 'projet n’a pas pu être traité', 'projets n’ont pas pu être traités'),
  failuresShown: (shown) => `Les ${number(shown)} premiers :`,
  project: 'Projet',
  team: 'Équipe',
  reason: 'Pourquoi',
  lastActivity: 'Dernière activité',
  inactiveSince: 'Inactif depuis',
  mailTo: 'Courriel à',
  nobody: 'personne',
  moreMail: (address, more) => `${address} +${number(more)}`,
  noTraffic: (days) => `Sans trafic depuis ${count(days, 'jour', 'jours')}`,
  stillInactive: (days) => `Inactif depuis ${count(days, 'jour', 'jours')}`,
  previewList: (stage) => `Aperçu : ${stage}`,
  nothingInStage: {
    deactivate: 'Aucun projet n’est à mettre en sommeil.',
    disable: 'Aucun projet n’est à désactiver.',
  },
  nothingInStageHint: {
    deactivate: 'Le prochain concerné figure en tête de la liste des projets par dernière activité.',
    disable: 'Les projets inactifs indiquent quand leur délai prend fin.',
  },
  toProjects: 'Vers les projets',
  nextTick: (when) => `Le prochain balayage sans surveillance est dû le ${when}.`,
  number: 'Exécution',
  started: 'Début',
  who: 'Qui',
  where: 'Où',
  duration: 'Durée',
  outcome: 'Issue',
  details: (runId) => `Détails de l’exécution ${runId}`,
  noRuns: 'Rien ne s’est encore exécuté.',
  noRunsHint: 'Un aperçu montre ce que ferait un balayage, et ne change rien.',
  toPreview: 'Vers l’aperçu',
  entries: { desktop: 'bureau', console: 'console', agent: 'agent', cli: 'ligne de commande' },
}
