import type { Answers, ToldProject } from './answer-en.ts'

const days = (count: number) => (count < 2 ? `${count} jour` : `${count} jours`)
const project = ({ name, teamName }: ToldProject) =>
  `votre projet «\u00a0${name}\u00a0» (équipe «\u00a0${teamName}\u00a0»)`
const itsPage = ({ url }: ToldProject) => (url === null ? 'sur sa page de la plateforme' : `sur sa page : ${url}`)

const lastVisit = ({ lastTrafficAt, createdAt }: ToldProject) =>
  lastTrafficAt === null
    ? `Il a été créé le ${createdAt} et n’a pas été visité depuis.`
    : `Sa dernière activité connue date du ${lastTrafficAt}.`
const sinceWhen = ({ asleepSince }: ToldProject) => (asleepSince === null ? '' : ` depuis le ${asleepSince}`)
const rule = ({ inactiveAfterDays }: ToldProject) =>
  `Avec l’offre gratuite, un projet qui ne reçoit aucune requête pendant ${days(inactiveAfterDays)} est mis en veille`
const kept =
  'Rien n’est perdu : code, réglages, variables d’environnement, déploiements et domaines sont conservés. Seuls les visiteurs n’atteignent plus le site ; ils voient une page qui dit qu’il est en veille.'
const wake = (told: ToldProject) =>
  `Un propriétaire ou un admin de l’équipe peut le réactiver à tout moment ${itsPage(told)}. Nous pouvons aussi le faire pour vous : répondez à ce message, depuis l’adresse de votre compte, en le demandant.`
const another =
  'Pour être de nouveau en ligne, créez un nouveau projet à partir du même dépôt ; ses domaines peuvent être ajoutés au nouveau projet.'

/** The French answers to owners. */
export const answerFr: Answers = {
  greeting: 'Bonjour,',
  closing: 'Cordialement',
  states: {
    active: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est actif. ${lastVisit(told)}`,
      `${rule(told)}. ${told.exemptUntil === null ? '' : `Nous en avons exempté le vôtre jusqu’au ${told.exemptUntil}. `}S’il ne reçoit plus aucune requête, le vôtre est mis en veille le ${told.deadline ?? ''} au plus tôt. Toute requête vers le site compte et repousse cette date ; vous n’avez rien d’autre à faire.`,
    ],
    activeDue: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est encore actif. ${lastVisit(told)}`,
      `${rule(told)}. Pour le vôtre, ce délai s’est achevé le ${told.deadline ?? ''} : il peut être mis en veille à tout instant. Une seule visite du site le maintient éveillé ; s’il s’endort tout de même, un propriétaire ou un admin de l’équipe peut le réactiver ${itsPage(told)}.`,
    ],
    activePaid: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est actif, et son équipe a une offre payante.`,
      'Les projets d’une offre payante ne sont jamais mis en veille, même s’ils sont rarement visités. Vous n’avez rien à faire.',
    ],
    activeLapsed: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est actif. L’offre payante de son équipe a été résiliée ou a expiré.`,
      'Pour l’instant, ses projets ne sont pas mis en veille. Renouvelez cette offre ou choisissez-en une autre dans les réglages de votre équipe.',
    ],
    activeExempt: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est actif. Nous l’avons exempté : il n’est pas mis en veille, même s’il est rarement visité.`,
      'Vous n’avez rien à faire.',
    ],
    inactive: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. ${rule(told)}.`,
      kept,
      wake(told),
      `${told.exemptUntil === null ? '' : `Nous l’avons exempté jusqu’au ${told.exemptUntil}. `}Si personne ne le réactive, il est désactivé définitivement le ${told.deadline ?? ''} au plus tôt. Cela ne peut pas être annulé.`,
    ],
    inactiveDue: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. ${rule(told)}.`,
      kept,
      `Merci d’agir sans attendre : le délai pour le réactiver s’est achevé le ${told.deadline ?? ''}, et il peut être désactivé définitivement à tout instant. Cela ne peut pas être annulé.`,
      wake(told),
    ],
    asleepPaid: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. Son équipe a une offre payante : il ne sera pas désactivé définitivement.`,
      kept,
      wake(told),
      'Une fois réveillé, il n’est plus mis en veille tant que l’équipe a une offre payante.',
    ],
    asleepLapsed: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. L’offre payante de son équipe a été résiliée ou a expiré ; pour l’instant, il ne sera pas désactivé définitivement.`,
      kept,
      wake(told),
    ],
    asleepExempt: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. Nous l’avons exempté : il ne sera pas désactivé définitivement.`,
      kept,
      wake(told),
    ],
    asleepUndated: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille. ${rule(told)}.`,
      kept,
      wake(told),
    ],
    sleepsForNobody: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}. ${rule(told)}.`,
      'Un propriétaire ou un admin de l’équipe peut le réactiver, mais aucun d’eux n’a plus de compte. En l’état, ni vous ni nous ne pouvons le réactiver.',
      `Dès que l’équipe a un propriétaire ou un admin avec un compte, il peut le réactiver. Sinon, le projet est désactivé définitivement le ${told.deadline ?? ''} au plus tôt, et cela ne peut pas être annulé.`,
    ],
    asleepForNobody: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en veille${sinceWhen(told)}.`,
      'Un propriétaire ou un admin de l’équipe peut le réactiver, mais aucun d’eux n’a plus de compte. En l’état, ni vous ni nous ne pouvons le réactiver.',
      'Dès que l’équipe a un propriétaire ou un admin avec un compte, il peut le réactiver. Le projet ne sera pas désactivé définitivement de lui-même.',
    ],
    final: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il a été désactivé définitivement${told.asleepSince === null ? '' : ` le ${told.asleepSince}`}, personne ne l’ayant réactivé à temps pendant sa veille.`,
      'Nous sommes désolés : c’est sans retour. Ni vous ni nous ne pouvons le réactiver.',
      `Votre dépôt est intact, votre compte et vos autres projets fonctionnent comme avant. ${another}`,
    ],
    paused: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il est en pause. Cela n’a rien à voir avec le nombre de ses visites : les projets en pause ne sont ni mis en veille ni désactivés.`,
      `S’il peut être repris, cela se voit ${itsPage(told)}. Nous ne pouvons pas le reprendre d’ici.`,
    ],
    deleted: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Il a été supprimé sur la plateforme.`,
      `Nous sommes désolés : ni vous ni nous ne pouvons le faire revenir. Votre dépôt est intact. ${another}`,
    ],
    teamDeleted: (told) => [
      `Merci pour votre message au sujet de ${project(told)}. Son équipe a été supprimée, et les projets d’une équipe supprimée ne peuvent pas être réactivés.`,
      `Nous sommes désolés : ni vous ni nous ne pouvons y changer quelque chose. Votre dépôt est intact. ${another}`,
    ],
  },
}
