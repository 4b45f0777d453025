import { french } from './counting.ts'
import type { enExemption } from './en-exemption.ts'

const { count, number } = french

export const frExemption: typeof enExemption = {
  title: 'Exemption',
  tag: 'Exempté',
  tagUntil: (day) => `Exempté jusqu’au ${day}`,
  tagTitle: (when, utc) => `Exempté jusqu’au ${when}\n${utc}`,
  tagForGood: 'Exempté sans limite',
  none: 'Pas d’exemption : les balayages le traitent selon les règles.',
  ofProject: 'Ce projet est exempté',
  ofTeam: (team) => `Son équipe ${team} est exemptée avec tous ses projets`,
  until: (when) => `jusqu’au ${when}`,
  forGood: 'sans limite',
  by: (actor, when) => `par ${actor}, le ${when}`,
  exempt: 'Exempter',
  change: 'Modifier l’exemption',
  end: 'Lever l’exemption',
  endTitle: 'Lever l’exemption avant son terme ?',
  endDoes:
    'Dès le prochain balayage, les règles s’appliquent de nouveau. Le délai a couru entre-temps et ne repart pas.',
  form: 'Exempter des balayages',
  whom: 'Qui',
  thisProject: 'Ce projet',
  itsTeam: (team) => `Son équipe avec tous ses projets : ${team}`,
  howLong: 'Combien de temps',
  forDays: (days) => `Pendant ${count(days, 'jour', 'jours')}`,
  toDay: 'Jusqu’à un jour…',
  lastDay: 'Dernier jour',
  dayHint: (when) => `Jusqu’à la fin de ce jour en UTC : le ${when} ici.`,
  dayMissing: 'Choisissez le dernier jour.',
  dayOver: 'Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.',
  dayTooFar: 'Choisissez un jour avant l’an 2200, ou « sans limite ».',
  reason: 'Motif',
  reasonPlaceholder: 'Pourquoi l’épargner ? Le motif reste dans l’activité.',
  reasonMissing: 'Dites en quelques mots pourquoi.',
  working: 'Enregistrement…',
  keep: 'Annuler',
  replaces: (end) => `Remplace l’exemption ${end} ; les deux restent consignées.`,
  readOnly: 'Impossible de la modifier ici : la base est en lecture seule.',
  deleted: 'Supprimé sur la plateforme : il n’y a rien à exempter.',
  dueAtEnd: {
    deactivate: (when) =>
      `Son délai court pendant ce temps. Il est dépassé depuis le ${when} : le premier balayage après l’exemption le met en sommeil.`,
    disable: (when) =>
      `Son délai court pendant ce temps. Il est dépassé depuis le ${when} : le premier balayage après l’exemption le désactive définitivement.`,
  },
  overBefore: {
    deactivate: (when) =>
      `Son délai court pendant ce temps. Sans visite, il sera dépassé le ${when} : le premier balayage après l’exemption le met en sommeil.`,
    disable: (when) =>
      `Son délai court pendant ce temps. Sans visite, il sera dépassé le ${when} : le premier balayage après l’exemption le désactive définitivement.`,
  },
  dueLater: {
    deactivate: (when) =>
      `L’exemption se termine avant son délai : sans visite, un balayage à partir du ${when} le met en sommeil.`,
    disable: (when) =>
      `L’exemption se termine avant son délai : sans visite, un balayage à partir du ${when} le désactive définitivement.`,
  },
  endless: 'Les balayages l’ignorent jusqu’à ce que quelqu’un y mette fin.',
  needless: 'En l’état, il serait épargné de toute façon ; l’exemption compte dès que cela change.',
  teamEnd: (due, projects) =>
    due === 0
      ? `Sur ${count(projects, 'projet', 'projets')}, aucun n’est dû à la fin, si rien n’arrive d’ici là.`
      : `Si rien n’arrive d’ici là, ${number(due)} sur ${count(projects, 'projet', 'projets')} sont pris par le premier balayage qui suit.`,
  soon: 'Exemptions bientôt terminées',
  soonNone: 'Aucune exemption ne se termine dans les 14 jours.',
  soonDue: 'puis le prochain balayage le prend',
  soonTeamDue: (due, projects) => `puis le prochain balayage en prend ${number(due)} sur ${number(projects)}`,
  soonNotDue: 'pas dû à ce moment',
  team: 'équipe',
  more: (rest) => `En afficher ${number(rest)} de plus`,
  wasUntil: (when) => `jusqu’au ${when}`,
  wasForGood: 'sans limite',
  teamsOwn: 'toute l’équipe',
  replaced: (end) => `remplace une exemption ${end}`,
}
