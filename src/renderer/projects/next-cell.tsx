import { nextTransition } from '../../core/lifecycle.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectFacts } from '../../core/project.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { StatusIcon } from '../ui/status-badge.tsx'
import classes from './project-table.module.css'

interface NextCellProps {
  readonly facts: ProjectFacts
  readonly policy: Policy
  readonly spells: readonly BlindSpell[]
}

/** What becomes of a project if nobody does anything, and when: the rule itself, in a cell. */
export function NextCell({ facts, policy, spells }: NextCellProps) {
  const words = useWords()
  const formats = useFormats()
  const now = useNow()
  const next = nextTransition(facts, policy, spells, now)
  if (next.kind === 'rest') {
    return (
      <span className={classes.rest} title={words.project.rest[next.reason]}>
        {words.project.restShort[next.reason]}
      </span>
    )
  }
  const what = `${words.status[next.to]}: ${formats.deadline(next.dueAt)}\n${formats.utc(next.dueAt)}`
  return (
    <span className={classes.next} title={what}>
      <StatusIcon status={next.to} />
      <span className="unseen">{words.status[next.to]}</span>
      <time dateTime={next.dueAt}>{formats.short(next.dueAt)}</time>
      <span className={next.isDue ? classes.due : classes.wait}>
        {next.isDue ? words.projects.dueNow : formats.relative(next.dueAt, now)}
      </span>
    </span>
  )
}
