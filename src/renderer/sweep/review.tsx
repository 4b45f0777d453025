import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Stage } from '../../core/policy.ts'
import type { Comparison } from '../../core/sweep/review.ts'
import {
  type ReviewGrouping,
  type ReviewScope,
  reviewGroupings,
  reviewScopes,
} from '../../core/sweep/review-request.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute, type SweepsRoute } from '../route.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import links from '../ui/status-links.module.css'
import { VirtualGrid } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import classes from './review.module.css'
import { createReviewColumns, type ReviewLook } from './review-columns.tsx'
import { lineOf, type ReviewLine, useReviewGroups, useReviewRows } from './use-review-groups.tsx'

interface ReviewRoute extends SweepsRoute {
  readonly view: Stage
}

interface ReviewProps {
  readonly route: ReviewRoute
  /** So many are due in the stage; null: not counted yet. */
  readonly total: number | null
}

/** What a stage would take, each with why, in one list or in groups, and what of it is new or gone since the last sweep. */
export function Review({ route, total }: ReviewProps) {
  const trpc = useTRPC()
  const comparison = useQuery(trpc.sweeps.compare.queryOptions())
  const { view, scope, grouping } = route
  const allNew = comparison.data?.new[view] ?? 0
  const isNewMarked = scope === 'all' && total !== null && allNew < total
  return (
    <div className={classes.review}>
      <Toolbar route={route} total={total} comparison={comparison} />
      {grouping === null ? (
        <OneList
          key={`${view} ${scope}`}
          route={route}
          total={countOf(view, scope, total, comparison.data)}
          isNewMarked={isNewMarked}
        />
      ) : (
        <Groups key={`${view} ${scope} ${grouping}`} route={route} by={grouping} isNewMarked={isNewMarked} />
      )}
    </div>
  )
}

function countOf(
  stage: Stage,
  scope: ReviewScope,
  total: number | null,
  comparison: Comparison | null | undefined,
): number | null {
  return scope === 'all' ? total : (comparison?.[scope][stage] ?? null)
}

interface ToolbarProps extends ReviewProps {
  readonly comparison: UseQueryResult<Comparison | null, unknown>
}

function Toolbar({ route, total, comparison }: ToolbarProps) {
  const { review } = useWords()
  const formats = useFormats()
  const groupings: readonly (ReviewGrouping | null)[] = [null, ...reviewGroupings]
  return (
    <div className={classes.toolbar}>
      <nav className={links.statuses} aria-label={review.scopesLabel}>
        {reviewScopes.map((scope) => {
          const count = countOf(route.view, scope, total, comparison.data)
          return (
            <a
              key={scope}
              className={links.status}
              href={formatRoute({ ...route, scope, openGroups: [] })}
              aria-current={scope === route.scope ? 'true' : undefined}
            >
              {review.scopes[scope]}
              {count !== null && <span className={links.count}>{formats.number(count)}</span>}
            </a>
          )
        })}
      </nav>
      <nav className={links.statuses} aria-label={review.groupLabel}>
        {groupings.map((grouping) => (
          <a
            key={grouping ?? 'none'}
            className={links.status}
            href={formatRoute({ ...route, grouping, openGroups: [] })}
            aria-current={grouping === route.grouping ? 'true' : undefined}
          >
            {review.groupings[grouping ?? 'none']}
          </a>
        ))}
      </nav>
      <p className={classes.compared}>
        {comparison.error !== null && <InlineError error={comparison.error} />}
        {comparison.data === null && review.nothingBefore}
        {comparison.data && (
          <>
            <time dateTime={comparison.data.last.at} title={formats.utc(comparison.data.last.at)}>
              {review.comparedWith[comparison.data.last.kind](formats.exact(comparison.data.last.at))}
            </time>{' '}
            {review.newMeans} {review.goneMeans}
          </>
        )}
      </p>
    </div>
  )
}

type Marking = Pick<ReviewLook, 'isNewMarked'>

function OneList({ route, total, isNewMarked }: ReviewProps & Marking) {
  const { view: stage, scope } = route
  const rows = useReviewRows({ stage, scope }, null)
  const lines: KeysetWindow<ReviewLine> = {
    ...rows,
    rowAt(index) {
      const row = rows.rowAt(index)
      return row && lineOf(row)
    },
  }
  return <Grid route={route} lines={lines} total={rows.isComplete ? rows.end : total} isNewMarked={isNewMarked} />
}

function Groups({ route, by, isNewMarked }: { route: ReviewRoute; by: ReviewGrouping } & Marking) {
  const { review } = useWords()
  const { view: stage, scope, openGroups } = route
  const { lines, readers, missing } = useReviewGroups({ stage, scope, by }, openGroups)
  return (
    <>
      {missing.length > 0 && (
        <p className={classes.missing} role="status">
          {review.groupsMissing}
        </p>
      )}
      <Grid route={route} lines={lines} total={null} isNewMarked={isNewMarked} />
      {readers}
    </>
  )
}

interface GridProps {
  readonly route: ReviewRoute
  readonly lines: KeysetWindow<ReviewLine>
  readonly total: number | null
}

function Grid({ route, lines, total, isNewMarked }: GridProps & Marking) {
  const words = useWords()
  const { sweeps, review } = words
  const { view: stage, scope, grouping, openGroups } = route
  const columns = useMemo(
    () => createReviewColumns({ stage, scope, by: grouping, isNewMarked }, words),
    [stage, scope, grouping, isNewMarked, words],
  )
  const empty = { all: sweeps.nothingInStage[stage], new: review.noneNew, gone: review.noneGone }[scope]
  const open = (line: ReviewLine) => {
    if (line.kind === 'group') {
      const { key } = line.group
      const others = openGroups.filter((known) => known !== key)
      navigate({ ...route, openGroups: line.isOpen ? others : [...others, key] }, 'replace')
    } else if (line.row.status !== null) navigate({ ...allProjects, projectId: line.row.projectId })
  }
  return (
    <VirtualGrid
      label={sweeps.previewList(sweeps.stages[stage])}
      columns={columns}
      lineClass={classes.line}
      rows={lines}
      keyOf={(line) => (line.kind === 'group' ? `group ${line.group.key}` : line.row.projectId)}
      total={total}
      onOpen={open}
      listKey={`${stage} ${scope} ${grouping}`}
      empty={
        <EmptyState
          title={empty}
          {...(scope === 'all' && {
            hint: sweeps.nothingInStageHint[stage],
            action: <a href={formatRoute(allProjects)}>{sweeps.toProjects}</a>,
          })}
        />
      }
    />
  )
}
