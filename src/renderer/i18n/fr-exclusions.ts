import { french } from './counting.ts'
import type { enExclusions } from './en-exclusions.ts'

const { count } = french

export const frExclusions: typeof enExclusions = {
  title: 'Ce qui est exclu',
  hint: 'Les requêtes qui ne comptent pas comme visites. Une nouvelle exclusion est seulement observée : elle compte encore, et montre ce que l’appliquer changerait.',
  none: 'Rien n’est exclu : tout ce qui est routé vers un projet compte.',
  noneHint:
    'Observez-en une pour voir ce que pèsent vos sondes ou les aperçus de liens ; rien ne change avant qu’elle soit appliquée.',
  status: { observed: 'Observée', applied: 'Appliquée', ended: 'Terminée' },
  readyLists: { monitors: 'Surveillances', link_previews: 'Aperçus de liens', bots: 'Robots' },
  counted: (hits) => count(hits, 'requête comptée', 'requêtes comptées'),
  excluded: (hits) => count(hits, 'requête mise à part', 'requêtes mises à part'),
  ended: 'terminée',
  add: 'En observer une autre…',
  addTitle: 'Observer une exclusion',
  kind: 'Quoi',
  pattern: {
    user_agent: 'Partie de l’agent utilisateur',
    path: 'Début du chemin',
    address: 'Adresse ou plage',
    list: 'Liste',
  },
  patternMissing: 'Dites ce qui est exclu.',
  addAction: 'Observer',
  apply: 'Appliquer…',
  applyTitle: 'Ne plus compter ces requêtes ?',
  applyAction: (projects) =>
    projects === null || projects === 0
      ? 'Ne plus compter'
      : `Ne plus compter : ${count(projects, 'projet peut s’endormir', 'projets peuvent s’endormir')}`,
  previewNone: 'Aucun projet ne s’endormirait de ce fait : chacun a d’autres visites.',
  preview: (projects) =>
    `${count(projects, 'projet n’a pas d’autre visite et s’endormirait', 'projets n’ont pas d’autre visite et s’endormiraient')} avec le temps.`,
  previewSince: (when) => `Elle est observée depuis le ${when} ; avant, on n’en sait rien.`,
  previewHits: (hits) => count(hits, 'requête', 'requêtes'),
  previewMore: (more) => `et ${count(more, 'autre', 'autres')}`,
  end: 'Terminer…',
  endTitle: 'Terminer cette exclusion ?',
  endEffect: (hits) =>
    hits === 0
      ? 'Ce qu’elle vise compte. Rien n’avait été mis à part qui compterait de nouveau.'
      : `Ce qu’elle vise compte de nouveau, y compris ${count(hits, 'requête mise à part', 'requêtes mises à part')}.`,
  endAction: 'La terminer',
}
