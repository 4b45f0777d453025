import { french } from './counting.ts'
import type { Words } from './en.ts'
import { frAgents } from './fr-agents.ts'
import { frBulk } from './fr-bulk.ts'
import { frCharts } from './fr-charts.ts'
import { frConnection } from './fr-connection.ts'
import { frErrors } from './fr-errors.ts'
import { frEverywhere } from './fr-everywhere.ts'
import { frExclusions } from './fr-exclusions.ts'
import { frExemption } from './fr-exemption.ts'
import { frHold } from './fr-hold.ts'
import { frList } from './fr-list.ts'
import { frMail } from './fr-mail.ts'
import { frPanel } from './fr-panel.ts'
import { frPolicy } from './fr-policy.ts'
import { frProject } from './fr-project.ts'
import { frProgress, frReview, frWhatIf } from './fr-review.ts'
import { frRuns } from './fr-runs.ts'
import { frSweeps } from './fr-sweeps.ts'
import { frTeam } from './fr-team.ts'
import { frTraffic } from './fr-traffic.ts'

const { count, number } = french

/** All words of the console, in French. */
export const fr: Words = {
  shell: {
    navigation: 'Principale',
    skip: 'Aller au contenu',
    overview: 'Vue d’ensemble',
    projects: 'Projets',
    sweeps: 'Balayages',
    mail: 'Courriels',
    policy: 'Règles',
    agents: 'Agents',
    team: 'Équipe',
    nowhere: 'Introuvable',
    nowhereTitle: 'Cette page n’existe pas.',
    toOverview: 'Vers la vue d’ensemble',
    broken:
      'Cette partie de Vigie n’a pas pu s’afficher. Rechargez la page ; si cela ne suffit pas, copiez les détails.',
    reload: 'Recharger la page',
    ignored: (names) => `Vigie ne connaît pas cette partie de l’adresse, et la laisse de côté : ${names}.`,
    leaveOut: 'Compris',
    version: (version) => `Vigie ${version}`,
    otherLanguage: 'English',
    database: 'Base de données',
    embedded: 'Base intégrée',
    login: (login, version) => `Connecté en tant que ${login}, PostgreSQL ${version}`,
    sample: 'Données d’exemple',
    sampleHint: 'Une plateforme inventée, pour voir. Définissez DATABASE_URL pour travailler sur une vraie.',
    readOnly: 'Lecture seule',
    readOnlyHint: 'La base n’accepte aucun changement : connectez-vous au serveur qui accepte les écritures.',
    live: 'En direct',
    liveHint: 'Les changements apparaissent au fur et à mesure.',
    connecting: 'Reconnexion',
    connectingHint: 'Les changements n’arrivent pas pour le moment ; Vigie réessaie de lui-même.',
    away: 'Pas de connexion',
  },
  state: {
    opening: 'Connexion à la base de données…',
    loading: 'Chargement…',
    refreshing: 'Actualisation…',
    waiting: 'Rien à montrer tant que la base de données ne répond pas.',
    retry: 'Réessayer',
    trying: 'Vigie réessaie toutes les 3 secondes.',
    code: 'Code',
    back: 'Retour à la liste',
    older: 'Afficher plus ancien',
    more: 'Afficher la suite',
  },
  errors: frErrors,
  status: {
    active: 'Actif',
    inactive: 'Inactif',
    permanently_disabled: 'Désactivé définitivement',
    paused: 'En pause',
    deleted: 'Supprimé',
  },
  plan: {
    free: 'Gratuit',
    paid: 'Payant',
    lapsed: 'Échu',
    none: 'Sans abonnement',
    lapsedOf: (plan) => `${plan}, échu`,
  },
  overview: {
    byStatus: 'Projets par état',
    total: (projects) => `${count(projects, 'projet', 'projets')} en tout`,
    rule: (inactiveAfterDays, disabledAfterDays) =>
      `Les projets de l’offre gratuite deviennent inactifs après ${count(inactiveAfterDays, 'jour', 'jours')} sans trafic, et sont désactivés définitivement ${count(disabledAfterDays, 'jour', 'jours')} plus tard. Les offres payantes ne sont jamais touchées.`,
    lastRun: 'Dernier balayage',
    noRun: 'Aucun balayage n’a encore eu lieu.',
    now: 'Ce que ferait un balayage maintenant',
    nothingDue: 'Rien n’est à faire. Un balayage lancé maintenant ne changerait rien.',
    lapsed: (projects) =>
      `${count(projects, 'autre projet serait concerné', 'autres projets seraient concernés')} sans une offre payante échue.`,
    openPreview: 'Ouvrir l’aperçu',
    firstToSleep: 'Les premiers mis en sommeil',
    firstToDisable: 'Les premiers désactivés définitivement',
    more: (projects) => `et ${number(projects)} de plus`,
  },
  charts: frCharts,
  team: frTeam,
  projects: {
    list: 'Projets',
    search: 'Chercher des projets',
    searchPlaceholder: 'Nom, équipe, dépôt, nom d’hôte, adresse ou identifiant',
    searchTooShort: (min) => `Au moins ${min} caractères`,
    clearSearch: 'Effacer la recherche',
    status: 'État',
    all: 'Tous',
    plan: 'Offre',
    allPlans: 'Toutes les offres',
    team: 'Équipe',
    sort: 'Tri',
    sorts: { lastActivity: 'Dernière activité', name: 'Nom', created: 'Création', deactivated: 'Inactif depuis' },
    ascending: 'Croissant',
    descending: 'Décroissant',
    name: 'Projet',
    lastActivity: 'Dernière activité',
    created: 'Création',
    deactivated: 'Inactif depuis',
    idle: 'Inactivité',
    idleDays: (days) => `${number(days)} j`,
    next: 'Ensuite',
    never: 'jamais visité',
    dueNow: 'à faire',
    total: (projects) => count(projects, 'projet', 'projets'),
    loaded: (projects) => `${count(projects, 'projet', 'projets')} pour l’instant`,
    empty: 'Aucun projet ne correspond.',
    emptyPlatform: 'Cette plateforme n’a pas encore de projet.',
    emptyPlatformHint:
      'Ils paraissent ici dès qu’une équipe en crée un. Est-ce la bonne base ? Son nom est affiché en haut.',
    showAll: 'Montrer tous les projets',
    onlyWithDate: 'Seuls les projets mis en sommeil ont cette date ; les autres ne sont pas listés.',
    keys: 'Haut et bas pour se déplacer, Entrée pour ouvrir, Échap pour fermer, / pour chercher',
  },
  list: frList,
  project: frProject,
  bulk: frBulk,
  panel: frPanel,
  traffic: frTraffic,
  sweeps: frSweeps,
  review: frReview,
  whatIf: frWhatIf,
  progress: frProgress,
  runs: frRuns,
  hold: frHold,
  mail: frMail,
  policy: frPolicy,
  agents: frAgents,
  exclusions: frExclusions,
  everywhere: frEverywhere,
  exemption: frExemption,
  connection: frConnection,
}
