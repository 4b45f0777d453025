import { french } from './counting.ts'
import type { enConnection } from './en-connection.ts'

const { count } = french

export const frConnection: typeof enConnection = {
  firstTitle: 'Où Vigie doit-il regarder ?',
  firstLead: 'Rien n’est encore démarré. Vous pourrez changer d’avis plus tard dans le menu.',
  changeTitle: 'Changer de connexion',
  changeLead: 'La connexion actuelle reste ouverte tant qu’une autre ne l’est pas.',
  passwordTitle: 'Le mot de passe est de nouveau nécessaire',
  passwordLead:
    'Il n’a pas été conservé, ou n’est plus lisible sur cette machine. Le reste est tel que vous l’aviez choisi.',
  back: 'Revenir sans rien changer',
  opening: 'Un instant…',
  language: 'Langue',
  sampleTitle: 'Découvrir avec des données d’exemple',
  sampleText:
    'Une plateforme inventée, dans une base propre à Vigie, sur cette machine. Les projets de personne, aucun courriel envoyé.',
  sample: 'Utiliser les données d’exemple',
  openingSample: 'Préparation des données d’exemple, une demi-minute peut-être…',
  platformTitle: 'Se connecter à la base d’une plateforme',
  platformText: 'Vigie ne fait que regarder tant que vous n’agissez pas. L’essai n’écrit rien.',
  fields: {
    host: 'Nom d’hôte ou adresse',
    port: 'Port du serveur',
    database: 'Base de données',
    user: 'Utilisateur',
    password: 'Mot de passe',
    tlsMode: 'Chiffrement (TLS)',
  },
  tlsModes: {
    'verify-full': 'Chiffré, serveur vérifié (verify-full)',
    require: 'Faible : chiffré, serveur non vérifié (require)',
    disable: 'Faible : non chiffré (disable)',
  },
  tlsHints: {
    'verify-full': 'Le certificat du serveur doit être reconnu et porter ce nom d’hôte.',
    require: 'Faible : quelqu’un sur le chemin pourrait se faire passer pour le serveur et lire le mot de passe.',
    disable: 'Faible : mot de passe et données sont lisibles en chemin. Seulement pour un serveur sur cette machine.',
  },
  kept: 'Le mot de passe est conservé, chiffré par le trousseau de ce système.',
  notKept:
    'Ce système n’a pas de trousseau pour protéger le mot de passe : Vigie le garde jusqu’à sa fermeture et le redemandera.',
  problems: {
    missing: 'À remplir.',
    'no-host': 'Seulement le nom d’hôte ou l’adresse, sans port ni chemin, par exemple db.example.',
    'no-port': 'Un nombre de 1 à 65535 ; celui de PostgreSQL est 5432.',
    control: 'Il contient un retour à la ligne ou un autre caractère invisible.',
    'too-long': 'C’est trop long.',
    'only-loopback': 'Sans chiffrement, seulement vers cette machine (localhost). Choisissez un mode chiffré.',
  },
  test: 'Essayer la connexion',
  testing: 'Essai en cours…',
  use: 'Utiliser cette base',
  usingIt: 'Ouverture…',
  works: 'La connexion fonctionne',
  fails: 'La connexion ne fonctionne pas',
  server: (version) => `PostgreSQL ${version} répond.`,
  levels: {
    empty: 'La base est vide : vérifiez que c’est la bonne.',
    bare: 'C’est la base d’une plateforme, sans Vigie : lancez-y « vigie migrate » avant de travailler.',
    outdated: 'Elle a été préparée par une version plus ancienne : lancez-y « vigie migrate » avant de travailler.',
    ready: 'C’est la base d’une plateforme, prête pour cette version de Vigie.',
  },
  writable: 'Elle accepte les modifications.',
  readOnly: 'Elle est en lecture seule (réplica, ou réglée ainsi) : on peut regarder, pas agir.',
  sameTime: 'Son horloge s’accorde avec celle de cette machine.',
  ahead: (seconds) =>
    `Son horloge avance de ${count(seconds, 'seconde', 'secondes')} sur cette machine ; c’est elle qui compte.`,
  behind: (seconds) =>
    `Son horloge retarde de ${count(seconds, 'seconde', 'secondes')} sur cette machine ; c’est elle qui compte.`,
  failures: {
    'unknown-hostname': 'Personne ne connaît ce nom d’hôte. Vérifiez-le, et s’il faut un VPN.',
    refused: 'La machine a refusé la connexion à ce port. Vérifiez le port, et que PostgreSQL y fonctionne.',
    silent: 'Le serveur ne répond pas. Vérifiez l’adresse, le pare-feu, et s’il faut un VPN.',
    'no-tls': 'Le serveur a coupé au début du chiffrement. Vérifiez qu’il accepte TLS et que le port est juste.',
    'certificate-name': 'Le certificat du serveur est pour un autre nom. Utilisez le nom d’hôte qu’il porte.',
    'certificate-date':
      'Le certificat du serveur n’est pas valable aujourd’hui. Faites-le renouveler, et vérifiez l’horloge de cette machine.',
    'certificate-issuer':
      'Cette machine ne reconnaît pas l’émetteur du certificat. Faites-le ajouter au système, ou nommez-le dans NODE_EXTRA_CA_CERTS.',
    password: 'Le serveur a refusé le mot de passe. Vérifiez l’utilisateur et le mot de passe.',
    login:
      'Le serveur n’admet pas cet utilisateur depuis cette machine. Vérifiez l’utilisateur, et les règles d’accès du serveur (pg_hba.conf).',
    'no-database': 'Le serveur n’a pas de base de ce nom. Vérifiez le nom.',
    'no-right':
      'Cet utilisateur ne peut pas lire les tables de Vigie ou de la plateforme. Demandez le droit à un administrateur.',
    'not-a-platform': 'Ce n’est pas la base d’une plateforme que Vigie connaît. Vérifiez que c’est la bonne.',
    'too-old': 'Ce PostgreSQL est trop ancien. Il faut à Vigie la version 14 ou une plus récente.',
    other: 'La base est inutilisable. Copiez les détails pour la personne qui s’en occupe.',
  },
  change: 'Changer de connexion',
  environment:
    'Cette console tient sa base de son environnement. Indiquez DATABASE_URL=postgresql://utilisateur:motdepasse@hote:5432/base là où elle est démarrée, puis redémarrez-la.',
}
