import { french } from './counting.ts'
import type { Words } from './en.ts'

const { count, number } = french

export const frTeam: Words['team'] = {
  back: 'Tous les projets',
  deleted: 'Cette équipe a été supprimée. Vigie ne touche jamais à ses projets.',
  exempt: (until) => (until === null ? 'Exemptée sans limite' : `Exemptée jusqu’au ${until}`),
  exemptBy: (actor) => `par ${actor}`,
  counts: 'Projets par état',
  plan: 'Offre',
  subscription: 'Abonnement',
  subscriptions: { active: 'En cours', cancelled: 'Résilié', expired: 'Expiré' },
  subscribed: 'Depuis',
  none: 'Aucun : l’équipe est sur l’offre gratuite.',
  slug: 'Nom court',
  id: 'Identifiant',
  created: 'Création',
  facts: 'Équipe',
  members: (members) => `Membres (${number(members)})`,
  noMembers: 'L’équipe n’a aucun membre.',
  moreMembers: (members) => `et ${count(members, 'autre membre', 'autres membres')}`,
  noName: 'sans nom',
  gone: 'Compte supprimé',
  projects: 'Projets',
  openList: 'Ouvrir dans la liste',
  noProjects: 'L’équipe n’a aucun projet.',
}
