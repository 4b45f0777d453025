import { IconChevronRight } from '@tabler/icons-react'
import { instantToMicros } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import type { SweepsRoute } from '../route.ts'
import { ExactTime, RelativeTime } from '../ui/times.tsx'
import { navigate } from '../window-route.ts'
import { describeCounts } from './describe-counts.ts'
import { OutcomeTag } from './outcome-tag.tsx'
import { RunDetails } from './run-details.tsx'
import classes from './runs.module.css'

interface RunRowProps {
  readonly run: Run
  readonly route: SweepsRoute
  readonly isReadOnly: boolean
}

/** A run among the others; open, with its details. */
export function RunRow({ run, route, isReadOnly }: RunRowProps) {
  const { sweeps, runs } = useWords()
  const formats = useFormats()
  const isOpen = route.runId === run.id
  const detailsId = `run-${run.id}`
  const toggle = () => navigate({ ...route, runId: isOpen ? null : run.id }, 'replace')
  return (
    <>
      <tr className={classes.run} data-open={isOpen} onClick={toggle}>
        <td>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            aria-label={sweeps.details(run.id)}
            onClick={(event) => {
              event.stopPropagation()
              toggle()
            }}
          >
            <IconChevronRight size={14} stroke={2} aria-hidden={true} />
            {run.id}
          </button>
        </td>
        <td>{run.isPreview ? runs.preview : runs.jobs[run.job]}</td>
        <td className={run.tick === null ? classes.where : undefined}>
          {run.tick === null ? (
            runs.byHand
          ) : (
            <time dateTime={run.tick} title={formats.deadline(run.tick)}>
              {formats.utcTime(run.tick)}
            </time>
          )}
        </td>
        <td>
          <ExactTime at={run.startedAt} />{' '}
          <span className={classes.ago}>
            <RelativeTime at={run.startedAt} />
          </span>
        </td>
        <td>
          <OutcomeTag run={run} />
        </td>
        <td>{describeCounts(run, runs)}</td>
        <td>
          {run.finishedAt !== null &&
            formats.duration(instantToMicros(run.finishedAt) - instantToMicros(run.startedAt))}
        </td>
        <td>
          <bdi>{run.actor}</bdi>
        </td>
        <td className={classes.where}>
          {sweeps.entries[run.entry] ?? run.entry} <bdi className="mono">{run.machine}</bdi>
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId} className={classes.details}>
          <td colSpan={9}>
            <RunDetails run={run} isReadOnly={isReadOnly} />
          </td>
        </tr>
      )}
    </>
  )
}
