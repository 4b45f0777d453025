import { useQuery } from '@tanstack/react-query'
import type { Agent } from '../../core/queries/agents.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Tag } from '../ui/tag.tsx'
import classes from './agents.module.css'
import { askEveryMs } from './ask-every.ts'
import { Example, Fact, Problem, When } from './fact.tsx'

/** The processes that act by themselves, with what went wrong in them. */
export function AgentList() {
  const trpc = useTRPC()
  const { agents: words } = useWords()
  const query = useQuery(
    trpc.agents.list.queryOptions(undefined, { refetchOnMount: 'always', refetchInterval: askEveryMs }),
  )
  return (
    <Card title={words.list}>
      <QueryView query={query}>
        {(agents) =>
          agents.length === 0 ? (
            <EmptyState isCompact title={words.none} hint={words.noneHint} action={<Example text="vigie agent" />} />
          ) : (
            <ul className={classes.items}>
              {agents.map((agent) => (
                <AgentItem key={agent.id} agent={agent} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  )
}

function AgentItem({ agent }: { agent: Agent }) {
  const { agents: words, sweeps } = useWords()
  return (
    <li data-quiet={!agent.isAlive}>
      <div className={classes.head}>
        <bdi className={classes.name}>{agent.machine}</bdi>
        <span>{sweeps.entries[agent.entry] ?? agent.entry}</span>
        <AgentTag agent={agent} />
      </div>
      <dl className={classes.facts}>
        <Fact label={words.version}>{agent.version}</Fact>
        <Fact label={words.parts}>
          {agent.parts.length === 0 ? words.noParts : <span className="mono">{agent.parts.join(', ')}</span>}
        </Fact>
        <Fact label={words.heartbeat}>
          <When at={agent.heartbeatAt} />
        </Fact>
        <Fact label={words.started}>
          <When at={agent.startedAt} />
        </Fact>
        {agent.stoppedAt !== null && (
          <Fact label={words.stoppedAt}>
            <When at={agent.stoppedAt} />
          </Fact>
        )}
        {agent.errors.length === 0 && <Fact label={words.errors}>{words.noErrors}</Fact>}
      </dl>
      {agent.errors.length > 0 && (
        <ul aria-label={words.errors}>
          {agent.errors.map((error) => (
            <li key={error.part} className={classes.problem}>
              <span className="mono">{error.part}</span>: <Problem error={error} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function AgentTag({ agent }: { agent: Agent }) {
  const { agents: words } = useWords()
  if (agent.isAlive) return <Tag tone="green">{words.alive}</Tag>
  if (agent.stoppedAt !== null) return <Tag>{words.stopped}</Tag>
  return <Tag tone="red">{words.silent}</Tag>
}
