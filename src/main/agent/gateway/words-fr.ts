import type { Words } from './words.ts'

export const wordsFr: Words = {
  unnamed: 'Ce site',
  inactive: {
    heading: (name) => `${name} est en veille`,
    what: 'Personne n’a visité ce site depuis un certain temps. Avec l’offre gratuite, un tel site est mis en veille.',
    since: (time) => `Il est en veille depuis le ${time}.`,
    ownerTitle: 'Si c’est votre projet',
    owner:
      'Tout est conservé. Un propriétaire ou un admin de l’équipe peut le réactiver sur sa page ; il revient en quelques secondes.',
    until: (time) =>
      `Si personne ne le fait, il sera désactivé définitivement à partir du ${time} ; cela ne peut pas être annulé.`,
    visitorTitle: 'Si vous êtes en visite',
    visitor: 'Votre connexion n’est pas en cause. Réessayez plus tard, ou demandez aux responsables du site.',
  },
  permanently_disabled: {
    heading: (name) => `${name} n’est plus en ligne`,
    what: 'Personne n’a visité ce site depuis un certain temps, et personne ne l’a réactivé. Il a été désactivé définitivement.',
    since: (time) => `C’était le ${time}.`,
    ownerTitle: 'Si c’est votre projet',
    owner:
      'Le dépôt est intact. Un projet désactivé définitivement ne peut pas être réactivé ; pour être de nouveau en ligne, créez un nouveau projet à partir du même dépôt.',
  },
  waking: {
    heading: (name) => `${name} se réveille`,
    what: 'Il vient d’être réactivé et revient en quelques secondes. Rechargez cette page dans un instant.',
  },
  platform: 'Ouvrir la plateforme',
  wake: {
    askHeading: (name) => `Réactiver ${name} ?`,
    ask: (since) => `Il est en veille depuis le ${since}.`,
    askUntil: (until) => `Ce lien sert une seule fois, jusqu’au ${until}.`,
    button: 'Réactiver',
    doneHeading: (name) => `${name} est de nouveau actif`,
    done: 'Son site revient en quelques secondes.',
    domains: (count) =>
      count < 2 ? `${count} domaine personnalisé a été rétabli.` : `${count} domaines personnalisés ont été rétablis.`,
    left: (hostnames) => `Ceux-ci servent à un autre projet et y restent : ${hostnames}.`,
    away: {
      heading: 'Ce n’est pas possible pour le moment',
      text: 'La base de données ne répond pas. Rien n’a été changé : réessayez le lien dans quelques minutes.',
    },
    forged: {
      heading: 'Ce lien n’est pas valable',
      text: 'Il en manque peut-être une partie. Ouvrez-le de nouveau depuis le message, ou réactivez le projet sur sa page.',
    },
    refusals: {
      PROJECT_NOT_FOUND: { heading: 'Ce projet n’existe plus', text: 'Il a été supprimé. Il n’y a rien à réactiver.' },
      TEAM_DELETED: {
        heading: 'L’équipe de ce projet n’existe plus',
        text: 'Elle a été supprimée, et ses projets ne peuvent pas être réactivés.',
      },
      PROJECT_PERMANENTLY_DISABLED: {
        heading: 'Ce projet est désactivé définitivement',
        text: 'Il ne peut plus être réactivé. Pour être de nouveau en ligne, créez un nouveau projet à partir du même dépôt.',
      },
      PROJECT_NOT_INACTIVE: {
        heading: 'Ce projet n’est pas en veille',
        text: 'Il a déjà été réactivé, ou son statut a changé autrement. Il n’y a rien à faire ici.',
      },
      LINK_USED: {
        heading: 'Ce lien a déjà servi',
        text: 'Le projet s’est réveillé depuis, puis a été remis en veille. Le lien du message plus récent le réveille, ou sa page.',
      },
      LINK_EXPIRED: {
        heading: 'Ce lien a expiré',
        text: 'Un propriétaire ou un admin de l’équipe peut encore réactiver le projet sur sa page.',
      },
      NOT_OWNER_OR_ADMIN: {
        heading: 'Ce lien n’est plus à vous',
        text: 'Le compte auquel il a été envoyé n’est plus propriétaire ni admin de l’équipe de ce projet.',
      },
    },
  },
}
