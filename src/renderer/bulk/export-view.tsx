import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { exportFormats } from '../../core/export/encode-table.ts'
import type { ProjectView } from '../../core/queries/projects.ts'
import { readError } from '../data/read-error.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './bulk.module.css'
import { useExport } from './use-export.ts'

/** Exports what the list shows, in its order: all of it, not what is loaded alone. */
export function ExportView({ view }: { view: ProjectView }) {
  const { bulk } = useWords()
  const exporting = useExport()
  const { progress } = exporting
  const isRunning = exporting.isStarting || progress?.state === 'running'
  return (
    <div className={classes.export}>
      <span className="muted" role="status">
        <ExportState exporting={exporting} />
      </span>
      {isRunning ? (
        <Button size="compact-sm" variant="default" onClick={exporting.cancel}>
          {bulk.cancel}
        </Button>
      ) : (
        exportFormats.map((format) => (
          <Button
            key={format}
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} stroke={1.8} aria-hidden={true} />}
            onClick={() => exporting.start({ kind: 'projects', view }, format)}
          >
            {bulk.exportAs(format.toUpperCase())}
          </Button>
        ))
      )}
    </div>
  )
}

/** How far an export is, or how it ended, in a few words. */
export function ExportState({ exporting }: { exporting: ReturnType<typeof useExport> }) {
  const { bulk, errors } = useWords()
  const { progress, error, isStarting } = exporting
  const failure = progress?.state === 'failed' ? progress.error : error && readError(error)
  if (failure) return errors.sentence(failure)
  if (progress?.state === 'done') return bulk.exported(progress.rows)
  if (progress?.state === 'cancelled') return bulk.exportCancelled
  return isStarting || progress ? bulk.exporting(progress?.rows ?? 0) : null
}
