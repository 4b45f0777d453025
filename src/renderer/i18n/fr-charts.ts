import { french } from './counting.ts'
import type { Words } from './en.ts'

const { count, number } = french

const projects = (value: number) => count(value, 'projet', 'projets')
const days = (value: number) => count(value, 'jour', 'jours')

export const frCharts: Words['charts'] = {
  change: (by) => (by === 0 ? 'inchangé en 7 jours' : `${by > 0 ? '+' : '−'}${number(Math.abs(by))} en 7 jours`),
  changeSince: (day) => `Par rapport à la fin du ${day}, UTC`,
  readAgo: (ago) => `Compté ${ago}`,
  table: 'Afficher en tableau',
  day: 'Jour (UTC)',
  history: {
    title: 'Évolution des projets',
    range: 'Jours affichés',
    days,
    summary: (from, to) => `Projets par état à la fin de chaque jour UTC, du ${from} au ${to}.`,
    was: (status, before, after) => `${status} : ${number(before)}, puis ${number(after)}.`,
    endOf: (day) => `Fin du ${day}, UTC`,
    empty: 'Aucun jour n’a encore été compté.',
    emptyHint:
      'Ici figureront les projets par état, jour après jour. Le premier décompte se fera au prochain relevé quotidien :',
    one: 'Un seul jour a été compté pour l’instant ; le graphique commence au deuxième.',
    missing: (missed) =>
      `${days(missed)} dans l’intervalle ${missed < 2 ? 'n’a pas été compté' : 'n’ont pas été comptés'}.`,
  },
  idle: {
    title: 'Inactivité des projets de l’offre gratuite',
    summary: (total, beyond) =>
      `${count(total, 'projet actif', 'projets actifs')} sur l’offre gratuite, dont ${number(beyond)} au-delà du seuil.`,
    from: (from, to) => (to - from === 1 ? days(from) : `${number(from)} à ${number(to - 1)} jours`),
    beyond: (from) => `${days(from)} ou plus`,
    bar: (span, value) => `Sans activité depuis ${span} : ${projects(value)}`,
    threshold: (after) => `Inactif après ${days(after)}`,
    unwatched: (time) => `Le seuil est repoussé de ${time}, pendant lesquels personne n’observait.`,
    axis: 'Jours depuis la dernière activité',
    listed: 'Une barre ouvre les projets gratuits actifs sans activité depuis au moins ce temps.',
  },
  forecast: {
    title: 'Les 14 prochaines nuits',
    summary: (toSleep, toDisable) =>
      `Sans nouvelle visite, ${count(toSleep, 'projet serait mis', 'projets seraient mis')} en sommeil et ${count(toDisable, 'désactivé', 'désactivés')} définitivement.`,
    night: (day, toSleep, toDisable) =>
      `Nuit du ${day} : ${number(toSleep)} à mettre en sommeil, ${number(toDisable)} à désactiver définitivement`,
    toSleep: 'Mis en sommeil',
    toDisable: 'Désactivés définitivement',
    mode: 'Les balayages automatiques ne sont pas pleinement actifs : ces nuits en feraient moins.',
    listed: 'Une nuit ouvre les projets qui seront concernés d’ici là.',
  },
  reactivations: {
    title: 'Réactivations par semaine',
    summary: (total) => `${count(total, 'réactivation', 'réactivations')} en 12 semaines.`,
    week: (monday, people, upgrades) =>
      `Semaine du ${monday} : ${number(people)} par des personnes, ${number(upgrades)} par un passage à une offre payante`,
    byPeople: 'Par des personnes',
    byUpgrade: 'Par un passage à une offre payante',
    listed: 'Une semaine ouvre les projets actifs qui ont déjà été réactivés.',
  },
  mail: {
    title: 'Courriels',
  },
}
