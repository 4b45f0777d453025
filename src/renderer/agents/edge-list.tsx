import { useQuery } from '@tanstack/react-query'
import type { EdgeState } from '../../core/queries/edge-state.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './agents.module.css'
import { askEveryMs } from './ask-every.ts'
import { Example, Fact, Problem, When } from './fact.tsx'
import { Retire } from './retire.tsx'
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
  const client = useTRPCClient()
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
      {edge.retiredAt === null && (
        <Retire
          draftKey={`retire edge ${edge.id}`}
          title={words.retireEdge(edge.machine)}
          effect={words.retireEdgeEffect(edge.blocked)}
          isReadOnly={isReadOnly}
          retire={(reason) => client.agents.retireEdge.mutate({ id: edge.id, reason })}
        />
      )}
    </li>
  )
}
