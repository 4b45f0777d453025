import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isConnectionLoss, readError } from '../data/read-error.ts'
import { useWords } from '../i18n/language.tsx'
import { Loading } from './empty-state.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { useLast } from './use-last.ts'

interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data, unknown>
  readonly children: (data: Data) => ReactNode
}

/**
 * What a query has to show: its data, also while it is read again or that failed; else why there is none, which stays
 * while it is tried again; else that it is on its way.
 */
export function QueryView<Data>({ query, children }: QueryViewProps<Data>) {
  const words = useWords()
  const failure = useLast(query.error)
  if (query.data !== undefined) {
    return (
      <>
        {query.error && !isConnectionLoss(readError(query.error)) && (
          <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
        )}
        {children(query.data)}
      </>
    )
  }
  if (failure !== null) return <ErrorPanel error={failure} onRetry={() => void query.refetch()} />
  return <Loading text={words.state.loading} />
}
