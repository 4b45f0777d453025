import { IconChevronRight } from '@tabler/icons-react'
import { instantToMicros } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { navigate } from '../route.ts'
import { ExactTime, RelativeTime } from '../ui/times.tsx'
import classes from './history.module.css'
import { OutcomeTag } from './outcome-tag.tsx'
import { RunReport } from './run-report.tsx'

/** A sweep in the history; open, with its report. */
export function HistoryRow({ run, isOpen }: { run: Run; isOpen: boolean }) {
  const { sweeps } = useWords()
  const formats = useFormats()
  const detailsId = `run-${run.id}`
  const toggle = () => navigate({ page: 'sweeps', view: 'history', runId: isOpen ? null : run.id }, 'replace')
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
        <td>
          <ExactTime at={run.startedAt} />{' '}
          <span className={classes.ago}>
            <RelativeTime at={run.startedAt} />
          </span>
        </td>
        <td>
          <OutcomeTag run={run} />
        </td>
        <td className={classes.number}>{formats.number(run.deactivated)}</td>
        <td className={classes.number}>{formats.number(run.disabled)}</td>
        <td className={classes.number}>{formats.number(run.mailsQueued)}</td>
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
            <RunReport run={run} />
          </td>
        </tr>
      )}
    </>
  )
}
