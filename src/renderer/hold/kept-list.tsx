import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Stage } from '../../core/policy.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './hold.module.css'

const pageSize = 100

/** The status from which each stage takes a project: with another one it is not due any more. */
const fromStatus = { deactivate: 'active', disable: 'inactive' } as const

interface KeptListProps {
  readonly runId: number
  readonly stage: Stage
  readonly total: number
  /** Those alone whom no mail has reached. */
  readonly isNotToldOnly?: boolean
}

/** The exact list of a stage, a hundred at a time. */
export function KeptList({ runId, stage, total, isNotToldOnly = false }: KeptListProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { hold: words, runs, state } = useWords()
  const query = useInfiniteQuery({
    queryKey: [...trpc.holds.list.pathKey(), runId, stage, isNotToldOnly],
    queryFn: ({ pageParam, signal }) =>
      client.holds.list.query({ runId, stage, isNotToldOnly, afterId: pageParam, limit: pageSize }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextAfterId,
  })
  const projects = query.data?.pages.flatMap((page) => page.projects) ?? []
  return (
    <div>
      <h3 className={classes.listTitle}>
        {isNotToldOnly ? words.notToldList : words.list[stage]} ({total})
      </h3>
      {query.error !== null && <InlineError error={query.error} />}
      <ul className={classes.projects}>
        {projects.map((project) => (
          <li key={project.projectId}>
            <a href={formatRoute({ ...allProjects, projectId: project.projectId })}>
              <Name text={project.projectName} />
            </a>
            <span className="muted">
              <Name text={project.teamName} />
            </span>
            <span className="muted">
              {project.status !== fromStatus[stage] ? (
                words.changed
              ) : project.isNotTold ? (
                words.notTold
              ) : (
                <RelativeTime at={project.lastActivityAt} />
              )}
            </span>
          </li>
        ))}
      </ul>
      {query.isSuccess && projects.length === 0 && <p className="muted">{runs.listGone}</p>}
      {query.isPending && <p className="muted">{state.loading}</p>}
      {query.hasNextPage && (
        <Button size="xs" variant="default" onClick={() => void query.fetchNextPage()}>
          {state.more}
        </Button>
      )}
    </div>
  )
}
