import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Exclusion } from '../../core/traffic/change-exclusions.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import { AddExclusion } from './add-exclusion.tsx'
import classes from './agents.module.css'
import { ApplyExclusion, EndExclusion } from './decide-exclusion.tsx'
import { When } from './fact.tsx'

const tones: Record<Exclusion['status'], Tone> = { observed: 'accent', applied: 'green', ended: 'grey' }

/** What does not count as a visit: observed, previewed, applied and taken back. */
export function ExclusionList({ isReadOnly }: { isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { exclusions: words } = useWords()
  const query = useQuery(trpc.exclusions.list.queryOptions(undefined, { refetchOnMount: 'always' }))
  const [isAdding, setAdding] = useState(false)
  return (
    <Card title={words.title}>
      <p className={classes.hint}>{words.hint}</p>
      <QueryView query={query}>
        {({ exclusions, readyLists }) => (
          <>
            {exclusions.length === 0 && <EmptyState isCompact title={words.none} hint={words.noneHint} />}
            <ul className={classes.items}>
              {exclusions
                .toSorted((one, other) => Number(one.status === 'ended') - Number(other.status === 'ended'))
                .map((exclusion) => (
                  <ExclusionItem key={exclusion.id} exclusion={exclusion} isReadOnly={isReadOnly} />
                ))}
            </ul>
            {isAdding ? (
              <AddExclusion readyLists={readyLists} onLeave={() => setAdding(false)} />
            ) : (
              <Button size="xs" variant="default" disabled={isReadOnly} onClick={() => setAdding(true)}>
                {words.add}
              </Button>
            )}
          </>
        )}
      </QueryView>
    </Card>
  )
}

function ExclusionItem({ exclusion, isReadOnly }: { exclusion: Exclusion; isReadOnly: boolean }) {
  const { exclusions: words, traffic } = useWords()
  const [asked, setAsked] = useState<'apply' | 'end' | null>(null)
  const leave = () => setAsked(null)
  const { kind, pattern, status, counted, excluded } = exclusion
  return (
    <li data-quiet={status === 'ended'}>
      <div className={classes.head}>
        <span className={classes.name}>
          {kind === 'list' ? (words.readyLists[pattern] ?? pattern) : <bdi className="mono">{pattern}</bdi>}
        </span>
        <span className="muted">{traffic.exclusionKinds[kind]}</span>
        <Tag tone={tones[status]}>{words.status[status]}</Tag>
        {status !== 'ended' && asked === null && (
          <span className={classes.acts}>
            {status === 'observed' && (
              <Button size="xs" variant="default" disabled={isReadOnly} onClick={() => setAsked('apply')}>
                {words.apply}
              </Button>
            )}
            <Button size="xs" variant="default" disabled={isReadOnly} onClick={() => setAsked('end')}>
              {words.end}
            </Button>
          </span>
        )}
      </div>
      <p className="muted">
        {words.status[exclusion.appliedAt === null ? 'observed' : 'applied']}{' '}
        <When at={exclusion.appliedAt ?? exclusion.createdAt} />
        {exclusion.endedAt !== null && (
          <>
            , {words.ended} <When at={exclusion.endedAt} />
          </>
        )}
        {counted > 0 && ` · ${words.counted(counted)}`}
        {excluded > 0 && ` · ${words.excluded(excluded)}`}
      </p>
      <p dir="auto">{exclusion.reason}</p>
      {asked === 'apply' && <ApplyExclusion exclusion={exclusion} onLeave={leave} />}
      {asked === 'end' && <EndExclusion exclusion={exclusion} onLeave={leave} />}
    </li>
  )
}
