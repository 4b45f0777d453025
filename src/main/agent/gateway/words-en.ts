import type { LinkRefusal } from '../../../core/owners-link/wake.ts'

/** What the gateway's pages say in one language. Times come written, names as they are: the pages escape. */
export const wordsEn = {
  unnamed: 'This site',
  inactive: {
    heading: (name: string) => `${name} is asleep`,
    what: 'Nobody visited this site for a while. On the free plan such sites are put to sleep.',
    since: (time: string) => `It has been asleep since ${time}.`,
    ownerTitle: 'If this is your project',
    owner:
      'Everything is kept. An owner or admin of the team can reactivate it on its page, and it is back within seconds.',
    until: (time: string) => `If nobody does, it is permanently disabled from ${time} on; that can’t be undone.`,
    visitorTitle: 'If you are a visitor',
    visitor: 'Nothing is wrong with your connection. Try again later, or ask the people who run the site.',
  },
  permanently_disabled: {
    heading: (name: string) => `${name} is no longer online`,
    what: 'Nobody visited this site for a while, and nobody woke it. It was permanently disabled.',
    since: (time: string) => `This was on ${time}.`,
    ownerTitle: 'If this is your project',
    owner:
      'The repository is untouched. A permanently disabled project can’t be woken; to be online again, create a new project from the same repository.',
  },
  waking: {
    heading: (name: string) => `${name} is waking up`,
    what: 'It was reactivated just now and is back within seconds. Reload this page in a moment.',
  },
  platform: 'Open the platform',
  wake: {
    askHeading: (name: string) => `Reactivate ${name}?`,
    ask: (since: string) => `It has been asleep since ${since}.`,
    askUntil: (until: string) => `This link works once, until ${until}.`,
    button: 'Reactivate',
    doneHeading: (name: string) => `${name} is active again`,
    done: 'Its site is back within seconds.',
    domains: (count: number) =>
      count === 1 ? '1 custom domain was switched on again.' : `${count} custom domains were switched on again.`,
    left: (hostnames: string) => `These are in use by another project and stay there: ${hostnames}.`,
    away: {
      heading: 'This is not possible right now',
      text: 'The database does not answer. Nothing was changed: try the link again in a few minutes.',
    },
    forged: {
      heading: 'This is no valid link',
      text: 'Perhaps a part of it is missing. Open it from the mail again, or reactivate the project on its page.',
    },
    refusals: {
      PROJECT_NOT_FOUND: { heading: 'This project is gone', text: 'It was deleted. There is nothing to reactivate.' },
      TEAM_DELETED: {
        heading: 'The team of this project is gone',
        text: 'It was deleted, and its projects can’t be reactivated.',
      },
      PROJECT_PERMANENTLY_DISABLED: {
        heading: 'This project is permanently disabled',
        text: 'It can’t be reactivated any more. To be online again, create a new project from the same repository.',
      },
      PROJECT_NOT_INACTIVE: {
        heading: 'This project is not asleep',
        text: 'It was reactivated already, or its status was changed otherwise. There is nothing to do here.',
      },
      LINK_USED: {
        heading: 'This link was used already',
        text: 'The project woke up since and was put to sleep again. The link in the newer mail wakes it, or its page.',
      },
      LINK_EXPIRED: {
        heading: 'This link has expired',
        text: 'An owner or admin of the team can still reactivate the project on its page.',
      },
      NOT_OWNER_OR_ADMIN: {
        heading: 'This link is no longer yours to use',
        text: 'The account it was sent to no longer owns or administers the team of this project.',
      },
    } satisfies Record<LinkRefusal, { heading: string; text: string }>,
  },
} as const
