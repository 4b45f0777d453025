import type { ProjectStatus } from '../../../core/project.ts'
import { gone, goneToo, julie, karim, lucy, nora, peter, quoted, unnamed, unverified } from './edge-people.ts'
import type { EdgeDomain, EdgeProject, EdgeTeam, EdgeUser, MemberRole } from './edge-team.ts'

const days = 24

const domainTypes = ['route', '301', '302', '307', '308'] as const
const domainStatuses = ['active', 'pending', 'failed', 'disabled'] as const

/** The cases that a rule, a query or a screen must get right, the ordinary ones first: a smaller sample takes the first. */
export const edgeTeams: readonly EdgeTeam[] = [
  {
    name: 'Atelier Merle',
    plan: 'none',
    members: membership('owner', julie),
    projects: [
      { name: 'portfolio', idleHours: 0.1, domains: routes('portfolio-merle.example') },
      { name: 'never-visited', ageHours: 3 * days, idleHours: null },
      { name: 'asleep', ...asleep(3), domains: routes('merle.example', 'www.merle.example') },
      { name: 'disabled-for-good', ...disabled(21, 14), domains: routes('old.merle.example') },
      { name: 'just-created', ageHours: 0.02, idleHours: null, deployments: 0 },
    ],
  },
  {
    name: 'Studio Cobalt',
    plan: 'free',
    members: membership('owner', karim),
    projects: [
      { name: 'idle-4-days-23-hours', idleHours: 5 * days - 1 },
      { name: 'idle-5-days-1-hour', idleHours: 5 * days + 1, domains: routes('due.cobalt.example') },
      {
        name: 'asleep-6-days-22-hours',
        status: 'inactive',
        sleptHoursAgo: 7 * days - 2,
        domains: routes('later.cobalt.example'),
      },
      {
        name: 'asleep-7-days-2-hours',
        status: 'inactive',
        sleptHoursAgo: 7 * days + 2,
        domains: routes('final.cobalt.example'),
      },
      { name: 'never-visited-and-due', ageHours: 5.5 * days, idleHours: null },
    ],
  },
  {
    name: 'Upgraded while inactive',
    plan: 'paid',
    members: membership('owner', nora),
    projects: [
      { name: 'asleep-since-before', ...asleep(15), domains: routes('kept.upgraded.example') },
      { name: 'disabled-before', ...disabled(60, 53) },
      { name: 'idle-for-months', idleHours: 60 * days, domains: routes('shop.upgraded.example') },
    ],
  },
  {
    name: 'Cancelled plan',
    plan: 'cancelled',
    members: membership('owner', peter),
    projects: [
      { name: 'idle', idleHours: 30 * days, domains: routes('lapsed.example.org') },
      { name: 'asleep', ...asleep(30) },
    ],
  },
  {
    name: 'Expired plan',
    plan: 'expired',
    members: membership('owner', peter),
    projects: [{ name: 'idle', idleHours: 12 * days }],
  },
  {
    name: 'Owner deleted, admin left',
    plan: 'free',
    members: [...membership('owner', gone), ...membership('admin', lucy)],
    projects: [
      { name: 'asleep', ...asleep(2) },
      { name: 'woken-by-the-admin', wakings: 1, lastWakingNight: 16 },
    ],
  },
  {
    name: 'Owner and creator deleted',
    plan: 'none',
    members: membership('owner', gone),
    creator: goneToo,
    projects: [
      { name: 'due-and-nobody-to-tell', idleHours: 5.4 * days },
      { name: 'asleep-and-nobody-told', ...asleep(4) },
    ],
  },
  {
    name: 'Admins only',
    plan: 'free',
    members: membership('admin', julie, nora),
    projects: [{ name: 'asleep', ...asleep(5), domains: routes('admins.example.net') }],
  },
  {
    name: 'Creator only',
    plan: 'none',
    members: [],
    creator: karim,
    projects: [{ name: 'asleep', ...asleep(6) }],
  },
  {
    name: 'Members only',
    hasNoSlug: true,
    plan: 'none',
    members: membership('member', nora, peter),
    creator: null,
    projects: [{ name: 'no-slug', hasNoSlug: true, hasNoCreator: true, ...asleep(2) }],
  },
  {
    name: 'Three owners',
    plan: 'free',
    members: [...membership('owner', julie, karim, nora), ...membership('member', peter)],
    projects: [
      { name: 'asleep', ...asleep(1) },
      { name: 'disabled', ...disabled(33, 26) },
    ],
  },
  {
    name: 'Unverified address',
    plan: 'none',
    members: membership('owner', unverified),
    projects: [{ name: 'asleep', ...asleep(4) }],
  },
  {
    name: 'Deleted team',
    plan: 'free',
    isDeleted: true,
    members: membership('owner', peter),
    projects: [
      { name: 'idle', idleHours: 40 * days },
      { name: 'asleep', ...asleep(20) },
    ],
  },
  {
    name: 'Exempt projects',
    plan: 'free',
    members: membership('owner', nora),
    projects: [
      { name: 'idle-and-exempt', idleHours: 20 * days, exemptForHours: 30 * days },
      { name: 'asleep-and-exempt', ...asleep(9), exemptForHours: 10 * days },
      { name: 'exemption-over', idleHours: 20 * days, exemptForHours: -3 },
    ],
  },
  {
    name: 'Exempt for good',
    plan: 'none',
    isExempt: true,
    members: membership('owner', unnamed),
    projects: [
      { name: 'idle', idleHours: 100 * days },
      { name: 'asleep', ...asleep(70) },
    ],
  },
  {
    name: 'Paused and deleted',
    plan: 'free',
    members: membership('owner', karim),
    projects: [
      { name: 'paused', status: 'paused', idleHours: 50 * days, domains: routes('paused.example.com') },
      { name: 'deleted', status: 'deleted', idleHours: 80 * days },
    ],
  },
  {
    name: 'First version',
    plan: 'free',
    members: membership('owner', julie),
    projects: [
      { name: 'asleep', ...firstVersion('inactive'), sleptHoursAgo: 3 * days, domains: mixed('first') },
      {
        name: 'asleep-and-due',
        ...firstVersion('inactive'),
        sleptHoursAgo: 7 * days + 6,
        domains: routes('first-due.example'),
      },
      { name: 'asleep-without-date', ...firstVersion('inactive'), domains: routes('first-undated.example') },
      {
        name: 'disabled',
        ...firstVersion('permanently_disabled'),
        disabledHoursAgo: 120 * days,
        domains: routes('first-disabled.example'),
      },
      { name: 'disabled-by-vigie', ...firstVersion('permanently_disabled'), disabledNight: 12 },
      { name: 'woken-by-vigie', ...firstVersion('active'), wakings: 1, lastWakingNight: 25 },
      { name: 'woken-before-vigie', wakings: 2 },
    ],
  },
  {
    name: 'Reactivated',
    plan: 'none',
    members: membership('owner', nora),
    projects: [
      { name: 'four-times', wakings: 4, lastWakingNight: 5, domains: routes('four-times.example') },
      { name: 'once-and-asleep-again', wakings: 1, lastWakingNight: 24, ...asleep(3) },
      { name: 'once-and-disabled', wakings: 1, lastWakingNight: 40, ...disabled(22, 15) },
    ],
  },
  {
    name: 'Shared hostnames',
    plan: 'free',
    members: membership('owner', peter),
    projects: [
      { name: 'asleep-and-taken', ...asleep(4), domains: routes('shared.example', 'own.shared.example') },
      { name: 'has-it-now', domains: routes('shared.example') },
      {
        name: 'woken-without-it',
        wakings: 1,
        lastWakingNight: 11,
        domains: [{ hostname: 'shared.example', isLeft: true }, ...routes('woken.shared.example')],
      },
      { name: 'twin-one', ...asleep(5), domains: routes('twins.example') },
      { name: 'twin-two', ...asleep(6), domains: routes('twins.example') },
    ],
  },
  {
    name: 'Domains',
    plan: 'paid',
    members: membership('owner', karim),
    projects: [
      {
        name: 'every-type-and-status',
        domains: domainTypes.flatMap((type) =>
          domainStatuses.map((status) => ({ hostname: `${status}-${type}.every.test`, type, status })),
        ),
      },
    ],
  },
  {
    name: 'Mixed domains',
    plan: 'none',
    members: membership('owner', julie),
    projects: [{ name: 'asleep', ...asleep(3), domains: mixed('mixed') }],
  },
  {
    name: '<script>alert("team")</script>',
    plan: 'free',
    members: membership('owner', quoted),
    projects: [
      { name: '<b>Démo</b> & "fils" <img src=x onerror=alert(1)>', ...asleep(2) },
      { name: `O'Brien's “site”; drop table project; --`, idleHours: 1 },
      { name: '🚀 Lancement 🎉 👩‍👩‍👧', ...asleep(5) },
      { name: 'مشروع تجريبي', ...asleep(1) },
      { name: 'אתר לדוגמה', idleHours: 5.2 * days },
      {
        name: 'Un nom de projet long de cent signes exactement, le plus long que la plateforme accepte encore : fin',
        idleHours: 9,
      },
      { name: 'x', idleHours: 26 },
    ],
  },
  {
    name: 'Repositories and deployments',
    plan: 'paid',
    members: membership('owner', nora),
    projects: [
      { name: 'every-conclusion', deployments: 12, domains: routes('deployments.example') },
      { name: 'repository-deleted', repoStatus: 'deleted' },
      { name: 'repository-removed', repoStatus: 'removed', ...asleep(40) },
      { name: 'repository-transferred', repoStatus: 'transferred' },
    ],
  },
  {
    name: 'Agence aux trente-quatre clients',
    plan: 'free',
    members: [...membership('owner', karim), ...membership('admin', julie), ...membership('member', nora)],
    projects: Array.from({ length: 34 }, (_, index) => clientProject(index + 1)),
  },
]

function membership(role: MemberRole, ...users: readonly EdgeUser[]) {
  return users.map((user) => ({ user, role }))
}

function asleep(sleptNight: number) {
  return { status: 'inactive', sleptNight } as const
}

function disabled(sleptNight: number, disabledNight: number) {
  return { status: 'permanently_disabled', sleptNight, disabledNight } as const
}

function firstVersion(status: ProjectStatus) {
  return { status, isFirstVersion: true } as const
}

function routes(...hostnames: readonly string[]): EdgeDomain[] {
  return hostnames.map((hostname) => ({ hostname }))
}

/** One domain of each status: only the active one is Vigie's to disable and to give back. */
function mixed(name: string): EdgeDomain[] {
  return domainStatuses.map((status) => ({ hostname: `${status}.${name}.example`, status }))
}

function clientProject(number: number): EdgeProject {
  const name = `client-${String(number).padStart(2, '0')}`
  if (number % 9 === 0) return { name, ...asleep(number / 9), domains: routes(`${name}.example.org`) }
  return { name, idleHours: number * 2.5, domains: number % 3 === 0 ? routes(`${name}.example.org`) : [] }
}
