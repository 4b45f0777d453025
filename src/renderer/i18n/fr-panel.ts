import type { TimelineFilter } from '../../core/queries/timeline.ts'
import { french } from './counting.ts'
import type { enPanel } from './en-panel.ts'

const { count, number } = french

const filters: Record<TimelineFilter, string> = {
  transitions: 'État',
  mails: 'Courriels',
  edge: 'Noms d’hôte et conteneurs',
  outside: 'Hors de Vigie',
  notes: 'Notes',
}

export const frPanel: typeof enPanel = {
  show: 'Afficher',
  everything: 'Tout',
  filters,
  nothingFound: 'Rien de tel ne lui est arrivé.',
  note: {
    label: 'Ajouter une note',
    placeholder: 'Que doit savoir la personne suivante ?',
    action: 'Ajouter la note',
    adding: 'Ajout…',
    added: 'La note a été ajoutée.',
    empty: 'Écrivez d’abord quelques mots.',
    tooLong: (length, max) => `${number(length)} caractères ; ${number(max)} au plus.`,
    left: (left) => `encore ${count(left, 'caractère', 'caractères')}`,
    readOnly: 'Impossible d’ajouter une note ici : la base de données est en lecture seule.',
    takeBack: 'Retirer',
    takeBackHint: 'Elle reste consignée, barrée. C’est sans retour.',
    takenBack: 'Retirée',
    keep: 'La garder',
  },
  copy: {
    id: 'Copier l’identifiant',
    of: (what) => `Copier ${what}`,
    done: 'Copié',
    refused: 'Le navigateur a refusé le presse-papiers. Sélectionnez le texte et copiez-le au clavier.',
  },
  hostnamesShown: (shown, all) => `${number(shown)} sur ${count(all, 'nom d’hôte', 'noms d’hôte')}`,
  showAllHostnames: (all) => `Afficher les ${number(all)}`,
  showFewerHostnames: 'En afficher moins',
  findHostname: 'Trouver un nom d’hôte',
  openOnPlatform: 'Ouvrir sur la plateforme',
  notConfigured: 'Pas de page sur la plateforme',
  noPlatform: 'Définissez APP_HOSTNAME pour ouvrir d’ici les projets sur la plateforme.',
  opensOutside: 's’ouvre dans une autre fenêtre',
  course: {
    lapsedSwept:
      'Son offre payante est échue, et selon les règles les offres échues sont balayées comme l’offre gratuite.',
    blindNow: 'Personne n’observe son trafic en ce moment : l’échéance recule tant que cela dure.',
    held: {
      deactivate: (run) =>
        `Le balayage ${run} est retenu avec ce projet sur sa liste : s’il est libéré, il le met en sommeil.`,
      disable: (run) =>
        `Le balayage ${run} est retenu avec ce projet sur sa liste : s’il est libéré, il le désactive définitivement.`,
    },
    heldExpired: (run) =>
      `Le balayage ${run}, qui l’avait sur sa liste, est retenu depuis trop longtemps pour être libéré.`,
    paused: (when) =>
      `Les balayages sont en pause depuis le ${when} : rien ne lui arrive tant que personne n’y met fin.`,
    off: 'Les balayages automatiques sont désactivés : cela n’arrive que si une personne lance un balayage.',
    observed: (when) =>
      `Les balayages automatiques ne font qu’observer : celui du ${when} le citera sans rien changer. Cela n’arrive que si une personne lance un balayage.`,
    notCanary:
      'Les balayages automatiques ne touchent que les équipes pilotes, dont la sienne ne fait pas partie : cela n’arrive que si une personne lance un balayage.',
    night: (when) => `Le premier balayage automatique qui le prend est prévu le ${when}.`,
    nightAfter: (missed, when) =>
      `L’échéance tombe juste après le balayage automatique du ${missed} : le premier qui le prend est celui du ${when}.`,
    nobody:
      'Son équipe n’a ni propriétaire ni admin avec un compte : une fois en sommeil, il ne pourrait être réactivé au nom de personne.',
  },
  answer: {
    title: 'Réponse au propriétaire',
    language: 'Langue de la réponse',
    english: 'Anglais',
    french: 'Français',
    copy: 'Copier la réponse',
  },
}
