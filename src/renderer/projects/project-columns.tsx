import { useMemo } from 'react'
import { daysBetween } from '../../core/instant.ts'
import type { Policy } from '../../core/policy.ts'
import { lastActivityAt } from '../../core/project.ts'
import type { ListedProject, ProjectRow, ProjectSort } from '../../core/queries/projects.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { ExemptionTag } from '../exemption/exemption-tag.tsx'
import type { Words } from '../i18n/en.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type ProjectsRoute } from '../route.ts'
import { useNow } from '../ui/clock.ts'
import { Name } from '../ui/name.tsx'
import { PlanName } from '../ui/plan-name.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { RelativeTime } from '../ui/times.tsx'
import type { Column } from '../ui/virtual-grid.tsx'
import { FoundName } from './found-name.tsx'
import { NextCell } from './next-cell.tsx'
import classes from './project-table.module.css'
import { SortHeader } from './sort-header.tsx'

/** The columns of the list; `search`: as the rows were searched for. Narrow lists leave some out (project-table.module.css). */
export function useProjectColumns(
  route: ProjectsRoute,
  policy: Policy,
  spells: readonly BlindSpell[],
  search: string,
): readonly Column<ListedProject>[] {
  const words = useWords()
  return useMemo(
    () => createColumns(route, policy, spells, search, words.projects),
    [route, policy, spells, search, words],
  )
}

function createColumns(
  route: ProjectsRoute,
  policy: Policy,
  spells: readonly BlindSpell[],
  search: string,
  projects: Words['projects'],
): readonly Column<ListedProject>[] {
  const sortable = (sort: ProjectSort, label: string) => ({
    header: <SortHeader route={route} sort={sort} label={label} />,
    sort: route.sort === sort ? route.direction : undefined,
  })
  return [
    {
      id: 'status',
      header: projects.status,
      className: classes.status,
      cell: ({ status, exemption }) => (
        <span className={classes.statusLine}>
          <StatusBadge status={status} />
          <span className={classes.besideStatus}>
            <ExemptionTag exemption={exemption} />
          </span>
        </span>
      ),
    },
    {
      id: 'name',
      ...sortable('name', projects.name),
      cell: (row) => (
        <span className={classes.nameLine}>
          <a className={classes.name} href={formatRoute({ ...route, projectId: row.id })} tabIndex={-1}>
            <FoundName row={row} search={search} />
          </a>
          <span className={classes.besideName}>
            <ExemptionTag exemption={row.exemption} />
          </span>
        </span>
      ),
    },
    {
      id: 'team',
      header: projects.team,
      className: classes.team,
      cell: ({ teamId, teamName }) => <TeamLink teamId={teamId} name={teamName} />,
    },
    { id: 'plan', header: projects.plan, className: classes.plan, cell: (row) => <PlanName {...row} /> },
    {
      id: 'created',
      ...sortable('created', projects.created),
      className: classes.created,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'deactivated',
      ...sortable('deactivated', projects.deactivated),
      className: classes.deactivated,
      cell: ({ deactivatedAt }) => deactivatedAt && <RelativeTime at={deactivatedAt} />,
    },
    {
      id: 'activity',
      ...sortable('lastActivity', projects.lastActivity),
      className: classes.activity,
      cell: (row) => <RelativeTime at={lastActivityAt(row)} />,
    },
    { id: 'idle', header: projects.idle, className: classes.idle, cell: (row) => <IdleDays row={row} /> },
    {
      id: 'next',
      header: projects.next,
      className: classes.nextColumn,
      cell: (row) => <NextCell facts={row} policy={policy} spells={spells} />,
    },
  ]
}

/** Leads to the team; the rest of its line opens the project. */
function TeamLink({ teamId, name }: { teamId: string; name: string }) {
  return (
    <a
      className={classes.teamLink}
      href={formatRoute({ page: 'team', teamId })}
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
    >
      <Name text={name} />
    </a>
  )
}

function IdleDays({ row }: { row: ProjectRow }) {
  const { projects } = useWords()
  const formats = useFormats()
  const now = useNow()
  const title =
    row.lastTrafficAt === null
      ? projects.never
      : `${formats.exact(row.lastTrafficAt)}\n${formats.utc(row.lastTrafficAt)}`
  return <span title={title}>{projects.idleDays(daysBetween(lastActivityAt(row), now))}</span>
}
