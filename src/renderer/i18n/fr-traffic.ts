import { french } from './counting.ts'
import type { enTraffic } from './en-traffic.ts'

const { count, number } = french

export const frTraffic: typeof enTraffic = {
  title: 'Trafic',
  chart: 'Requêtes par jour',
  hits: (value) => count(value, 'requête', 'requêtes'),
  total: (hits, days, shown) =>
    hits === 0
      ? `Aucune requête ces ${count(shown, 'dernier jour', 'derniers jours')}.`
      : `${count(hits, 'requête', 'requêtes')} ces ${count(shown, 'dernier jour', 'derniers jours')}, sur ${number(days)} d’entre eux.`,
  most: (hits, day) => `Maximum le ${day} : ${number(hits)}.`,
  excludedToo: (hits) =>
    count(hits, 'autre a été exclue et n’a pas compté.', 'autres ont été exclues et n’ont pas compté.'),
  dayOf: (day, hits, excluded) =>
    `${day} : ${count(hits, 'requête', 'requêtes')}${excluded === 0 ? '' : `, ${count(excluded, 'exclue', 'exclues')}`}`,
  dayUnwatched: (day) => `${day} : rien n’a été compté`,
  became: {
    active: (day) => `Réveillé le ${day}`,
    inactive: (day) => `Mis en sommeil le ${day}`,
    permanently_disabled: (day) => `Désactivé définitivement le ${day}`,
  },
  excludedDays: 'Jours avec des requêtes exclues',
  watchedSince: (when) => `Les requêtes sont comptées depuis le ${when}.`,
  neverWatched: 'Les requêtes par jour sont comptées dès qu’un agent observe le trafic. Aucun ne l’a encore fait.',
  lastCounted: 'Dernière requête comptée',
  lastExcluded: 'Dernière requête exclue',
  noneCounted: 'Aucune connue',
  noneExcluded: 'Aucune',
  clients: {
    browser: 'un navigateur',
    program: 'un programme',
    bot: 'un robot',
    monitor: 'une surveillance',
    link_preview: 'un aperçu de lien',
    unknown: 'un client sans nom',
  },
  intakeKinds: { access_log: 'journal d’accès', forward_auth: 'authentification déléguée' },
  exclusionKinds: {
    user_agent: 'agent utilisateur',
    path: 'chemin',
    address: 'plage d’adresses',
    list: 'liste fournie',
  },
  seenIn: (kind, machine) => `${kind} sur ${machine}`,
  excludedBy: (kind, pattern) => `non comptée : ${kind} « ${pattern} »`,
  excludedByGone: 'non comptée, par une exclusion qui n’est plus conservée',
  excludedLater: 'Ce qui a suivi la dernière requête comptée a été exclu : cela ne garde pas le projet éveillé.',
  lasting: {
    access_log:
      'Une connexion qui dure (WebSocket, événements du serveur) compte quand elle se termine : c’est alors que le journal d’accès en parle.',
    forward_auth: 'Une connexion qui dure (WebSocket, événements du serveur) compte quand elle s’ouvre.',
    both: 'Une connexion qui dure (WebSocket, événements du serveur) compte quand elle s’ouvre là où l’authentification est déléguée, et quand elle se termine là où le journal d’accès est lu.',
  },
  ownHostnames: 'Noms d’hôte des déploiements',
  gets: {
    served: 'Servi',
    elsewhere: (name) => `Servi par ${name}`,
    unrouted: 'Ne mène nulle part',
    platform: 'À la plateforme de décider',
    blocked: (status) => `Page de blocage (${status})`,
    beingBlocked: (confirmed, edges) =>
      `Blocage en cours : ${number(confirmed)} sur ${count(edges, 'frontal', 'frontaux')} confirmé`,
    notBlocked: 'Non bloqué : aucun frontal n’est inscrit',
    waitingForContainers: 'Attend ses conteneurs',
    beingServed: (freed, edges) => `Retour en cours : ${number(freed)} sur ${count(edges, 'frontal', 'frontaux')}`,
  },
  containers: 'Conteneurs',
  noContainers: 'Aucun conteneur connu.',
  containerStatus: { running: 'En marche', stopped: 'Arrêté', removed: 'Supprimé', unknown: 'Inconnu' },
  stoppedSince: 'Arrêté par Vigie',
  unreferenced: 'aucun alias n’y mène',
  failed: (attempts) => `${count(attempts, 'essai a échoué', 'essais ont échoué')}, le prochain est dû`,
  moreContainers: (more) => `et ${count(more, 'plus ancien', 'plus anciens')}`,
}
