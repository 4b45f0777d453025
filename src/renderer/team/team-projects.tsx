import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { defaultPolicy } from '../../core/policy.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useTRPC } from '../data/trpc.ts'
import { useSpells } from '../data/use-spells.ts'
import { useWords } from '../i18n/language.tsx'
import { useProjectColumns } from '../projects/project-columns.tsx'
import { filterOf, useProjectRows } from '../projects/use-project-rows.ts'
import { allProjects, formatRoute, type ProjectsRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { VirtualGrid } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import classes from './team.module.css'

/** What a team's page leaves out of the list's columns: it says them itself. */
const leftOut: readonly string[] = ['team', 'plan', 'created', 'deactivated', 'activity']

/** All projects of a team, the latest activity first; one that is opened stands beside the list of the team's projects. */
export function TeamProjects({ teamId, counts }: { teamId: string; counts: StatusCounts }) {
  const trpc = useTRPC()
  const { team: words } = useWords()
  const summary = useQuery(trpc.overview.summary.queryOptions())
  const spells = useSpells()
  const route = useMemo((): ProjectsRoute => ({ ...allProjects, teamId }), [teamId])
  const all = useProjectColumns(route, summary.data?.policy ?? defaultPolicy, spells, '')
  const rows = useProjectRows(filterOf(route, null), route)
  const columns = useMemo(() => all.filter(({ id }) => !leftOut.includes(id)), [all])
  return (
    <Card title={words.projects} aside={<a href={formatRoute(route)}>{words.openList}</a>} className={classes.projects}>
      <VirtualGrid
        label={words.projects}
        columns={columns}
        lineClass={classes.line}
        rows={rows}
        keyOf={(row) => row.id}
        total={counts.total}
        onOpen={(row) => navigate({ ...route, projectId: row.id })}
        listKey={teamId}
        empty={<EmptyState title={words.noProjects} />}
      />
    </Card>
  )
}
