import type { RestReason } from '../../core/lifecycle.ts'
import type { DomainStatus } from '../../core/queries/project.ts'
import type { EventKind } from '../../core/queries/timeline.ts'
import { french } from './counting.ts'
import type { enProject } from './en-project.ts'

const { count, number } = french

const rest: Record<RestReason, string> = {
  paused: 'En pause sur la plateforme. Vigie ne touche jamais aux projets en pause.',
  deleted: 'Supprimé sur la plateforme. Vigie ne touche jamais aux projets supprimés.',
  final: 'Désactivé définitivement. C’est sans retour.',
  team_deleted: 'Son équipe a été supprimée. Vigie ne touche jamais aux projets des équipes supprimées.',
  paid_plan: 'Son équipe a une offre payante. Les offres payantes ne sont jamais touchées.',
  lapsed_plan:
    'L’offre payante de son équipe est résiliée ou expirée. Les offres échues sont protégées et jamais balayées.',
  exempt: 'Exempté sans limite : les balayages l’ignorent.',
  deactivation_unknown: 'Personne ne sait depuis quand il est inactif : il n’est pas désactivé de lui-même.',
}

const restShort: Record<RestReason, string> = {
  paused: 'En pause',
  deleted: 'Supprimé',
  final: 'Définitif',
  team_deleted: 'Équipe supprimée',
  paid_plan: 'Offre payante',
  lapsed_plan: 'Offre échue',
  exempt: 'Exempté',
  deactivation_unknown: 'Date inconnue',
}

const events: Record<EventKind, string> = {
  deactivated: 'Mis en sommeil',
  permanently_disabled: 'Désactivé définitivement',
  reactivated: 'Réactivé',
  reverted: 'Remis en l’état',
  changed_outside: 'Modifié hors de Vigie',
  woken_by_upgrade: 'Réveillé par une offre payante',
  warned: 'Propriétaire averti',
  exempted: 'Exempté',
  exemption_ended: 'Exemption levée',
  exemption_expired: 'Exemption échue',
  note: 'Note',
  blocked: 'Noms d’hôte bloqués',
  unblocked: 'Noms d’hôte de nouveau servis',
  hostname_left: 'Nom d’hôte laissé à un autre projet',
  containers_stopped: 'Conteneurs arrêtés',
  containers_started: 'Conteneurs démarrés',
  containers_removed: 'Conteneurs supprimés',
  container_failed: 'Conteneur non joint',
  reachable: 'Joignable',
  unreachable: 'Non joignable',
}

const containerActions: Readonly<Record<string, string>> = {
  stop: 'pas encore arrêté',
  start: 'pas encore démarré',
  remove: 'pas encore supprimé',
  clean: 'pas encore supprimé',
}

const domainStatus: Record<DomainStatus, string> = {
  pending: 'En attente',
  active: 'Actif',
  disabled: 'Désactivé',
  failed: 'En échec',
}

