import { useQuery } from '@tanstack/react-query'
import type { ProjectContainer } from '../../core/queries/project-containers.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './project-panel.module.css'

const tones: Record<NonNullable<ProjectContainer['status']> | 'unknown', Tone> = {
  running: 'green',
  stopped: 'amber',
  removed: 'grey',
  unknown: 'grey',
}

/** As the engine's own tools shorten it. */
const shownIdLength = 12

/** The containers of a project: whether they run, and what Vigie did about that. */
export function Containers({ projectId }: { projectId: string }) {
  const trpc = useTRPC()
  const { traffic: words } = useWords()
  const formats = useFormats()
  const query = useQuery(trpc.projects.containers.queryOptions({ projectId }, { refetchOnMount: 'always' }))
  const count = query.data !== undefined && query.data.total > 0 && (
    <span className="muted">{formats.number(query.data.total)}</span>
  )
  return (
    <Card title={words.containers} aside={count}>
      <QueryView query={query}>
        {({ containers, total }) => (
          <>
            {total === 0 && <p className="muted">{words.noContainers}</p>}
            <ul className={classes.domains}>
              {containers.map((container) => (
                <li key={container.deploymentId}>
                  <Container container={container} />
                </li>
              ))}
            </ul>
            {total > containers.length && <p className="muted">{words.moreContainers(total - containers.length)}</p>}
          </>
        )}
      </QueryView>
    </Card>
  )
}

function Container({ container }: { container: ProjectContainer }) {
  const { traffic: words } = useWords()
  const { containerId, branch, isReferenced, stop } = container
  const status = container.status ?? 'unknown'
  return (
    <>
      <span>
        <bdi className="mono" title={containerId}>
          {containerId.slice(0, shownIdLength)}
        </bdi>{' '}
        <bdi className="muted">{branch}</bdi>
      </span>
      <span />
      <Tag tone={tones[status]}>{words.containerStatus[status]}</Tag>
      {(stop !== null || !isReferenced) && (
        <p className={classes.domainNote}>
          {!isReferenced && words.unreferenced}
          {!isReferenced && stop !== null && ' · '}
          {stop !== null && (
            <>
              {words.stoppedSince} <RelativeTime at={stop.at} />
            </>
          )}
        </p>
      )}
      {stop !== null && stop.error !== null && (
        <p className={classes.domainNote}>
          <bdi>{stop.error.message}</bdi> <code className="mono">{stop.error.code}</code> {words.failed(stop.attempts)}{' '}
          <RelativeTime at={stop.dueAt} />
        </p>
      )}
    </>
  )
}
