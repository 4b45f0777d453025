import { useQueryClient } from '@tanstack/react-query'
import { useLiveChanges } from '../data/live.ts'
import { type Status, useTRPC, useTRPCClient } from '../data/trpc.ts'
import { HoldNotice } from '../hold/hold-notice.tsx'
import { useWords } from '../i18n/language.tsx'
import { MailPage } from '../pages/mail.tsx'
import { OverviewPage } from '../pages/overview.tsx'
import { PolicyPage } from '../pages/policy.tsx'
import { ProjectsPage } from '../pages/projects.tsx'
import { SweepsPage } from '../pages/sweeps.tsx'
import { useRoute } from '../route.ts'
import { ConnectionBar } from './connection-bar.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'

/** The frame around every page: navigation on the left, where one is and on what database above. */
export function Shell({ status }: { status: Status }) {
  const route = useRoute()
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
          {route.page === 'overview' && <OverviewPage />}
          {route.page === 'projects' && <ProjectsPage route={route} status={status} />}
          {route.page === 'mail' && <MailPage route={route} isReadOnly={status.facts?.isReadOnly ?? false} />}
          {route.page === 'policy' && <PolicyPage isReadOnly={status.facts?.isReadOnly ?? false} />}
          {route.page === 'sweeps' && <SweepsPage route={route} isReadOnly={status.facts?.isReadOnly ?? false} />}
        </main>
        <ConnectionBar />
      </div>
    </div>
  )
}

/** Without touching the address, which holds the page. */
function focusContent(): void {
  document.getElementById('content')?.focus()
}
