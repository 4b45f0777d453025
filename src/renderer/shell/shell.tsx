import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLiveChanges } from '../data/live.ts'
import { type Status, useTRPC, useTRPCClient } from '../data/trpc.ts'
import { HoldNotice } from '../hold/hold-notice.tsx'
import { useWords } from '../i18n/language.tsx'
import type { Route } from '../route.ts'
import { UndoBar } from '../undo/undo-bar.tsx'
import { navigate, useRoute } from '../window-route.ts'
import { Boundary } from './boundary.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import { type Overlay, Overlays } from './overlays.tsx'
import { PageOf } from './page-of.tsx'
import classes from './shell.module.css'

/** The frame around every page: navigation on the left, where one is and on what database above. */
export function Shell({ status }: { status: Status }) {
  const { route, ignored } = useRoute()
  const words = useWords()
  const live = useLiveChanges(useTRPCClient(), useTRPC(), useQueryClient())
  const [overlay, setOverlay] = useState<Overlay>(null)
  const title = words.shell[route.page]
  return (
    <div className={classes.shell}>
      <title>{`${title} · Vigie`}</title>
      <button type="button" className={classes.skip} onClick={focusContent}>
        {words.shell.skip}
      </button>
      <Navigation page={route.page} version={status.version} />
      <div className={classes.main}>
        <Header title={title} status={status} live={live} onOpen={setOverlay} />
        <HoldNotice page={route.page} />
        <main id="content" className={classes.content} tabIndex={-1}>
          <PageOf route={route} status={status} />
        </main>
        {ignored.length > 0 && <IgnoredPart route={route} names={ignored} />}
        <UndoBar />
        <ConnectionBar />
        <Boundary>
          <Overlays open={overlay} deployDomain={status.deployDomain} onOpen={setOverlay} />
        </Boundary>
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
