import type { MailTemplate } from './mail-facts.ts'
import type { Message, MessageFacts } from './message.ts'

type Project = MessageFacts['projects'][number]

const closing =
  'Ce message a été envoyé automatiquement, parce que vous vous occupez des projets de cette équipe. Les heures sont exactes.'
const days = (count: number) => (count < 2 ? `${count} jour` : `${count} jours`)
const what = { worksTitle: 'Ce qui fonctionne encore', doTitle: 'Ce que vous pouvez faire', nextTitle: 'La suite' }

const sleepWorks =
  'Tout est conservé : code, réglages, variables d’environnement, déploiements et domaines. Vous pouvez vous connecter ' +
  'et tout consulter. Seuls les visiteurs n’atteignent plus le site ; ils voient une page qui dit qu’il est en veille.'
const disabledWorks =
  'Votre dépôt est intact, votre compte et vos autres projets fonctionnent comme avant, et vous pouvez encore consulter ' +
  'les réglages et l’historique de ce projet.'
const disabledDo =
  'Un projet désactivé définitivement ne peut pas être réactivé. Pour être de nouveau en ligne, créez un nouveau projet ' +
  'à partir du même dépôt.'

const digestLinks =
  'Réactivez un projet avec le lien sous son nom. Chaque lien est à vous seul, sert une fois, et jusqu’à l’heure indiquée. '

const wakeAction = (wakeUrl: string | null) => (wakeUrl === null ? null : { label: 'Réactiver', url: wakeUrl })

function single(project: Project, message: Omit<Message, 'language' | 'projects' | 'action' | 'closing'>): Message {
  const open = project.url === null ? null : { label: 'Ouvrir le projet', url: project.url }
  const action = wakeAction(project.wakeUrl) ?? open
  return { language: 'fr', projects: [], ...message, action, closing }
}

function digest(facts: MessageFacts, message: Omit<Message, 'language' | 'projects' | 'action' | 'closing'>): Message {
  const projects = facts.projects.map((project) => ({
    name: project.name,
    url: project.url,
    action: wakeAction(project.wakeUrl),
    detail: `Équipe ${project.teamName}. ${whenOf(project)}`,
  }))
  return { language: 'fr', ...message, projects, action: null, closing }
}

function whenOf({ actedAt, nextStageAt, isOverdue }: Project): string {
  if (isOverdue) return 'Il peut désormais être désactivé définitivement à tout moment.'
  return nextStageAt === null ? `Depuis le ${actedAt}.` : `Désactivé définitivement à partir du ${nextStageAt}.`
}

/** The French mails. */
export const wordsFr: Readonly<Record<MailTemplate, (facts: MessageFacts, first: Project) => Message>> = {
  'project-disabled': (facts, first) =>
    single(first, {
      subject: `Votre projet ${first.name} a été mis en veille`,
      heading: `${first.name} a été mis en veille`,
      opening: `Personne n’a visité ${first.name} (équipe ${first.teamName}) pendant ${days(facts.inactiveAfterDays)}. Avec l’offre gratuite, un tel projet est mis en veille. C’était le ${first.actedAt}.`,
      sections: [
        { title: what.worksTitle, text: sleepWorks },
        {
          title: what.doTitle,
          text:
            first.wakeUrl === null
              ? 'Un propriétaire ou un admin de l’équipe peut le réactiver à tout moment sur sa page.'
              : 'Réactivez-le avec le lien ci-dessous. Il est à vous seul, sert une fois, et jusqu’à l’heure donnée ici. Un propriétaire ou un admin de l’équipe peut aussi le réactiver sur sa page.',
        },
        {
          title: what.nextTitle,
          text: first.isOverdue
            ? 'Si personne ne le réactive, il peut désormais être désactivé définitivement à tout moment. Cela ne peut pas être annulé.'
            : `Si personne ne le réactive, il sera désactivé définitivement à partir du ${first.nextStageAt ?? 'prochain balayage'}. Cela ne peut pas être annulé.`,
        },
      ],
    }),
  'project-permanently-disabled': (_facts, first) =>
    single(first, {
      subject: `Votre projet ${first.name} a été désactivé définitivement`,
      heading: `${first.name} a été désactivé définitivement`,
      opening: `${first.name} (équipe ${first.teamName}) était en veille et personne ne l’a réactivé. Il a été désactivé définitivement le ${first.actedAt}.`,
      sections: [
        { title: what.worksTitle, text: disabledWorks },
        { title: what.doTitle, text: disabledDo },
      ],
    }),
  'project-disabled-digest': (facts) =>
    digest(facts, {
      subject: `${facts.projects.length} de vos projets ont été mis en veille`,
      heading: `${facts.projects.length} projets ont été mis en veille`,
      opening: `Personne n’a visité ces projets pendant ${days(facts.inactiveAfterDays)}. Avec l’offre gratuite, de tels projets sont mis en veille.`,
      sections: [
        { title: what.worksTitle, text: sleepWorks },
        {
          title: what.doTitle,
          text: `${facts.projects.some(({ wakeUrl }) => wakeUrl !== null) ? digestLinks : ''}Un propriétaire ou un admin de l’équipe peut réactiver chacun d’eux sur sa page. Ceux que personne ne réactive seront désactivés définitivement à partir de l’heure indiquée pour chacun ; cela ne peut pas être annulé.`,
        },
      ],
    }),
  'project-permanently-disabled-digest': (facts) =>
    digest(facts, {
      subject: `${facts.projects.length} de vos projets ont été désactivés définitivement`,
      heading: `${facts.projects.length} projets ont été désactivés définitivement`,
      opening: 'Ces projets étaient en veille et personne ne les a réactivés. Ils ont été désactivés définitivement.',
      sections: [
        { title: what.worksTitle, text: disabledWorks },
        { title: what.doTitle, text: disabledDo },
      ],
    }),
  'project-warning': (facts, first) =>
    single(first, {
      subject: `Votre projet ${first.name} sera bientôt mis en veille`,
      heading: `${first.name} sera bientôt mis en veille`,
      opening: `La dernière visite de ${first.name} (équipe ${first.teamName}) date du ${first.actedAt}. Avec l’offre gratuite, un projet que personne ne visite pendant ${days(facts.inactiveAfterDays)} est mis en veille.`,
      sections: [
        { title: what.worksTitle, text: 'Jusque-là, tout fonctionne comme avant.' },
        { title: what.doTitle, text: 'Rien, s’il peut dormir. Une seule visite du site suffit à le garder éveillé.' },
        {
          title: what.nextTitle,
          text: first.isOverdue
            ? 'Sans visite, il peut désormais être mis en veille à tout moment.'
            : `Sans visite, il sera mis en veille à partir du ${first.nextStageAt ?? 'prochain balayage'}.`,
        },
      ],
    }),
  'project-reactivated': (facts, first) =>
    single(first, {
      subject: `Votre projet ${first.name} est de nouveau actif`,
      heading: `${first.name} est de nouveau actif`,
      opening: `${first.name} (équipe ${first.teamName}) a été réactivé le ${first.actedAt}.`,
      sections: [
        {
          title: what.worksTitle,
          text: 'Le site est de nouveau accessible, avec les domaines qui avaient été coupés entre-temps.',
        },
        {
          title: what.doTitle,
          text: `Rien. Avec l’offre gratuite, il sera remis en veille si personne ne le visite pendant ${days(facts.inactiveAfterDays)}.`,
        },
      ],
    }),
}
