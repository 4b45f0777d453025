import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { EdgeState } from '../../core/queries/edge-state.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { ReasonForm } from '../ui/reason-form.tsx'
import classes from './agents.module.css'
import { askEveryMs } from './ask-every.ts'
import { Example, Fact, Problem, When } from './fact.tsx'
import { WatchTag } from './watch-tag.tsx'

/** The directories of Traefik's that agents keep, whether they are in step, and the way to retire one. */
export function EdgeList({ isReadOnly }: { isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { agents: words } = useWords()
  const query = useQuery(
    trpc.agents.edges.queryOptions(undefined, { refetchOnMount: 'always', refetchInterval: askEveryMs }),
  )
  return (
    <Card title={words.edges}>
      <p className={classes.hint}>{words.edgesHint}</p>
      <QueryView query={query}>
        {(edges) => (
          <>
            {edges.every((edge) => edge.retiredAt !== null) && (
              <EmptyState
                isCompact
                title={words.noEdges}
                hint={words.noEdgesHint}
                action={<Example text="TRAEFIK_CONFIG_DIR=/etc/traefik/dynamic vigie agent" />}
              />
            )}
            <ul className={classes.items}>
              {edges.map((edge) => (
                <EdgeItem key={edge.id} edge={edge} isReadOnly={isReadOnly} />
              ))}
            </ul>
          </>
        )}
      </QueryView>
    </Card>
  )
}

function EdgeItem({ edge, isReadOnly }: { edge: EdgeState; isReadOnly: boolean }) {
  const { agents: words } = useWords()
  const formats = useFormats()
  return (
    <li data-quiet={edge.retiredAt !== null}>
      <div className={classes.head}>
        <bdi className={classes.name}>{edge.machine}</bdi>
        <WatchTag watched={edge} />
        <bdi className={`mono ${classes.path}`}>{edge.directory}</bdi>
      </div>
      <dl className={classes.facts}>
        <Fact label={words.enrolled}>
          <When at={edge.enrolledAt} />
        </Fact>
        {edge.retiredAt !== null && (
          <Fact label={words.retired}>
            <When at={edge.retiredAt} /> <bdi>{words.by(edge.retiredBy ?? '')}</bdi>
          </Fact>
        )}
        <Fact label={words.reconciled}>
          <When at={edge.reconciledAt} />
        </Fact>
        <Fact label={words.blocked}>{formats.number(edge.blocked)}</Fact>
        <Fact label={words.outOfStep}>
          {edge.outOfStep === 0 ? (
            words.inStep
          ) : (
            <span className={classes.problem}>{formats.number(edge.outOfStep)}</span>
          )}
        </Fact>
      </dl>
      {edge.error !== null && (
        <p className={classes.problem}>
          <Problem error={edge.error} />
        </p>
      )}
      {edge.retiredAt === null && <Retire edge={edge} isReadOnly={isReadOnly} />}
    </li>
  )
}

function Retire({ edge, isReadOnly }: { edge: EdgeState; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { agents: words } = useWords()
  const [isAsking, setAsking] = useState(false)
  const retire = useMutation(
    trpc.agents.retireEdge.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: () => queryClient.invalidateQueries(trpc.agents.pathFilter()),
    }),
  )
  if (isAsking) {
    return (
      <ReasonForm
        draftKey={`retire edge ${edge.id}`}
        title={words.retireEdge(edge.machine)}
        action={words.retireAction}
        isDangerous={true}
        isPending={retire.isPending}
        error={retire.error}
        onSubmit={(reason) => retire.mutate({ id: edge.id, reason })}
        onLeave={() => setAsking(false)}
      >
        <p className="muted">{words.retireEdgeEffect(edge.blocked)}</p>
      </ReasonForm>
    )
  }
  return (
    <div>
      <Button size="xs" variant="default" disabled={isReadOnly} onClick={() => setAsking(true)}>
        {words.retire}
      </Button>
    </div>
  )
}
