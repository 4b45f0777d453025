import { useQuery } from '@tanstack/react-query'
import type { EdgeRecord } from '../../core/queries/edge-record.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './agents.module.css'

/** What people decided here lately, with who and why. */
export function EdgeRecordList() {
  const trpc = useTRPC()
  const { agents: words } = useWords()
  const query = useQuery(trpc.agents.record.queryOptions(undefined, { refetchOnMount: 'always' }))
  return (
    <Card title={words.record.title}>
      <QueryView query={query}>
        {(records) =>
          records.length === 0 ? (
            <p className="muted">{words.record.empty}</p>
          ) : (
            <ol className={classes.records}>
              {records.map((record) => (
                <Decision key={record.id} record={record} />
              ))}
            </ol>
          )
        }
      </QueryView>
    </Card>
  )
}

function Decision({ record }: { record: EdgeRecord }) {
  const { agents: words, sweeps } = useWords()
  return (
    <li>
      <p>
        <What record={record} />
      </p>
      <p className={classes.reason}>
        <bdi>{record.reason}</bdi>
      </p>
      <p className="muted">
        <RelativeTime at={record.at} />,{' '}
        <bdi>{words.record.by(record.actor, sweeps.entries[record.entry] ?? record.entry, record.machine)}</bdi>
      </p>
    </li>
  )
}

function What({ record }: { record: EdgeRecord }) {
  const { agents: words, exclusions, traffic } = useWords()
  if (record.kind === 'intake_retired') {
    const { kind, machine, source } = record.before
    return (
      <>
        {words.record.intakeRetired(traffic.intakeKinds[kind], machine)} <bdi className="mono">{source}</bdi>
      </>
    )
  }
  if (record.kind === 'edge_retired') {
    const { machine, directory } = record.before
    return (
      <>
        {words.record.edgeRetired(machine)} <bdi className="mono">{directory}</bdi>
      </>
    )
  }
  const { kind, pattern, status } = record.after
  return (
    <>
      {words.record.exclusion[status]} {traffic.exclusionKinds[kind]}{' '}
      {kind === 'list' ? (exclusions.readyLists[pattern] ?? pattern) : <bdi className="mono">{pattern}</bdi>}
    </>
  )
}
