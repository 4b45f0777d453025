import { french } from './counting.ts'
import type { enPolicy } from './en-policy.ts'

const { count, number } = french

function dueIn(toSleep: number, toDisable: number): string {
  return `${count(toSleep, 'projet', 'projets')} à mettre en sommeil, ${number(toDisable)} à désactiver définitivement`
}

export const frPolicy: typeof enPolicy = {
  groups: {
    rules: 'Règles',
    sweeps: 'Balayages sans surveillance',
    schedules: 'Horaires',
    brakes: 'Freins',
    mail: 'Courriels aux propriétaires',
    edge: 'Trafic et conteneurs',
  },
  groupHints: {
    rules: 'Qui est mis en sommeil, et quand. Les offres payantes ne sont jamais touchées.',
    sweeps: 'Ce qui se passe quand personne ne regarde.',
    schedules: 'Quand chaque tâche est due, en UTC : minute, heure, jour du mois, mois, jour de la semaine.',
    brakes: 'Quand un balayage s’arrête avant d’écrire quoi que ce soit, et attend une personne.',
    mail: 'Ce qui est dit aux propriétaires, et comment.',
    edge: 'Ce qui est gardé de ce que les agents voient et arrêtent.',
  },
  fields: {
    inactiveAfterDays: {
      label: 'Mettre en sommeil après',
      hint: 'Jours sans trafic après lesquels un projet de l’offre gratuite devient inactif.',
    },
    disabledAfterDays: {
      label: 'Désactiver définitivement après',
      hint: 'Jours de sommeil de plus après lesquels un projet inactif est désactivé pour de bon.',
    },
    isLapsedPaidSwept: {
      label: 'Balayer les offres échues',
      hint: 'Les équipes dont l’offre payante est résiliée ou expirée comptent comme gratuites.',
    },
    isUpgradedWoken: {
      label: 'Réveiller les projets devenus payants',
      hint: 'Un projet inactif est réveillé quand son équipe est passée à une offre payante.',
    },
    sweepMode: { label: 'Mode d’action', hint: 'Les balayages lancés par une personne n’en dépendent pas.' },
    canaryTeamIds: {
      label: 'Équipes du canari',
      hint: 'Les seules que les balayages sans surveillance touchent dans ce mode.',
    },
    revertDays: {
      label: 'Peut être repris pendant',
      hint: 'Combien de temps après sa fin un balayage peut être repris.',
    },
    sweepSchedule: { label: 'Balayage', hint: 'Un seul balayage sans surveillance par jour UTC, au plus.' },
    cleanupSchedule: {
      label: 'Nettoyage des déploiements',
      hint: 'Quand les vieux déploiements sont recherchés.',
    },
    countsSchedule: {
      label: 'Décomptes du jour',
      hint: 'Quand les projets de la veille sont comptés par état.',
    },
    pruningSchedule: {
      label: 'Élagage',
      hint: 'Quand les vieux textes de courriels, listes et partitions sont supprimés.',
    },
    silentProjects: {
      label: 'Relevé muet : à partir de',
      hint: 'À partir de ce nombre de projets actifs, le silence de tous retient un balayage.',
    },
    silentHours: { label: 'Relevé muet : depuis', hint: 'Depuis quand aucun projet actif n’a vu de trafic.' },
    manyProjects: { label: 'Trop : plus de', hint: 'Moins de projets que cela n’est jamais trop.' },
    manyPercent: { label: 'Trop : part', hint: 'Et plus que cette part des projets actifs de l’offre gratuite.' },
    manyMedianFactor: {
      label: 'Trop : face à l’ordinaire',
      hint: 'Ou plus de tant de fois la médiane des 14 derniers balayages.',
    },
    manyMedianProjects: {
      label: 'Trop : dès',
      hint: 'Le moins que la médiane puisse retenir, pour qu’une plateforme calme ne soit pas retenue pour une poignée.',
    },
    gapHours: {
      label: 'Interruption',
      hint: 'Balayages, courriels et routage attendent quand aucun agent ne s’est signalé depuis si longtemps.',
    },
    holdHours: {
      label: 'Une retenue peut être lancée pendant',
      hint: 'Une plus ancienne peut seulement être écartée.',
    },
    isWatchRequired: {
      label: 'Observé auparavant',
      hint: 'Les balayages sans surveillance attendent qu’un relevé ait observé aussi longtemps qu’un projet peut rester sans visite.',
    },
    watchGapMinutes: {
      label: 'Sans relevé à partir de',
      hint: 'Une interruption plus longue de tous les relevés repousse toutes les échéances d’autant ; un relevé muet plus longtemps retient un balayage.',
    },
    intakePercent: {
      label: 'Trop peu de requêtes : sous',
      hint: 'Un relevé qui voit une part plus petite de ses requêtes habituelles retient un balayage.',
    },
    mailsPerMinute: { label: 'Débit', hint: 'Le plus de courriels qui partent, tous expéditeurs ensemble.' },
    mailLanguage: { label: 'Langue', hint: 'Des courriels aux propriétaires.' },
    mailZone: { label: 'Fuseau horaire', hint: 'Les échéances sont écrites en UTC et dans ce fuseau.' },
    isWarningMailed: {
      label: 'Prévenir avant le sommeil',
      hint: 'Un courriel avant qu’un projet soit mis en sommeil.',
    },
    warningHours: { label: 'Prévenir à l’avance', hint: 'Combien de temps avant la mise en sommeil.' },
    isReactivationMailed: {
      label: 'Annoncer les réactivations',
      hint: 'Un courriel quand un projet est de nouveau actif.',
    },
    mailBodyDays: {
      label: 'Garder les textes pendant',
      hint: 'Les textes des courriels terminés sont supprimés ensuite.',
    },
    trafficDays: {
      label: 'Garder les requêtes du jour pendant',
      hint: 'Les requêtes par jour et par projet sont supprimées ensuite.',
    },
    containerRemovalDays: {
      label: 'Supprimer les conteneurs après',
      hint: 'Combien de temps après la désactivation définitive les conteneurs d’un projet sont supprimés. Les volumes restent.',
    },
  },
  modes: {
    off: { name: 'Arrêt', does: 'Aucun balayage ne part de lui-même.' },
    observe: {
      name: 'Observation',
      does: 'À chaque échéance, un aperçu est gardé pour être regardé. Aucun projet n’est touché.',
    },
    canary: { name: 'Canari', does: 'À chaque échéance, seules les équipes nommées sont balayées.' },
    on: {
      name: 'Marche',
      does: 'À chaque échéance, tout ce qui est dû est balayé. Ce qui paraît faux est retenu et attend une personne.',
    },
  },
  jobs: {
    sweep: 'Balayage',
    cleanup: 'Nettoyage des déploiements',
    counts: 'Décomptes du jour',
    pruning: 'Élagage',
  },
  languages: { en: 'Anglais', fr: 'Français', both: 'Les deux' },
  unitDays: (value) => (value < 2 ? 'jour' : 'jours'),
  unitHours: (value) => (value < 2 ? 'heure' : 'heures'),
  unitMinutes: (value) => (value < 2 ? 'minute' : 'minutes'),
  unitProjects: (value) => (value < 2 ? 'projet' : 'projets'),
  unitPercent: '%',
  unitTimes: 'fois la médiane',
  unitMails: (value) => (value < 2 ? 'courriel par minute' : 'courriels par minute'),
  bounds: (min, max) => `${number(min)} à ${number(max)}`,
  was: (value) => `en vigueur : ${value}`,
  yes: 'oui',
  no: 'non',
  none: 'aucune',
  everyDayAt: (time) => `Chaque jour à ${time} UTC`,
  everyHourAt: (minute) => `Chaque heure, à la minute ${minute}`,
  problems: {
    count: (min, max) => `Un nombre entier de ${number(min)} à ${number(max)}.`,
    schedule: 'Cinq champs qui arrivent un jour, comme 0 2 * * * pour chaque jour à 02:00.',
    zone: 'Un fuseau horaire comme Europe/Paris.',
    teams: 'Au moins une équipe qui existe, chacune une fois.',
    other: 'Cette valeur n’est pas possible ici.',
  },
  teams: {
    add: 'Ajouter une équipe',
    placeholder: 'Nom court ou identifiant',
    adding: 'Recherche…',
    action: 'Ajouter',
    remove: (team) => `Retirer ${team}`,
    empty: 'Aucune équipe n’est nommée.',
    gone: 'n’existe plus',
  },
  change: {
    title: 'Vos changements',
    nothing: 'Changez une valeur pour voir ici ce que cela ferait, avant d’enregistrer.',
    becomes: (before, after) => `${before} → ${after}`,
    preview: 'Aperçu',
    previewing: 'Décompte…',
    now: 'Échus maintenant',
    proposed: 'Échus avec ce changement',
    due: dueIn,
    same: 'Autant de projets seraient concernés qu’avant.',
    more: (projects) => `${count(projects, 'projet de plus serait concerné', 'projets de plus seraient concernés')}.`,
    fewer: (projects) =>
      `${count(projects, 'projet de moins serait concerné', 'projets de moins seraient concernés')}.`,
    unattended: (toSleep, toDisable) =>
      `La prochaine échéance les prendrait d’elle-même : ${dueIn(toSleep, toDisable)}.`,
    reason: 'Motif',
    reasonPlaceholder: 'Pourquoi ce changement ; le motif est conservé',
    reasonMissing: 'Dites en quelques mots pourquoi.',
    save: (values) => `Enregistrer ${count(values, 'changement', 'changements')}`,
    saving: 'Enregistrement…',
    discard: 'Abandonner',
    saved: 'Enregistré. Le registre ci-dessous dit ce qui a changé.',
    wrong: (labels) => `Impossible : ${labels}. Corrigez d’abord.`,
    readOnly: 'La base de données est en lecture seule : les règles ne peuvent pas être changées ici.',
  },
  pauses: {
    title: 'Mises en pause',
    hint: 'Arrête une partie de tous les Vigie en quelques secondes, jusqu’à ce que quelqu’un la relance.',
    parts: {
      sweep: {
        name: 'Balayages',
        stops: 'Aucun balayage ne tourne, même lancé par une personne. Les échéances attendent.',
      },
      mail: { name: 'Courriels', stops: 'Les courriels restent dans la file.' },
      routing: { name: 'Routage', stops: 'Ce qui est servi aux visiteurs reste tel quel.' },
      containers: { name: 'Conteneurs', stops: 'Aucun conteneur n’est arrêté ni supprimé.' },
    },
    runs: 'Pas en pause',
    paused: 'En pause',
    pause: 'Mettre en pause',
    resume: 'Relancer',
    pauseOf: (part) => `Mettre en pause : ${part}`,
    resumeOf: (part) => `Relancer : ${part}`,
    confirmPause: 'Confirmer la pause',
    confirmResume: 'Confirmer la relance',
    keep: 'Laisser ainsi',
    by: (actor) => `par ${actor}`,
    header: (list) => `En pause : ${list}`,
  },
  record: {
    title: 'Registre',
    empty: 'Rien n’a encore été changé.',
    paused: (part) => `Mis en pause : ${part}`,
    resumed: (part) => `Relancé : ${part}`,
    by: (actor, entry, machine) => `${actor}, ${entry} sur ${machine}`,
  },
  unattended: {
    title: 'Quand personne ne regarde',
    ticks: 'Prochaines échéances',
    noTick: 'Aucun balayage n’est dû de lui-même.',
    never: 'jamais',
    mode: 'Mode d’action',
    agents: 'Les agents',
    alive: (agents) => `${count(agents, 'Vigie s’est signalé', 'Vigie se sont signalés')} dans la dernière minute`,
    silent:
      'Aucun agent ni planificateur ne s’est signalé dans la dernière minute : rien ne se fait de soi-même. Démarrez « vigie agent ».',
    noScheduler: 'Aucun d’eux ne porte le planificateur : aucune échéance n’est traitée d’elle-même.',
    thisDesktop: 'Cette application',
    desktopActs: 'Traite les échéances et envoie les courriels tant qu’elle est ouverte.',
    desktopRests: 'Ne fait que regarder : rien ne se fait ici de soi-même.',
    lastHeard: 'Dernier signe de vie',
    where: (entry, machine) => `${entry} sur ${machine}`,
    nothingPaused: 'Rien n’est en pause.',
    change: 'Modifier',
  },
}
