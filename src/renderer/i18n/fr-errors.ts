import type { ErrorCode } from '../../core/errors.ts'
import type { ShownError } from '../data/read-error.ts'
import type { enErrors } from './en-errors.ts'

const sentences: Record<ErrorCode | 'VIGIE_UNREACHABLE', string> = {
  CANCELLED: 'L’opération a été annulée.',
  USAGE: 'La commande n’est pas valable.',
  CONFIG_INVALID: 'La configuration n’est pas valable. Corrigez-la et redémarrez Vigie.',
  PROJECT_NOT_FOUND: 'Aucun projet n’a cet identifiant. Vérifiez-le et réessayez.',
  REASON_REQUIRED: 'Il manque le motif. Dites en quelques mots pourquoi.',
  REASON_TOO_LONG: 'Le motif est trop long. Raccourcissez-le.',
  TEAM_DELETED: 'L’équipe a été supprimée sur la plateforme. Il n’y a plus rien à faire pour ses projets.',
  PROJECT_PERMANENTLY_DISABLED: 'Ce projet est désactivé définitivement. Il ne peut pas être réactivé.',
  PROJECT_NOT_INACTIVE: 'Ce projet n’est pas inactif. Seuls les projets inactifs peuvent être réactivés.',
  NOT_OWNER_OR_ADMIN:
    'Personne à cette adresse n’est propriétaire ni admin de l’équipe. Nommez l’un de ses propriétaires ou admins.',
  NO_ACTIVE_OWNER:
    'L’équipe n’a aucun propriétaire dont le compte soit actif. Réactivez le projet au nom d’un de ses admins.',
  BULK_TOO_LARGE: 'Trop de projets sont sélectionnés. Affinez les filtres et procédez en plusieurs fois.',
  BULK_NOT_FOUND: 'Cette sélection n’est plus connue ici. Regardez de nouveau ses chiffres.',
  BULK_RUNNING: 'Une autre action groupée est en cours ici. Attendez sa fin, ou annulez-la.',
  EXPORT_RUNNING: 'Un autre export est en cours ici. Attendez sa fin, ou annulez-le.',
  EXPORT_FILE_FAILED: 'Le fichier ne peut pas être écrit à cet endroit. Choisissez-en un autre.',
  NOTE_EMPTY: 'La note est vide. Écrivez ce que la personne suivante doit savoir.',
  NOTE_TOO_LONG: 'La note est trop longue. Raccourcissez-la.',
  NOTE_NOT_FOUND: 'Cette note n’existe pas. Relisez le projet.',
  NOTE_NOT_YOURS: 'Quelqu’un d’autre a écrit cette note. Seul son auteur peut la retirer.',
  TEAM_NOT_FOUND: 'Aucune équipe n’a ce nom court. Vérifiez-le et réessayez.',
  HOLD_NOT_FOUND: 'Aucun balayage retenu n’attend de décision sous ce numéro.',
  HOLD_EXPIRED:
    'Ce balayage est retenu depuis trop longtemps pour être lancé. Écartez-le et regardez un nouvel aperçu.',
  SWEEP_PAUSED: 'Les balayages sont en pause. Mettez fin à la pause, puis réessayez.',
  INTAKE_NOT_FOUND: 'Aucun relevé n’a ce numéro.',
  EDGE_DIRECTORY_MISSING: 'Le dossier de Traefik n’existe pas. Créez-le, ou corrigez TRAEFIK_CONFIG_DIR.',
  EDGE_DIRECTORY_READ_ONLY: 'Le dossier de Traefik n’est pas accessible en écriture. Donnez ce droit à l’agent.',
  EDGE_DIRECTORY_FULL: 'Le disque du dossier de Traefik est plein. Faites de la place.',
  EDGE_DIRECTORY_FAILED: 'Le dossier de Traefik ne répond pas comme il faut. Vérifiez son disque.',
  CLAIM_LOST: 'Un autre Vigie a repris ce balayage et le poursuit.',
  INTAKE_LOST: 'Un autre processus alimente cette source de trafic, ou elle a été retirée.',
  ACCESS_LOG_UNREADABLE: 'Le journal d’accès ne peut pas être lu. Vérifiez son chemin et ses droits.',
  ENGINE_AWAY: 'Le moteur de conteneurs ne répond pas. Vérifiez qu’il fonctionne et que DOCKER_HOST est juste.',
  RUN_NOT_FOUND: 'Ce balayage n’existe pas ou est déjà terminé.',
  RUN_NOT_REVERTIBLE: 'Ce balayage ne peut pas être annulé.',
  EDGE_NOT_FOUND: 'Aucun frontal n’a ce numéro. Vérifiez-le et réessayez.',
  MAIL_NOT_FOUND: 'Ce courriel n’existe pas. Vérifiez son numéro.',
  MAIL_NOT_WAITING: 'Ce courriel n’attend plus : il est terminé ou en cours d’envoi.',
  MAIL_NOT_FAILED: 'Ce courriel n’a pas échoué. Seuls les courriels refusés ou abandonnés peuvent être renvoyés.',
  POLICY_INVALID: 'Une valeur des règles n’est pas valable. Corrigez-la ; rien n’a été changé.',
  EXCLUSION_INVALID: 'Cette exclusion n’est pas valable. Rien n’a été changé.',
  EXCLUSION_NOT_FOUND: 'Aucune exclusion de ce numéro n’est dans cet état.',
  PROJECT_DELETED: 'Ce projet a été supprimé sur la plateforme : il n’y a rien à exempter.',
  EXEMPTION_DATE: 'Une exemption se termine après maintenant et avant l’an 2200. Choisissez une telle date.',
  EXEMPTION_NOT_FOUND: 'Cette exemption est terminée, ou une autre l’a remplacée.',
  DATABASE_NOT_EMPTY: 'La base de données n’est pas vide. Elle a été laissée telle quelle.',
  BAD_REQUEST: 'La demande n’est pas valable.',
  UNAUTHORIZED:
    'Cette fenêtre n’a plus accès : Vigie a été redémarré. Ouvrez l’adresse qu’il a affichée à son démarrage.',
  CONNECTION_NOT_CHOSEN: 'Aucune base n’est encore choisie. Choisissez-en une dans la fenêtre de Vigie.',
  NOT_A_PLATFORM: 'Cette base n’est pas celle d’une plateforme que Vigie connaît. Vérifiez l’adresse de la base.',
  NOT_MIGRATED: 'La base n’est pas préparée pour cette version de Vigie. Lancez « vigie migrate ».',
  SCHEMA_DAMAGED: 'Il manque des tables de Vigie dans la base. Restaurez une sauvegarde.',
  SCHEMA_TOO_NEW: 'La base a été préparée par une version plus récente de Vigie. Mettez Vigie à jour.',
  SERVER_TOO_OLD: 'Ce serveur PostgreSQL est trop ancien : il faut la version 14 ou une plus récente.',
  DATABASE_UNREACHABLE: 'La base de données ne répond pas. Vérifiez qu’elle fonctionne et que l’adresse est juste.',
  DATABASE_AUTHENTICATION:
    'La base de données a refusé l’utilisateur ou le mot de passe. Vérifiez-les, et les règles d’accès du serveur.',
  DATABASE_CERTIFICATE:
    'Le certificat du serveur n’est pas accepté. Vérifiez le nom d’hôte, la date du certificat et qui l’a émis.',
  DATABASE_PERMISSION:
    'La base de données ne permet pas cela à cet utilisateur. Demandez le droit à un administrateur.',
  DATABASE_NOT_FOUND: 'Le serveur n’a pas de base de ce nom. Vérifiez le nom.',
  DATABASE_READ_ONLY:
    'La base de données est en lecture seule. Connectez-vous au serveur qui accepte les écritures pour modifier quelque chose.',
  DATABASE_POOLER: 'Cette adresse passe par un regroupeur de connexions. Donnez l’adresse directe du serveur.',
  DATABASE_CONNECTION_LOST:
    'La connexion à la base de données s’est interrompue. Ce qui était validé est fait ; réessayez.',
  DATABASE_BUSY: 'La base de données est occupée ou trop lente à répondre. Réessayez dans un instant.',
  DATABASE_ERROR: 'La base de données a refusé une instruction.',
  DATA_FOLDER_UNUSABLE: 'Le dossier de données de Vigie est inutilisable.',
  EMBEDDED_DATABASE_FAILED: 'La base de données intégrée n’a pas démarré.',
  EMBEDDED_DATABASE_ENDED: 'La base de données intégrée s’est arrêtée. Redémarrez Vigie.',
  INTERNAL: 'Une erreur imprévue s’est produite. Le journal en donne les détails.',
  VIGIE_UNREACHABLE: 'Vigie ne répond pas. Vérifiez qu’il fonctionne encore là où il a été démarré.',
}

/** Where the server's own sentence says more than the code: what is missing, which setting is wrong. */
const particular: readonly ShownError['code'][] = [
  'CONFIG_INVALID',
  'BAD_REQUEST',
  'RUN_NOT_REVERTIBLE',
  'POLICY_INVALID',
  'EXCLUSION_INVALID',
  'ACCESS_LOG_UNREADABLE',
  'NOT_A_PLATFORM',
  'NOT_MIGRATED',
  'DATABASE_ERROR',
  'DATA_FOLDER_UNUSABLE',
  'EMBEDDED_DATABASE_FAILED',
]

export const frErrors: typeof enErrors = {
  sentence({ code, message }) {
    return particular.includes(code) ? `${sentences[code]} (${message})` : sentences[code]
  },
  title: 'Cela n’a pas marché',
  databaseTitle: 'La base de données est inutilisable',
  accessTitle: 'Cette fenêtre n’a pas d’accès',
  vigieTitle: 'Pas de connexion à Vigie',
}
