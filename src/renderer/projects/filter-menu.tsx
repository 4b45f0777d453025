import { Checkbox } from '@mantine/core'
import { projectStatuses } from '../../core/project.ts'
import { projectTraits } from '../../core/queries/projects.ts'
import { useWords } from '../i18n/language.tsx'
import type { ProjectsRoute } from '../route.ts'
import { navigate } from '../window-route.ts'
import classes from './filters.module.css'
import { NumberFilter } from './number-filter.tsx'
import { TeamFilter } from './team-filter.tsx'

interface FilterMenuProps {
  readonly route: ProjectsRoute
  readonly teamName: (id: string) => string
}

/** All by which the list can be narrowed; each takes effect at once. */
export function FilterMenu({ route, teamName }: FilterMenuProps) {
  const { list, status } = useWords()
  const change = (part: Partial<ProjectsRoute>) => navigate({ ...route, ...part }, 'replace')
  return (
    <div className={classes.menu}>
      <fieldset className={classes.group}>
        <legend>{list.several}</legend>
        {projectStatuses.map((one) => (
          <Checkbox
            key={one}
            size="xs"
            label={status[one]}
            checked={route.statuses.includes(one)}
            onChange={() => change({ statuses: toggled(projectStatuses, route.statuses, one) })}
          />
        ))}
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{list.also}</legend>
        {projectTraits.map((one) => (
          <Checkbox
            key={one}
            size="xs"
            label={list.trait[one]}
            description={list.traitHint[one]}
            checked={route.traits.includes(one)}
            onChange={() => change({ traits: toggled(projectTraits, route.traits, one) })}
          />
        ))}
      </fieldset>
      <div className={classes.numbers}>
        <NumberFilter
          label={list.idle}
          unit={list.days}
          min={1}
          value={route.idleDays}
          onChange={(idleDays) => change({ idleDays })}
        />
        <NumberFilter
          label={list.reactivated}
          unit={list.times}
          min={1}
          value={route.reactivations}
          onChange={(reactivations) => change({ reactivations })}
        />
        <NumberFilter
          label={list.due}
          hint={list.dueHint}
          unit={list.days}
          min={0}
          value={route.dueWithinDays}
          onChange={(dueWithinDays) => change({ dueWithinDays })}
        />
      </div>
      <TeamFilter teamId={route.teamId} teamName={teamName} onChange={(teamId) => change({ teamId })} />
    </div>
  )
}

/** The values with one more, or one less, in their own order. */
function toggled<Value>(values: readonly Value[], chosen: readonly Value[], one: Value): Value[] {
  return values.filter((value) => (value === one) !== chosen.includes(value))
}
