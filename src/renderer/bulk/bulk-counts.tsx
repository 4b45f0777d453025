import type { BulkProgress } from '../../core/bulk/bulk-act.ts'
import { bulkOutcomes } from '../../core/bulk/bulk-result.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import classes from './bulk.module.css'

/** How many projects ended how. */
export function BulkCounts({ progress }: { progress: BulkProgress }) {
  const { bulk } = useWords()
  const formats = useFormats()
  return (
    <dl className={classes.counts}>
      {bulkOutcomes.map((outcome) => (
        <div key={outcome}>
          <dt>{outcome === 'done' ? bulk.acts[progress.act.kind].done : bulk.outcomes[outcome]}</dt>
          <dd>{formats.number(progress[outcome])}</dd>
        </div>
      ))}
    </dl>
  )
}
