import { useQuery } from '@tanstack/react-query'
import type { Policy } from '../../core/policy.ts'
import type { Agent } from '../../core/queries/agents.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Tag } from '../ui/tag.tsx'
import { ExactTime, RelativeTime } from '../ui/times.tsx'
import classes from './aside.module.css'
import { modeTones } from './mode-tones.ts'
import { ThisDesktop } from './this-desktop.tsx'

/** An agent is alive while it was heard of in the last minute: it has to be asked after, silence sends no message. */
const askEveryMs = 20_000

/** What may happen by itself, who would do it, and what is paused. */
export function Unattended({ policy }: { policy: Policy }) {
  const trpc = useTRPC()
  const { unattended, modes, pauses } = useWords().policy
  const agents = useQuery(trpc.agents.list.queryOptions(undefined, { refetchInterval: askEveryMs }))
  return (
    <Card title={unattended.title} aside={<a href={formatRoute({ page: 'policy' })}>{unattended.change}</a>}>
      <dl className={classes.facts}>
        <dt>{unattended.mode}</dt>
        <dd>
          <Tag tone={modeTones[policy.sweepMode]}>{modes[policy.sweepMode].name}</Tag>
          <p className={classes.under}>{modes[policy.sweepMode].does}</p>
        </dd>
        <dt>{unattended.agents}</dt>
        <dd>
          <QueryView query={agents}>{(list) => <Agents agents={list} />}</QueryView>
        </dd>
        <ThisDesktop />
        <dt>{pauses.title}</dt>
        <dd>
          <Pauses />
        </dd>
      </dl>
    </Card>
  )
}

function Agents({ agents }: { agents: readonly Agent[] }) {
  const { policy, sweeps } = useWords()
  const { unattended } = policy
  const alive = agents.filter((agent) => agent.isAlive)
  const [latest] = agents
  const where = ({ entry, machine }: Agent) => unattended.where(sweeps.entries[entry] ?? entry, machine)
  if (alive.length === 0) {
    return (
      <>
        <p>{unattended.silent}</p>
        {latest !== undefined && (
          <p className="muted">
            {unattended.lastHeard}: {where(latest)}, <RelativeTime at={latest.heartbeatAt} />
          </p>
        )}
      </>
    )
  }
  return (
    <>
      <p>{unattended.alive(alive.length)}</p>
      <ul className={classes.agents}>
        {alive.map((agent) => (
          <li key={agent.id} className="muted">
            <bdi>{where(agent)}</bdi> <span className="mono">{agent.parts.join(', ')}</span>
          </li>
        ))}
      </ul>
      {!alive.some((agent) => agent.parts.includes('scheduler')) && <p>{unattended.noScheduler}</p>}
    </>
  )
}

function Pauses() {
  const trpc = useTRPC()
  const { unattended, pauses } = useWords().policy
  const query = useQuery(trpc.pauses.list.queryOptions())
  return (
    <QueryView query={query}>
      {(list) =>
        list.length === 0 ? (
          <p>{unattended.nothingPaused}</p>
        ) : (
          <ul>
            {list.map((pause) => (
              <li key={pause.part}>
                {pauses.parts[pause.part].name}{' '}
                <span className="muted">
                  <bdi>{pauses.by(pause.actor)}</bdi>, <ExactTime at={pause.pausedAt} />
                </span>
                <p className={classes.under} dir="auto">
                  {pause.reason}
                </p>
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  )
}
