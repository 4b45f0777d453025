import { CloseButton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { defaultPolicy, type Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { type Status, useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Refreshing } from '../ui/refreshing.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Domains } from './domains.tsx'
import { Facts } from './facts.tsx'
import { NextStep } from './next-step.tsx'
import { reactivationObstacle } from './obstacle.ts'
import classes from './project-panel.module.css'
import { Reactivation } from './reactivation.tsx'
import { Timeline } from './timeline.tsx'

interface ProjectPanelProps {
  readonly projectId: string
  readonly status: Status
  readonly onClose: () => void
}

/** One project: its status and why, what comes next, what can be done, what happened. */
export function ProjectPanel({ projectId, status, onClose }: ProjectPanelProps) {
  const trpc = useTRPC()
  const words = useWords()
  const project = useQuery(trpc.projects.get.queryOptions({ projectId }, { refetchOnMount: 'always' }))
  const policy = useQuery(trpc.policy.get.queryOptions())
  return (
    <div className={classes.panel}>
      <Refreshing isOn={project.isFetching && project.data !== undefined} />
      <header className={classes.header}>
        <button type="button" className={classes.back} onClick={onClose}>
          <IconArrowLeft size={16} stroke={1.8} aria-hidden={true} />
          {words.state.back}
        </button>
        <div className={classes.heading}>
          {project.data && <Heading project={project.data} />}
          <CloseButton className={classes.close ?? ''} aria-label={words.project.close} onClick={onClose} />
        </div>
      </header>
      <QueryView query={project}>
        {(detail) => <Details project={detail} policy={policy.data ?? defaultPolicy} status={status} />}
      </QueryView>
    </div>
  )
}

function Details({ project, policy, status }: { project: ProjectDetail; policy: Policy; status: Status }) {
  const words = useWords()
  const obstacle = reactivationObstacle(project, status.facts?.isReadOnly ?? false, words.project)
  return (
    <div className={classes.body}>
      <div className={classes.column}>
        <NextStep project={project} policy={policy} obstacle={obstacle} />
        <Reactivation project={project} policy={policy} obstacle={obstacle} />
        <Timeline project={project} />
      </div>
      <div className={classes.column}>
        <Facts project={project} />
        <Domains project={project} deployDomain={status.deployDomain} />
      </div>
    </div>
  )
}

function Heading({ project }: { project: ProjectDetail }) {
  return (
    <div className={classes.names}>
      <h2 className={classes.name}>
        <Name text={project.name} />
      </h2>
      <StatusBadge status={project.status} look="pill" />
    </div>
  )
}
