import { type TimelineFilter as Filter, timelineFilters } from '../../core/queries/timeline.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './timeline.module.css'

interface TimelineFilterProps {
  readonly filter: Filter | null
  readonly onChange: (filter: Filter | null) => void
}

/** What the timeline is narrowed to. */
export function TimelineFilter({ filter, onChange }: TimelineFilterProps) {
  const { panel: words } = useWords()
  return (
    <fieldset className={classes.filters}>
      <legend className="unseen">{words.show}</legend>
      {[null, ...timelineFilters].map((one) => (
        <button
          key={one ?? 'all'}
          type="button"
          className={classes.filter}
          aria-pressed={one === filter}
          onClick={() => onChange(one)}
        >
          {one === null ? words.everything : words.filters[one]}
        </button>
      ))}
    </fieldset>
  )
}
