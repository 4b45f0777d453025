import { french } from './counting.ts'
import type { enHold } from './en-hold.ts'

const { count, number } = french

export const frHold: typeof enHold = {
  title: 'Un balayage est retenu',
  summary: (toSleep, toDisable) =>
    `${count(toSleep, 'projet', 'projets')} à mettre en sommeil, ${number(toDisable)} à désactiver définitivement. Rien n’a été écrit.`,
  look: 'L’examiner',
  fold: 'Replier',
  brakes: {
    recorderSilent: (projects, hours) =>
      `Aucun des ${count(projects, 'projet actif', 'projets actifs')} n’a eu de trafic ces ${number(hours)} dernières heures. Le trafic n’est peut-être pas relevé.`,
    tooMany: {
      deactivate: (due, activeFree) =>
        `${count(due, 'projet est', 'projets sont')} à mettre en sommeil, sur ${number(activeFree)} actifs gratuits.`,
      disable: (due, activeFree) =>
        `${count(due, 'projet est', 'projets sont')} à désactiver définitivement, sur ${number(activeFree)} actifs gratuits.`,
    },
    usual: (median) => `Une nuit ordinaire en compte ${number(median)}.`,
    afterAGap: (since) =>
      `Aucun agent ne s’est signalé depuis ${since} : une panne, ou une copie restaurée de la base.`,
    changedOutside: (projects) =>
      `${count(projects, 'projet a été mis en sommeil', 'projets ont été mis en sommeil')} par autre chose depuis le dernier balayage.`,
    intake: {
      access_log: (source, machine) => `Le journal d’accès ${source} sur ${machine}`,
      forward_auth: (source, machine) => `Le forward auth ${source} sur ${machine}`,
    },
    neverWatched: (days) =>
      `Aucun relevé n’observe depuis les ${count(days, 'jour', 'jours')} qu’un projet peut rester sans visite : aucun n’a encore observé.`,
    notWatched: (days, intake, since) =>
      `Aucun relevé n’observe depuis les ${count(days, 'jour', 'jours')} qu’un projet peut rester sans visite. ${intake} observe depuis le ${since}.`,
    intakeSilent: (intake, since) =>
      `${intake} ne s’est pas signalé depuis le ${since}. Relancez-le, ou retirez-le s’il a disparu pour de bon.`,
    intakeLow: (intake, hits, usual) =>
      `${intake} a vu ${count(hits, 'requête', 'requêtes')} dans les 24 heures d’avant ; ${number(usual)} d’ordinaire.`,
    intakeBehind: (intake, since) =>
      since === null
        ? `${intake} n’a encore rien compté.`
        : `${intake} n’a compté ce qu’il a vu que jusqu’au ${since}.`,
  },
  list: { deactivate: 'Projets à mettre en sommeil', disable: 'Projets à désactiver définitivement' },
  changed: 'n’est plus échu',
  notTold: 'propriétaire non prévenu',
  notToldList: 'Projets dont le propriétaire n’a pas été prévenu',
  gap: (since, until) =>
    `Aucun agent ne s’est signalé du ${since} au ${until} : une panne, ou une copie restaurée de la base. Les courriels et le routage attendent que quelqu’un ait regardé.`,
  gapTitle: 'Les agents se sont tus',
  resolveGap: 'Examiné : continuer',
  reason: 'Motif',
  reasonPlaceholder: 'Ce que vous avez regardé, et ce que vous décidez',
  reasonMissing: 'Dites en quelques mots pourquoi.',
  release: (projects) => `Lancer : balayer ces ${number(projects)}`,
  releaseHint: 'Exactement cette liste est balayée ; chaque projet est vérifié à nouveau avant.',
  dismiss: 'Écarter : ne rien faire',
  expired: 'Retenu depuis trop longtemps pour être lancé. Écartez-le ; le prochain balayage regardera à nouveau.',
  until: (when) => `Peut être lancé jusqu’au ${when}.`,
  running: 'Décision en cours…',
}
