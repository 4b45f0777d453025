import { french } from './counting.ts'
import type { Words } from './en.ts'

const { count, number } = french

export const frList: Words['list'] = {
  filters: 'Filtres',
  filtersSet: (filters) => `Filtres (${number(filters)})`,
  active: 'Filtres actifs',
  several: 'État, un ou plusieurs',
  team: 'Équipe',
  teamPlaceholder: 'Une partie de son nom',
  teamHint: (min) => `Saisissez au moins ${min} caractères.`,
  noTeam: 'Aucune équipe ne correspond.',
  idle: 'Sans trafic depuis au moins',
  reactivated: 'Réactivé au moins',
  due: 'Échéance sous',
  dueHint: 'Avant de devenir inactif ou désactivé définitivement. 0 : échéance atteinte',
  days: 'jours',
  times: 'fois',
  badNumber: (min, max) => `Un nombre entier de ${number(min)} à ${number(max)}`,
  also: 'Seulement ceux avec',
  trait: {
    mailFailed: 'Courriel en échec',
    exempt: 'Exempté',
    pushedAsleep: 'Push pendant le sommeil',
  },
  traitHint: {
    mailFailed: 'Un courriel sur sa dernière transition a été refusé ou abandonné',
    exempt: 'Le projet ou son équipe est laissé tranquille par les balayages en ce moment',
    pushedAsleep: 'Il a un déploiement postérieur à sa mise en sommeil',
  },
  match: {
    name: 'Trouvé par son nom',
    id: 'Trouvé par son identifiant',
    hostname: 'Trouvé par un nom d’hôte',
    repository: 'Trouvé par son dépôt',
    team: 'Trouvé par son équipe',
    owner: 'Trouvé par l’adresse d’un propriétaire',
  },
  chip: {
    search: (text) => `Recherche : ${text}`,
    plan: (plan) => `Offre : ${plan}`,
    team: (team) => `Équipe ${team}`,
    idle: (days) => `Sans trafic depuis ${count(days, 'jour', 'jours')} ou plus`,
    reactivated: (times) => `Réactivé ${number(times)} fois ou plus`,
    due: (days) => (days === 0 ? 'Échéance atteinte' : `Échéance sous ${count(days, 'jour', 'jours')}`),
    remove: (filter) => `Retirer le filtre : ${filter}`,
  },
  clearAll: 'Tout effacer',
  moreThan: (projects) => `plus de ${number(projects)} projets`,
  loosen: 'En retirant l’un de ces filtres, il y en aurait :',
  without: (filter, projects) => `Sans « ${filter} » : ${projects}`,
  loosenNothing: 'Plusieurs filtres s’excluent les uns les autres.',
}