export const frProject: typeof enProject = {
  title: 'Projet',
  close: 'Fermer le projet',
  next: 'Ce qui arrive ensuite',
  rest,
  restShort,
  finalSince: (when) => `Il a été désactivé définitivement le ${when}. C’est sans retour.`,
  sinceTraffic: (when) => `Le dernier trafic date du ${when}.`,
  sinceReactivation: (when) => `Il a été réactivé le ${when} et n’a pas eu de trafic depuis.`,
  neverVisited: (when) => `Il a été créé le ${when} et n’a jamais été visité.`,
  becomesInactive: (days) =>
    `Dans l’offre gratuite, un projet devient inactif après ${count(days, 'jour', 'jours')} sans trafic.`,
  overInactive: (days) =>
    `Cela dépasse les ${count(days, 'jour', 'jours')} de l’offre gratuite : le prochain balayage le met en sommeil.`,
  inactiveSince: (when) => `Inactif depuis le ${when}.`,
  becomesDisabled: (days) =>
    `Si personne ne le réactive, il est désactivé définitivement ${count(days, 'jour', 'jours')} après.`,
  overDisabled: (days) =>
    `Cela dépasse ${count(days, 'jour', 'jours')} : le prochain balayage le désactive définitivement, à moins qu’on le réactive avant.`,
  extended: (time) => `L’échéance est repoussée de ${time} : personne n’observait entre-temps.`,
  exemptUntil: (when) => `Il est exempté jusqu’au ${when}.`,
  inactiveOnPaid: 'Il reste inactif jusqu’à ce qu’on le réactive.',
  toInactive: 'À mettre en sommeil dans',
  toDisabled: 'À désactiver définitivement dans',
  dueForInactive: 'À mettre en sommeil depuis',
  dueForDisabled: 'À désactiver définitivement depuis',
  atFirstSweep: (when) => `Au premier balayage à partir du ${when}`,
  facts: 'Fiche',
  team: 'Équipe',
  teamProjects: 'Ses projets',
  teamDeleted: 'supprimée',
  plan: 'Offre',
  repository: 'Dépôt',
  id: 'Identifiant',
  created: 'Création',
  lastTraffic: 'Dernier trafic',
  never: 'Jamais',
  deactivatedAt: 'Inactif depuis',
  disabledAt: 'Désactivé le',
  reactivations: 'Réactivations',
  reactivationCount: (times) => (times === 0 ? 'Aucune' : number(times)),
  people: 'Propriétaires et admins',
  roles: { owner: 'propriétaire', admin: 'admin', member: 'membre' },
  personDeleted: 'compte supprimé',
  domains: 'Domaines',
  noDomains: 'Aucun domaine propre.',
  subdomains: 'Noms d’hôte de la plateforme',
  redirect: (code) => `Redirection ${code}`,
  domainStatus,
  domainReturns: 'revient à la réactivation',
  domainTaken: 'actif sur un autre projet',
  timeline: 'Activité',
  events,
  noEvents: 'Rien ne lui est arrivé depuis que Vigie veille.',
  createdEvent: 'Créé',
  by: (actor, entry, machine) => `par ${actor}, ${entry} sur ${machine}`,
  noticedBy: (entry, machine) => `remarqué par ${entry} sur ${machine}`,
  becomes: (from, to) => `${from} → ${to}`,
  planBecomes: (from, to) => `Offre : ${from} → ${to}`,
  redated: 'La date de sa désactivation a été modifiée',
  recounted: (times) => `${count(times, 'réactivation', 'réactivations')} à ce jour`,
  clockRestarted: 'Son délai repart de zéro',
  takesBack: (runId) => `Annule le balayage ${runId}`,
  onBehalfOf: 'Au nom de',
  userNumber: (id) => `utilisateur ${id}`,
  reasons: { no_traffic: 'Sans trafic', still_inactive: 'Toujours inactif' },
  lastActivityWas: (when) => `dernière activité le ${when}`,
  domainsDisabled: (domains) => count(domains, 'domaine désactivé', 'domaines désactivés'),
  domainsRestored: (domains) => count(domains, 'domaine rétabli', 'domaines rétablis'),
  domainsLeft: (hostnames) => `laissé à un autre projet : ${hostnames}`,
  containers: (containers) => count(containers, 'conteneur', 'conteneurs'),
  containersUpAfter: (seconds) => `après ${number(seconds)} s`,
  containerProblem: (containers, action, code) => {
    if (code === 'CONTAINER_GONE')
      return count(containers, 'conteneur disparu du moteur', 'conteneurs disparus du moteur')
    if (code === 'CONTAINER_FOREIGN') {
      return count(
        containers,
        'conteneur sans les étiquettes de la plateforme : laissé tel quel',
        'conteneurs sans les étiquettes de la plateforme : laissés tels quels',
      )
    }
    const what = count(containers, 'conteneur', 'conteneurs')
    return `${what} : ${containerActions[action] ?? 'pas encore traité'} (${code}), nouvel essai prévu`
  },
  hostnamesBlocked: (hostnames) => count(hostnames, 'nom d’hôte', 'noms d’hôte'),
  reachableAfter: (hostname, seconds) => `${hostname} après ${seconds} s`,
  inRun: (runId) => `Balayage ${runId}`,
  reactivate: {
    title: 'Réactiver',
    action: 'Réactiver',
    running: 'Réactivation…',
    onBehalfOf: 'Au nom de',
    choose: 'Choisissez un propriétaire ou un admin',
    person: (name, role) => `${name} (${role})`,
    reason: 'Motif',
    reasonPlaceholder: 'Pourquoi le réveiller ? Le motif reste dans l’activité du projet.',
    reasonMissing: 'Dites en quelques mots pourquoi.',
    reasonTooLong: (max) => `${number(max)} caractères au plus.`,
    personMissing: 'Choisissez au nom de qui.',
    effectDomains: (hostnames) => `Il redevient actif et retrouve ${hostnames}.`,
    effectNoDomains: 'Il redevient actif ; aucun domaine n’a à revenir.',
    effectLeft: (hostnames) => `Mais pas ${hostnames} : un autre projet l’utilise maintenant.`,
    effectClock: (days) =>
      `Son compteur repart : sans trafic, il est remis en sommeil après ${count(days, 'jour', 'jours')}.`,
    effectNoClock: 'Avec son offre, il n’est plus mis en sommeil.',
    firstVersion: 'Il dort depuis la première version de la plateforme : tous ses domaines désactivés reviennent.',
    moreHostnames: (hostnames, more) => `${hostnames} et ${number(more)} de plus`,
    done: 'Le projet est de nouveau actif.',
    doneFor: (person) => `Au nom de ${person}.`,
    restored: (domains) =>
      domains === 0 ? 'Aucun domaine n’avait à revenir.' : `${count(domains, 'domaine rétabli', 'domaines rétablis')}.`,
    left: (hostnames) => `Laissé à un autre projet : ${hostnames}.`,
    wasFirstVersion:
      'Il dormait depuis la première version de la plateforme : tous ses domaines désactivés sont revenus.',
    notFor: {
      active: 'Il n’y a rien à réactiver.',
      permanently_disabled: 'Il ne peut pas être réactivé.',
      paused: 'Elle seule peut le reprendre.',
      deleted: 'Il ne peut pas être réactivé.',
    },
    teamDeleted: 'Il ne peut pas être réactivé : son équipe a été supprimée.',
    nobody:
      'Il ne peut pas être réactivé : son équipe n’a ni propriétaire ni admin avec un compte, au nom de qui agir.',
    readOnly: 'Il ne peut pas être réactivé ici : la base de données est en lecture seule.',
  },
}
