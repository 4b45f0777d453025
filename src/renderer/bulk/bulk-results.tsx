import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkProgress } from '../../core/bulk/bulk-act.ts'
import { type BulkOutcome, type BulkResult, bulkOutcomes } from '../../core/bulk/bulk-result.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { copyText } from '../ui/copy-text.ts'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './bulk.module.css'
import { ExportState } from './export-view.tsx'
import { useExport } from './use-export.ts'

const pageSize = 100

/** What became of each project, of one outcome at a time; those that were not done come first. */
export function BulkResults({ progress }: { progress: BulkProgress }) {
  const { bulk, state } = useWords()
  const { bulkId } = progress
  const wordOf = (one: BulkOutcome) => (one === 'done' ? bulk.acts[progress.act.kind].done : bulk.outcomes[one])
  const notDone = bulkOutcomes.filter((one) => one !== 'done' && progress[one] > 0)
  const [outcome, setOutcome] = useState<BulkOutcome>(notDone[0] ?? 'done')
  const results = useResults(bulkId, outcome)
  return (
    <section className={classes.results} aria-label={bulk.results}>
      <div className={classes.buttons}>
        <NativeSelect
          aria-label={bulk.results}
          value={outcome}
          onChange={({ currentTarget: { value } }) => setOutcome(bulkOutcomes.find((one) => one === value) ?? outcome)}
          data={bulkOutcomes.map((one) => ({ value: one, label: bulk.resultsOf(wordOf(one), progress[one]) }))}
        />
        {progress[outcome] > 0 && <TakeAway bulkId={bulkId} outcome={outcome} />}
      </div>
      <QueryView query={results}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.results)
          if (found.length === 0) return <p className="muted">{bulk.noResults}</p>
          return (
            <>
              <ol className={classes.resultList}>
                {found.map((result) => (
                  <li key={result.index}>
                    <ResultLine result={result} />
                  </li>
                ))}
              </ol>
              {results.hasNextPage && (
                <Button
                  variant="default"
                  loading={results.isFetchingNextPage}
                  onClick={() => void results.fetchNextPage()}
                >
                  {state.more}
                </Button>
              )}
            </>
          )
        }}
      </QueryView>
    </section>
  )
}

function useResults(bulkId: string, outcome: BulkOutcome) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return useInfiniteQuery({
    queryKey: [...trpc.bulk.results.pathKey(), bulkId, outcome],
    queryFn: ({ pageParam, signal }) =>
      client.bulk.results.query({ bulkId, outcomes: [outcome], after: pageParam, limit: pageSize }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
  })
}

function ResultLine({ result }: { result: BulkResult }) {
  const { bulk } = useWords()
  const { projectId, projectName, teamName } = result
  return (
    <>
      <span className={classes.names}>
        {projectName === null ? (
          <span className="muted">
            {bulk.gone} <span className="mono">{projectId}</span>
          </span>
        ) : (
          <a href={formatRoute({ ...allProjects, projectId })}>
            <Name text={projectName} />
          </a>
        )}
        {teamName !== null && (
          <span className="muted">
            <Name text={teamName} />
          </span>
        )}
      </span>
      <WhyNot result={result} />
    </>
  )
}

function WhyNot({ result }: { result: BulkResult }) {
  const { errors } = useWords()
  const { code, message } = result
  if (code === null || message === null) return null
  return (
    <span className="muted">
      {errors.sentence({ code, message })} <code className="mono">{code}</code>
    </span>
  )
}

/** The list for elsewhere: to paste, or as a file. */
function TakeAway({ bulkId, outcome }: { bulkId: string; outcome: BulkOutcome }) {
  const client = useTRPCClient()
  const { bulk } = useWords()
  const exporting = useExport()
  const copy = useMutation({
    mutationFn: async () => {
      const lines: string[] = []
      let after: number | null = null
      do {
        const page = await client.bulk.results.query({ bulkId, outcomes: [outcome], after, limit: 500 })
        lines.push(
          ...page.results.map(({ projectId, projectName, teamName, code }) =>
            [projectId, projectName, teamName, code].filter((part) => part !== null).join('\t'),
          ),
        )
        after = page.next
      } while (after !== null)
      return copyText(lines.join('\n'))
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => copy.mutate()}>
        {copy.data === true ? bulk.copied : bulk.copy}
      </Button>
      <Button variant="default" onClick={() => exporting.start({ kind: 'bulk', bulkId, outcomes: [outcome] }, 'csv')}>
        {bulk.exportAs('CSV')}
      </Button>
      <span className="muted" role="status">
        {copy.isError || copy.data === false ? bulk.notCopied : <ExportState exporting={exporting} />}
      </span>
    </>
  )
}
