import { lazy, Suspense, useEffect } from 'react'
import { useKeyListener, useShortcuts } from '../keys/use-shortcuts.ts'
import { allMails, allProjects, sweepsStart } from '../route.ts'
import { navigate } from '../window-route.ts'

const loadPalette = () => import('../palette/palette.tsx')
const loadHelp = () => import('../keys/help.tsx')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const Help = lazy(async () => ({ default: (await loadHelp()).Help }))

const preloadAfterMs = 2_000

export type Overlay = 'palette' | 'help' | null

interface OverlaysProps {
  readonly open: Overlay
  readonly deployDomain: string | null
  readonly onOpen: (overlay: Overlay) => void
}

/** The keys that work on every page, and what they open over it. */
export function Overlays({ open, deployDomain, onOpen }: OverlaysProps) {
  useKeyListener()
  useShortcuts({
    palette: () => onOpen('palette'),
    search: () => onOpen('palette'),
    help: () => onOpen('help'),
    preview: () => navigate(sweepsStart),
    goOverview: () => navigate({ page: 'overview' }),
    goProjects: () => navigate(allProjects),
    goSweeps: () => navigate(sweepsStart),
    goRuns: () => navigate({ ...sweepsStart, view: 'runs' }),
    goMail: () => navigate(allMails),
    goAgents: () => navigate({ page: 'agents' }),
    goPolicy: () => navigate({ page: 'policy' }),
  })
  useEffect(() => {
    // Once the page is there: the first key should not wait for a file.
    const timer = window.setTimeout(() => void Promise.all([loadPalette(), loadHelp()]), preloadAfterMs)
    return () => window.clearTimeout(timer)
  }, [])
  const close = () => onOpen(null)
  return (
    <Suspense>
      {open === 'palette' && <Palette deployDomain={deployDomain} onClose={close} onHelp={() => onOpen('help')} />}
      {open === 'help' && <Help onClose={close} />}
    </Suspense>
  )
}
