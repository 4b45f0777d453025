import { french } from './counting.ts'
import type { enRuns } from './en-runs.ts'

const { count, number } = french

function projects(value: number): string {
  return count(value, 'projet', 'projets')
}

export const frRuns: typeof enRuns = {
  allJobs: 'Toutes les tâches',
  filter: 'Montrer les exécutions de',
  jobs: {
    sweep: 'Balayage',
    cleanup: 'Nettoyage des déploiements',
    counts: 'Décomptes du jour',
    pruning: 'Élagage',
    revert: 'Reprise',
  },
  preview: 'Aperçu',
  job: 'Tâche',
  tick: 'Échéance',
  byHand: 'à la main',
  counts: 'Décompte',
  swept: (toSleep, disabled, mails) =>
    `${number(toSleep)} en sommeil, ${count(disabled, 'désactivé', 'désactivés')}, ${count(mails, 'courriel', 'courriels')}`,
  wouldSweep: (toSleep, disabled) => `${number(toSleep)} à mettre en sommeil, ${number(disabled)} à désactiver`,
  tookBack: (active, inactive, left) =>
    `${count(active, 'actif', 'actifs')}, ${count(inactive, 'inactif', 'inactifs')} de nouveau, ${count(left, 'laissé', 'laissés')}`,
  nothing: 'rien',
  previewed: (toSleep, disabled) =>
    `${count(toSleep, 'projet aurait été mis en sommeil', 'projets auraient été mis en sommeil')}, ${count(disabled, 'désactivé définitivement', 'désactivés définitivement')}. Rien n’a été écrit.`,
  held: 'Un frein l’a retenu. Rien n’a été écrit.',
  reverted: (active, inactive) =>
    active + inactive === 0
      ? 'Aucun projet n’a retrouvé son état précédent.'
      : `${count(active, 'projet de nouveau actif', 'projets de nouveau actifs')}, ${count(inactive, 'de nouveau inactif', 'de nouveau inactifs')}.`,
  nothingReverted: 'Aucun projet n’a encore changé.',
  counted: 'Les projets de la veille ont été comptés par état.',
  pruned: 'Les vieux textes de courriels, listes et partitions ont été supprimés.',
  cleaned: (containers) =>
    containers === 0
      ? 'Aucun conteneur n’avait à être supprimé.'
      : `${count(containers, 'conteneur supprimé', 'conteneurs supprimés')} d’anciens déploiements.`,
  containersRemoved: (containers) => count(containers, 'conteneur supprimé', 'conteneurs supprimés'),
  notCleaned: (value) => `Conteneurs de ${projects(value)} non supprimés`,
  underWay: 'En cours.',
  notTold: (value) =>
    `${count(value, 'projet non désactivé', 'projets non désactivés')} : aucun courriel de la première étape n’a atteint quelqu’un.`,
  dueAt: (when) => `Dû à ${when}.`,
  takesBack: (runId) => `Reprend l’exécution ${runId}`,
  takenBack: 'Repris',
  noSuchRun: (runId) => `Il n’y a pas d’exécution ${runId}, ou elle n’est plus conservée.`,
  takenBackBy: (runId) => `Repris par l’exécution ${runId}`,
  releases: (runId) => `Exécute la liste de l’exécution ${runId}`,
  releasedBy: (runId) => `Sa liste a été exécutée par l’exécution ${runId}`,
  leftTitle: 'Laissés tels quels',
  leftAlone: {
    gone: (value) => count(value, 'projet supprimé depuis', 'projets supprimés depuis'),
    teamDeleted: (value) => `${projects(value)} d’une équipe supprimée`,
    revertedBefore: (value) => count(value, 'projet déjà repris', 'projets déjà repris'),
    reactivated: (value) => count(value, 'projet réactivé depuis', 'projets réactivés depuis'),
    changed: (value) => count(value, 'projet autrement modifié depuis', 'projets autrement modifiés depuis'),
    noLongerDue: (value) => count(value, 'projet qui n’est plus dû', 'projets qui ne sont plus dus'),
  },
  leftHint: 'Là où autre chose s’est passé depuis, rien n’est repris.',
  leftByReleaseHint: 'Chaque projet a été vérifié de nouveau quand la liste a été lancée.',
  showList: 'Montrer la liste',
  hideList: 'Cacher la liste',
  listGone: 'Cette liste n’est plus conservée.',
  decisions: {
    open: 'Il attend une décision, ci-dessus.',
    released: 'Lancé',
    dismissed: 'Écarté',
    superseded: 'Remplacé par un balayage plus récent',
  },
  heldAnd: { released: 'Retenu, lancé', dismissed: 'Retenu, écarté', superseded: 'Retenu, remplacé' },
  decided: (who, when) => `par ${who}, ${when}`,
  takeBack: {
    open: 'Reprendre…',
    title: (runId) => `Reprendre l’exécution ${runId} ?`,
    effect: (active, inactive) => {
      const waking = count(
        active,
        'projet mis en sommeil redevient actif',
        'projets mis en sommeil redeviennent actifs',
      )
      if (inactive === 0) return `${waking}.`
      if (active === 0) {
        return `${count(inactive, 'projet désactivé redevient inactif', 'projets désactivés redeviennent inactifs')}.`
      }
      return `${waking}, ${count(inactive, 'désactivé redevient inactif', 'désactivés redeviennent inactifs')}.`
    },
    where:
      'Seulement là où rien d’autre ne s’est passé depuis. Leurs domaines répondent à nouveau ; les courriels en file sont annulés.',
    again:
      'L’horloge reste : qui n’est toujours pas visité est de nouveau dû au prochain balayage. Mettez d’abord les balayages en pause s’il le faut.',
    reason: 'Motif',
    reasonPlaceholder: 'Ce qui n’allait pas dans ce balayage',
    reasonMissing: 'Dites en quelques mots pourquoi.',
    action: (value) => (value === null ? 'Reprendre' : `Reprendre ${projects(value)}`),
    refused: {
      not_a_sweep: 'Cette exécution n’était pas un balayage : il n’y a rien à reprendre.',
      preview: 'C’était un aperçu : il n’y a rien à reprendre.',
      held: 'Ce balayage a été retenu : il n’y a rien à reprendre.',
      running: 'Il est encore en cours. Annulez-le, ou attendez sa fin.',
      too_old: 'Il est terminé depuis trop longtemps : il ne peut plus être repris.',
      changed_nothing: 'Il n’a rien changé : il n’y a rien à reprendre.',
      nothing_left: 'Il n’en reste rien à reprendre : ses projets ont déjà été repris, ou autre chose leur est arrivé.',
    },
    running: 'Lancement…',
    keep: 'Laisser ainsi',
    tooOld: (days) => `Terminé depuis plus de ${count(days, 'jour', 'jours')} : il ne peut plus être repris.`,
    readOnly: 'La base de données est en lecture seule : rien ne peut être repris ici.',
  },
}
