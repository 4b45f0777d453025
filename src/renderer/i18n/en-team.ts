import { english } from './counting.ts'

const { count, number } = english

export const enTeam = {
  back: 'All projects',
  deleted: 'This team was deleted. Vigie never touches its projects.',
  exempt: (until: string | null) => (until === null ? 'Exempt for good' : `Exempt until ${until}`),
  exemptBy: (actor: string) => `by ${actor}`,
  counts: 'Projects by status',
  plan: 'Plan',
  subscription: 'Subscription',
  subscriptions: { active: 'Active', cancelled: 'Cancelled', expired: 'Expired' },
  subscribed: 'Since',
  none: 'None: the team is on the free plan.',
  slug: 'Slug',
  id: 'Id',
  created: 'Created',
  facts: 'Team',
  members: (members: number) => `Members (${number(members)})`,
  noMembers: 'The team has no members.',
  moreMembers: (members: number) => `and ${count(members, 'more member', 'more members')}`,
  noName: 'no name',
  gone: 'Account deleted',
  projects: 'Projects',
  openList: 'Open in the list',
  noProjects: 'The team has no projects.',
}
