import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import classes from '../shell/database-gate.module.css'
import { connectionHash } from './connection-hash.ts'

const ConnectionPage = lazy(async () => ({ default: (await import('./connection-page.tsx')).ConnectionPage }))

/** Lets the console in once a desktop knows its database; a console in a browser has it from its environment. */
export function ConnectionGate({ children }: { children: ReactNode }) {
  return window.vigie === undefined ? children : <DesktopGate>{children}</DesktopGate>
}

function DesktopGate({ children }: { children: ReactNode }) {
  const trpc = useTRPC()
  const { connection: words } = useWords()
  const isAsked = useSyncExternalStore(subscribe, readIsAsked)
  const { data: state, isPending } = useQuery(trpc.connection.get.queryOptions(undefined, { staleTime: 0 }))
  const opening = (
    <main className={classes.page}>
      <p className={classes.opening}>{words.opening}</p>
    </main>
  )
  if (isPending) return opening
  if (state === undefined || !state.canChoose || (state.question === null && !isAsked)) return children
  return (
    <Suspense fallback={opening}>
      <ConnectionPage state={state} />
    </Suspense>
  )
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

function readIsAsked(): boolean {
  return window.location.hash === connectionHash
}
