import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { defaultPolicy, type Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { TimelineFilter } from '../../core/queries/timeline.ts'
import { type Status, useTRPC } from '../data/trpc.ts'
import { ExemptionCard } from '../exemption/exemption-card.tsx'
import { ExemptionTag } from '../exemption/exemption-tag.tsx'
import { useWords } from '../i18n/language.tsx'
import { noteOpenedProject } from '../palette/recent-projects.ts'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Answer } from './answer.tsx'
import { Containers } from './containers.tsx'
import { Domains } from './domains.tsx'
import { Facts } from './facts.tsx'
import { NextStep } from './next-step.tsx'
import { reactivationObstacle } from './obstacle.ts'
import classes from './project-panel.module.css'
import { Reactivation } from './reactivation.tsx'
import { Timeline } from './timeline.tsx'
import { Traffic } from './traffic.tsx'

interface ProjectPanelProps {
  readonly projectId: string
  readonly status: Status
  /** What its timeline is narrowed to. */
  readonly activity: TimelineFilter | null
  readonly onActivity: (filter: TimelineFilter | null) => void
  readonly onClose: () => void
}

/** One project: its status and why, what comes next, what can be done, what happened. */
export function ProjectPanel({ projectId, status, activity, onActivity, onClose }: ProjectPanelProps) {
  const trpc = useTRPC()
  const words = useWords()
  const project = useQuery(trpc.projects.get.queryOptions({ projectId }, { refetchOnMount: 'always' }))
  const policy = useQuery(trpc.policy.get.queryOptions())
  return (
    <SidePanel
      title={project.data && <Name text={project.data.name} />}
      badge={
        project.data && (
          <>
            <StatusBadge status={project.data.status} look="pill" />
            <ExemptionTag exemption={project.data.exemption} />
          </>
        )
      }
      isRefreshing={project.isFetching && project.data !== undefined}
      closeLabel={words.project.close}
      onClose={onClose}
    >
      <QueryView query={project}>
        {(detail) => (
          <Details
            project={detail}
            policy={policy.data ?? defaultPolicy}
            status={status}
            activity={activity}
            onActivity={onActivity}
          />
        )}
      </QueryView>
    </SidePanel>
  )
}

interface DetailsProps extends Pick<ProjectPanelProps, 'status' | 'activity' | 'onActivity'> {
  readonly project: ProjectDetail
  readonly policy: Policy
}

function Details({ project, policy, status, activity, onActivity }: DetailsProps) {
  const words = useWords()
  const isReadOnly = status.facts?.isReadOnly ?? false
  const obstacle = reactivationObstacle(project, isReadOnly, words.project)
  useEffect(() => noteOpenedProject(project), [project])
  return (
    <div className={classes.body}>
      <div className={`${classes.column} ${classes.now}`}>
        <NextStep project={project} policy={policy} obstacle={obstacle} />
        <Reactivation project={project} policy={policy} obstacle={obstacle} />
        <Answer project={project} policy={policy} platformUrl={status.platformUrl} />
      </div>
      <div className={`${classes.column} ${classes.what}`}>
        <Facts project={project} platformUrl={status.platformUrl} />
        <ExemptionCard key={project.id} project={project} policy={policy} isReadOnly={isReadOnly} />
        <Domains project={project} deployDomain={status.deployDomain} />
        <Containers projectId={project.id} />
      </div>
      <div className={`${classes.column} ${classes.past}`}>
        <Traffic projectId={project.id} />
        <Timeline
          project={project}
          filter={activity}
          onFilter={onActivity}
          login={status.facts?.login ?? null}
          isReadOnly={isReadOnly}
        />
      </div>
    </div>
  )
}
