import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { PolicyRecord } from '../../core/queries/policy-record.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { Loading } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { ExactTime, RelativeTime } from '../ui/times.tsx'
import { useLast } from '../ui/use-last.ts'
import { ChangeLines } from './change-lines.tsx'
import classes from './policy.module.css'
import { useTeamNames } from './use-team-names.ts'

const pageSize = 20

/** What was changed, by whom and why: values with before and after, and pauses. */
export function Record() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { policy, state } = useWords()
  const words = policy.record
  const query = useInfiniteQuery({
    queryKey: [...trpc.policy.record.pathKey(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.policy.record.query({ beforeId: pageParam, limit: pageSize }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: readonly PolicyRecord[]) => (last.length < pageSize ? null : (last.at(-1)?.id ?? null)),
    refetchOnMount: 'always',
  })
  const failure = useLast(query.error)
  const records = query.data?.pages.flat()
  const teamName = useTeamNames((records ?? []).flatMap(teamsOf))
  return (
    <Card title={words.title}>
      {records === undefined && failure === null && <Loading text={state.loading} />}
      {records === undefined && failure !== null && <ErrorPanel error={failure} onRetry={() => void query.refetch()} />}
      {records?.length === 0 && <p className="muted">{words.empty}</p>}
      <ol className={classes.records}>
        {records?.map((record) => (
          <li key={record.id} className={classes.record}>
            <RecordEntry record={record} teamName={teamName} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button mt={12} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {state.older}
        </Button>
      )}
    </Card>
  )
}

function RecordEntry({ record, teamName }: { record: PolicyRecord; teamName: (id: string) => string }) {
  const { policy, sweeps } = useWords()
  const { record: words, pauses } = policy
  return (
    <>
      <div>
        {record.kind === 'policy_changed' ? (
          <ChangeLines before={record.before} after={record.after} teamName={teamName} />
        ) : (
          <p>
            <strong>{words[record.kind](pauses.parts[record.after.part].name)}</strong>
          </p>
        )}
        <blockquote className={classes.quote} dir="auto">
          {record.reason}
        </blockquote>
      </div>
      <p className={classes.who}>
        <ExactTime at={record.at} /> <RelativeTime at={record.at} />
        <br />
        <bdi>{words.by(record.actor, sweeps.entries[record.entry] ?? record.entry, record.machine)}</bdi>
      </p>
    </>
  )
}

function teamsOf(record: PolicyRecord): readonly string[] {
  if (record.kind !== 'policy_changed') return []
  return [...(record.before.canaryTeamIds ?? []), ...(record.after.canaryTeamIds ?? [])]
}
