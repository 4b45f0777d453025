import { french } from './counting.ts'
import type { enBulk } from './en-bulk.ts'

const { count, number } = french

const obstacles: typeof enBulk.obstacles = {
  PROJECT_NOT_FOUND: (projects) => `${number(projects)} : supprimés de la plateforme entre-temps.`,
  PROJECT_DELETED: (projects) => `${number(projects)} : supprimés sur la plateforme.`,
  TEAM_DELETED: (projects) => `${number(projects)} : leur équipe a été supprimée.`,
  PROJECT_PERMANENTLY_DISABLED: (projects) => `${number(projects)} : désactivés définitivement, sans retour possible.`,
  NO_ACTIVE_OWNER: (projects) =>
    `${number(projects)} : leur équipe n’a aucun propriétaire actif au nom de qui agir. Ils sont passés.`,
}

const outcomes: typeof enBulk.outcomes = {
  refused: 'Refusés',
  skipped: 'Passés',
  failed: 'Échoués',
}

export const frBulk: typeof enBulk = {
  markProject: (name) => `Sélectionner ${name}`,
  markLoaded: 'Sélectionner ce qui est chargé',
  bar: 'Sélection et export',
  hint: 'Espace sélectionne un projet, Maj une plage.',
  marked: (projects) => count(projects, 'sélectionné', 'sélectionnés'),
  markedAll: 'Tout ce qui correspond est sélectionné',
  counting: 'Comptage…',
  markAll: (projects) => `Sélectionner les ${number(projects)} qui correspondent`,
  tooMany: (most) => `Plus de ${number(most)} correspondent : affinez les filtres pour agir sur tous.`,
  clear: 'Effacer',
  putAside: (projects) =>
    `Les filtres ont changé : ${count(projects, 'projet sélectionné est mis', 'projets sélectionnés sont mis')} de côté.`,
  putAsideAll: 'Les filtres ont changé : la sélection est mise de côté et reviendra avec eux.',
  bringBack: 'Reprendre',
  readOnly: 'La base de données est en lecture seule.',
  show: 'Afficher',
  acts: {
    reactivate: {
      open: 'Réactiver…',
      title: 'Réactivation groupée',
      running: (done, projects) => `Réactivation : ${number(done)} sur ${number(projects)}`,
      ready: (projects) => count(projects, 'projet peut être réactivé', 'projets peuvent être réactivés'),
      noneReady: 'Aucun d’eux ne peut être réactivé.',
      effect: 'Chacun est réveillé au nom du plus ancien propriétaire actif de son équipe.',
      reasonPlaceholder: 'Pourquoi les réveiller ? Gardé dans l’activité de chaque projet.',
      action: (projects) => `Réactiver ${count(projects, 'projet', 'projets')}`,
      done: 'Réactivés',
    },
    exempt: {
      open: 'Exempter…',
      title: 'Exemption groupée',
      running: (done, projects) => `Exemption : ${number(done)} sur ${number(projects)}`,
      ready: (projects) => count(projects, 'projet peut être exempté', 'projets peuvent être exemptés'),
      noneReady: 'Aucun d’eux ne peut être exempté.',
      effect: 'Les balayages laissent chacun d’eux tranquille entre-temps, quel que soit son trafic.',
      reasonPlaceholder: 'Pourquoi les laisser tranquilles ? Gardé dans l’activité de chaque projet.',
      action: (projects) => `Exempter ${count(projects, 'projet', 'projets')}`,
      done: 'Exemptés',
    },
  },
  panel: 'Action groupée',
  withOthers: (others) =>
    others === 0 ? 'Action groupée,' : `Action groupée avec ${count(others, 'autre', 'autres')},`,
  close: 'Fermer le panneau',
  exemptAlready: (projects) =>
    `${count(projects, 'd’eux est déjà exempté : cette exemption remplace la sienne', 'd’entre eux sont déjà exemptés : cette exemption remplace la leur')}.`,
  notReady: (projects) =>
    `${count(projects, 'ne peut pas l’être et reste tel quel', 'ne peuvent pas l’être et restent tels quels')}`,
  obstacles,
  notInactive: (projects, status) => `${number(projects)} : pas en sommeil (${status}).`,
  teams: (teams) => `${count(teams, 'équipe', 'équipes')} sans propriétaire actif`,
  team: (name, projects) => `${name} (${number(projects)})`,
  moreTeams: (teams) => `et ${count(teams, 'autre', 'autres')}`,
  fixed: 'Ces projets exactement ; chacun est vérifié de nouveau quand vient son tour.',
  recount: 'Recompter',
  reason: 'Motif, le même pour tous',
  reasonMissing: 'Dites en quelques mots pourquoi.',
  starting: 'Démarrage…',
  cancel: 'Annuler',
  cancelling: 'Fin après ce projet…',
  progress: 'Avancement de l’action groupée',
  doneOf: (done, projects) => `${number(done)} sur ${count(projects, 'projet', 'projets')}`,
  rate: (perSecond, left) => `${number(perSecond)} par seconde, encore ${left}`,
  goesOn: 'Elle continue si ce panneau est fermé, et s’arrête avec Vigie.',
  ended: {
    done: 'Tous ont été traités.',
    cancelled: (left) => `Annulée : ${count(left, 'projet n’a pas été atteint', 'projets n’ont pas été atteints')}.`,
    failed: (left) =>
      `Elle n’a pas pu continuer : ${count(left, 'projet n’a pas été atteint', 'projets n’ont pas été atteints')}.`,
  },
  outcomes,
  results: 'Résultats',
  resultsOf: (outcome, projects) => `${outcome} (${number(projects)})`,
  noResults: 'Aucun projet de ce genre.',
  gone: 'un projet disparu',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'Le presse-papiers n’est pas accessible ici. Exportez plutôt la liste.',
  exportAs: (format) => `Exporter en ${format}`,
  exporting: (rows) => `Export en cours, ${count(rows, 'ligne', 'lignes')} pour l’instant`,
  exported: (rows) => count(rows, 'ligne exportée', 'lignes exportées'),
  exportCancelled: 'L’export a été annulé.',
}
