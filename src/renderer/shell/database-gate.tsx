import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { connectionHash } from '../connection/connection-hash.ts'
import { useConnectionError } from '../data/connection.ts'
import { retryAfterMs } from '../data/query-client.ts'
import { readError, type ShownError } from '../data/read-error.ts'
import { type Status, useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { CopyDetails } from '../ui/copy-details.tsx'
import { useLast } from '../ui/use-last.ts'
import classes from './database-gate.module.css'

/** Lets the console in once its database can be worked with; until then it says what is wrong, and tries again. */
export function DatabaseGate({ children }: { children: (status: Status) => ReactNode }) {
  const trpc = useTRPC()
  const query = useQuery(
    trpc.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => {
        const isWanting = state.error !== null || (state.data?.error ?? null) !== null
        return isWanting ? retryAfterMs : false
      },
    }),
  )
  const status = useLast(query.data?.facts ? query.data : null)
  const failure = useLast(query.error)
  const words = useWords()
  const { refetch } = query
  const isShutOut = useConnectionError()?.code === 'UNAUTHORIZED'
  useEffect(() => {
    // Another call was shut out: whether this window is, the status tells, and goes on asking.
    if (isShutOut) void refetch()
  }, [isShutOut, refetch])

  const current = query.error && readError(query.error)
  if (status !== null && current?.code !== 'UNAUTHORIZED') return children(status)
  const error = current ?? query.data?.error ?? (failure && readError(failure))
  if (error !== null)
    return <Refusal error={error} target={query.data?.database.label} onRetry={() => void refetch()} />
  return (
    <main className={classes.page}>
      <p className={classes.opening}>{words.state.opening}</p>
    </main>
  )
}

interface RefusalProps {
  readonly error: ShownError
  readonly target?: string | undefined
  readonly onRetry: () => void
}

function Refusal({ error, target, onRetry }: RefusalProps) {
  const { errors, state } = useWords()
  const title = { UNAUTHORIZED: errors.accessTitle, VIGIE_UNREACHABLE: errors.vigieTitle }[error.code as string]
  return (
    <main className={classes.page}>
      <div className={classes.refusal} role="alert">
        <h1>{title ?? errors.databaseTitle}</h1>
        {target !== undefined && <p className="mono muted">{target}</p>}
        <p className={classes.sentence}>{errors.sentence(error)}</p>
        <Elsewhere error={error} />
        <div className={classes.actions}>
          <Button onClick={onRetry}>{state.retry}</Button>
          <span className="muted">{state.trying}</span>
        </div>
        <p className={classes.code}>
          {state.code} <code className="mono">{error.code}</code> <CopyDetails error={error} />
        </p>
      </div>
    </main>
  )
}

/** How to name another database: a desktop asks in its window, a console has it from its environment. */
function Elsewhere({ error }: { error: ShownError }) {
  const { connection: words } = useWords()
  const trpc = useTRPC()
  const isDesktop = window.vigie !== undefined
  const { data: state } = useQuery(trpc.connection.get.queryOptions(undefined, { enabled: isDesktop }))
  if (error.code === 'UNAUTHORIZED' || error.code === 'VIGIE_UNREACHABLE') return null
  if (!isDesktop) return <p className="muted">{words.environment}</p>
  return (
    state?.canChoose && (
      <p>
        <a href={connectionHash}>{words.change}</a>
      </p>
    )
  )
}
