import { Fragment } from 'react'
import { useWords } from '../i18n/language.tsx'
import { Name } from '../ui/name.tsx'
import classes from './palette.module.css'
import { type Entry, entryGroups } from './palette-actions.ts'

interface OptionListProps {
  readonly id: string
  /** Group after group. */
  readonly entries: readonly Entry[]
  readonly activeIndex: number
  /** Whether what was searched answers what is typed now. */
  readonly isCurrent: boolean
  readonly onPoint: (entry: Entry) => void
  readonly onTake: (entry: Entry) => void
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/** What there is to choose. The keys are the field's, which has the focus; the pointer is the option's. */
export function OptionList({ id, entries, activeIndex, isCurrent, onPoint, onTake }: OptionListProps) {
  const { palette } = useWords().everywhere
  return (
    <div id={id} className={classes.list} role="listbox" aria-label={palette.results}>
      {entryGroups.map((group) => {
        const own = entries.flatMap((entry, index) => (entry.group === group ? [{ entry, index }] : []))
        if (own.length === 0) return <Fragment key={group} />
        const isSearched = group === 'projects' || group === 'teams'
        return (
          <div key={group} role="group" aria-label={palette[group]}>
            <p className={classes.group} aria-hidden="true">
              {palette[group]}
            </p>
            {own.map(({ entry, index }) => (
              <div
                key={entry.key}
                id={optionId(id, index)}
                className={classes.option}
                role="option"
                aria-selected={index === activeIndex}
                data-old={isSearched && !isCurrent}
                onClick={() => onTake(entry)}
                onPointerMove={() => onPoint(entry)}
              >
                <Name text={entry.label} />
                {entry.note !== undefined && <bdi className={classes.note}>{entry.note}</bdi>}
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}
