import { french } from './counting.ts'
import type { enAgents } from './en-agents.ts'

const { count, number } = french

export const frAgents: typeof enAgents = {
  list: 'Agents',
  none: 'Aucun agent ne s’est signalé depuis un jour.',
  noneHint: 'Sans agent, rien ne se fait de soi-même. Démarrez-en un à côté de Traefik :',
  alive: 'En vie',
  stopped: 'Arrêté',
  silent: 'Muet',
  retired: 'Retiré',
  version: 'Version',
  parts: 'Parties',
  noParts: 'aucune',
  heartbeat: 'Dernier signe de vie',
  started: 'Démarré',
  stoppedAt: 'Arrêté',
  errors: 'Erreurs',
  noErrors: 'aucune',
  intakes: 'Relevés',
  intakesHint:
    'Là où le trafic est vu. Un relevé inscrit est censé observer : s’il est muet, il retient les balayages.',
  noIntakes: 'Aucun relevé n’est inscrit.',
  noIntakesHint:
    'Sans relevé, personne ne voit le trafic. Un agent l’inscrit dès qu’il lit un journal d’accès, ou répond à l’authentification déléguée (--forward-auth) :',
  enrolled: 'Inscrit',
  watchingSince: 'Observe depuis',
  notWatching: 'pas en ce moment',
  lastFlush: 'Dernier envoi',
  never: 'jamais',
  counted: 'Compté jusqu’à',
  hitsToday: 'Requêtes du jour (UTC)',
  hitsAndExcluded: (hits, excluded) =>
    excluded === 0 ? number(hits) : `${number(hits)}, ${count(excluded, 'exclue', 'exclues')}`,
  garbageLines: 'Lignes illisibles',
  unknownHits: 'Requêtes sans projet',
  edges: 'Frontaux',
  edgesHint:
    'Les dossiers de Traefik tenus par un agent. Un projet compte comme bloqué quand chacun d’eux l’a confirmé.',
  noEdges: 'Aucun frontal n’est inscrit.',
  noEdgesHint:
    'D’ici là, les projets en sommeil restent joignables. Un agent en inscrit un dès qu’il connaît le dossier du fournisseur de fichiers de Traefik :',
  reconciled: 'Dernier passage',
  blocked: 'Projets bloqués',
  outOfStep: 'Pas à jour',
  inStep: 'aucun',
  error: 'Erreur',
  by: (who) => `par ${who}`,
  retire: 'Retirer…',
  retireIntake: (machine) => `Retirer le relevé sur ${machine} ?`,
  retireIntakeEffect:
    'Les balayages ne l’attendent plus. Ce qu’il a compté reste. Il est inscrit de nouveau si un agent l’alimente encore.',
  retireEdge: (machine) => `Retirer le frontal sur ${machine} ?`,
  retireEdgeEffect: (blocked) =>
    `Plus aucun projet n’y est attendu. Ses fichiers restent tels quels ; il bloque ${count(blocked, 'projet', 'projets')} en ce moment.`,
  retireAction: 'Retirer',
  record: {
    title: 'Décisions',
    empty: 'Aucune décision n’est encore consignée.',
    intakeRetired: (kind, machine) => `Relevé retiré : ${kind} sur ${machine},`,
    edgeRetired: (machine) => `Frontal retiré : ${machine},`,
    exclusion: {
      observed: 'Exclusion observée :',
      applied: 'Exclusion appliquée :',
      ended: 'Exclusion terminée :',
    },
    by: (who, entry, machine) => `par ${who} (${entry} sur ${machine})`,
  },
  reason: 'Motif',
  reasonPlaceholder: 'Pourquoi ; le motif est conservé',
  reasonMissing: 'Dites en quelques mots pourquoi.',
  working: 'Un instant…',
  keep: 'Laisser ainsi',
  overview: 'Trafic et conteneurs',
  open: 'Agents',
  intakesAlive: (alive, all) => `${number(alive)} sur ${count(all, 'relevé', 'relevés')} en vie`,
  edgesAlive: (alive, all) => `${number(alive)} sur ${count(all, 'frontal', 'frontaux')} en vie`,
  hitsPerMinute: 'requêtes par minute',
  lag: 'de retard',
  lagUnknown: 'Tous les relevés n’ont pas encore compté.',
  noIntake: 'Aucun relevé n’est inscrit : personne ne voit le trafic.',
  noEdge: 'Aucun frontal n’est inscrit : personne n’est bloqué.',
  filesInStep: 'Tous les fichiers sont à jour.',
  filesOutOfStep: (projects) =>
    count(
      projects,
      'projet a des fichiers qui ne sont pas à jour.',
      'projets ont des fichiers qui ne sont pas à jour.',
    ),
  containersInStep: 'Tous les conteneurs sont à jour.',
  containersOutOfStep: (containers) =>
    `${count(containers, 'conteneur n’a pu', 'conteneurs n’ont pu')} être arrêté, démarré ou supprimé ; un nouvel essai suit.`,
}
