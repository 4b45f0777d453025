import { AgentList } from '../agents/agent-list.tsx'
import classes from '../agents/agents.module.css'
import { EdgeList } from '../agents/edge-list.tsx'
import { EdgeRecordList } from '../agents/edge-record.tsx'
import { ExclusionList } from '../agents/exclusion-list.tsx'
import { IntakeList } from '../agents/intake-list.tsx'

/** Who acts by itself, where traffic is seen and blocked, and what of it does not count. */
export function AgentsPage({ isReadOnly }: { isReadOnly: boolean }) {
  return (
    <div className={classes.page}>
      <div className={classes.cards}>
        <AgentList />
        <IntakeList isReadOnly={isReadOnly} />
        <EdgeList isReadOnly={isReadOnly} />
        <ExclusionList isReadOnly={isReadOnly} />
        <EdgeRecordList />
      </div>
    </div>
  )
}
