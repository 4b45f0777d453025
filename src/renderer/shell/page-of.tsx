import { lazy, Suspense } from 'react'
import type { Status } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute, type Route } from '../route.ts'
import { EmptyState, Loading } from '../ui/empty-state.tsx'
import { Boundary } from './boundary.tsx'

/** Each page is a file of its own, read when it is gone to. */
const OverviewPage = lazy(async () => ({ default: (await import('../pages/overview.tsx')).OverviewPage }))
const ProjectsPage = lazy(async () => ({ default: (await import('../pages/projects.tsx')).ProjectsPage }))
const TeamPage = lazy(async () => ({ default: (await import('../pages/team.tsx')).TeamPage }))
const SweepsPage = lazy(async () => ({ default: (await import('../pages/sweeps.tsx')).SweepsPage }))
const MailPage = lazy(async () => ({ default: (await import('../pages/mail.tsx')).MailPage }))
const AgentsPage = lazy(async () => ({ default: (await import('../pages/agents.tsx')).AgentsPage }))
const PolicyPage = lazy(async () => ({ default: (await import('../pages/policy.tsx')).PolicyPage }))

/** What a route shows. */
export function PageOf({ route, status }: { route: Route; status: Status }) {
  const { state } = useWords()
  return (
    <Boundary key={route.page}>
      <Suspense fallback={<Loading text={state.loading} />}>
        <Page route={route} status={status} />
      </Suspense>
    </Boundary>
  )
}

function Page({ route, status }: { route: Route; status: Status }) {
  const { shell } = useWords()
  const isReadOnly = status.facts?.isReadOnly ?? false
  switch (route.page) {
    case 'overview':
      return <OverviewPage />
    case 'projects':
      return <ProjectsPage route={route} status={status} />
    case 'team':
      return <TeamPage key={route.teamId} teamId={route.teamId} />
    case 'sweeps':
      return <SweepsPage route={route} isReadOnly={isReadOnly} />
    case 'mail':
      return <MailPage route={route} isReadOnly={isReadOnly} />
    case 'agents':
      return <AgentsPage isReadOnly={isReadOnly} />
    case 'policy':
      return <PolicyPage isReadOnly={isReadOnly} />
    case 'nowhere':
      return (
        <EmptyState
          title={shell.nowhereTitle}
          action={<a href={formatRoute({ page: 'overview' })}>{shell.toOverview}</a>}
        />
      )
  }
}
