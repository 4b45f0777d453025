import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useLiveChanges } from '../data/live.ts'
import { type Status, useTRPC, useTRPCClient } from '../data/trpc.ts'
import { HoldNotice } from '../hold/hold-notice.tsx'
import { useWords } from '../i18n/language.tsx'
import { AgentsPage } from '../pages/agents.tsx'
import { MailPage } from '../pages/mail.tsx'
import { OverviewPage } from '../pages/overview.tsx'
import { PolicyPage } from '../pages/policy.tsx'
import { ProjectsPage } from '../pages/projects.tsx'
import { SweepsPage } from '../pages/sweeps.tsx'
import { formatRoute, navigate, type Route, useRoute } from '../route.ts'
import { EmptyState, Loading } from '../ui/empty-state.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'

const TeamPage = lazy(async () => ({ default: (await import('../pages/team.tsx')).TeamPage }))

/** The frame around every page: navigation on the left, where one is and on what database above. */
export function Shell({ status }: { status: Status }) {
  const { route, ignored } = useRoute()
  const words = useWords()
  const live = useLiveChanges(useTRPCClient(), useTRPC(), useQueryClient())
  const title = words.shell[route.page]
  return (
    <div className={classes.shell}>
      <title>{`${title} · Vigie`}</title>
      <button type="button" className={classes.skip} onClick={focusContent}>
        {words.shell.skip}
      </button>
      <Navigation page={route.page} version={status.version} />
      <div className={classes.main}>
        <Header title={title} status={status} live={live} />
        <HoldNotice page={route.page} />
        <main id="content" className={classes.content} tabIndex={-1}>
          {route.page === 'nowhere' && (
            <EmptyState
              title={words.shell.nowhereTitle}
              action={<a href={formatRoute({ page: 'overview' })}>{words.shell.toOverview}</a>}
            />
          )}
          {route.page === 'overview' && <OverviewPage />}
          {route.page === 'projects' && <ProjectsPage route={route} status={status} />}
          {route.page === 'team' && (
            <Suspense fallback={<Loading text={words.state.loading} />}>
              <TeamPage key={route.teamId} teamId={route.teamId} />
            </Suspense>
          )}
          {route.page === 'mail' && <MailPage route={route} isReadOnly={status.facts?.isReadOnly ?? false} />}
          {route.page === 'agents' && <AgentsPage isReadOnly={status.facts?.isReadOnly ?? false} />}
          {route.page === 'policy' && <PolicyPage isReadOnly={status.facts?.isReadOnly ?? false} />}
          {route.page === 'sweeps' && <SweepsPage route={route} isReadOnly={status.facts?.isReadOnly ?? false} />}
        </main>
        {ignored.length > 0 && <IgnoredPart route={route} names={ignored} />}
        <ConnectionBar />
      </div>
    </div>
  )
}

/** What of the address was left out. Closed, the address says what is shown. */
function IgnoredPart({ route, names }: { route: Route; names: readonly string[] }) {
  const { shell } = useWords()
  return (
    <div className={classes.ignored} role="status">
      <span>{shell.ignored(names.join(', '))}</span>
      <Button size="compact-xs" variant="default" onClick={() => navigate(route, 'replace')}>
        {shell.leaveOut}
      </Button>
    </div>
  )
}

/** Without touching the address, which holds the page. */
function focusContent(): void {
  document.getElementById('content')?.focus()
}
