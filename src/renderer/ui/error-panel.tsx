import { Button } from '@mantine/core'
import { isConnectionLoss, isRefusal, readError } from '../data/read-error.ts'
import { useWords } from '../i18n/language.tsx'
import { CopyDetails } from './copy-details.tsx'
import classes from './panels.module.css'

interface ErrorPanelProps {
  readonly error: unknown
  readonly onRetry?: () => void
}

/**
 * What went wrong and what to do, in the place of what was asked for. A lost connection is said once, by the shell. What a
 * rule refused is refused again.
 */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const { errors, state } = useWords()
  const shown = readError(error)
  if (isConnectionLoss(shown)) return <p className={classes.empty}>{state.waiting}</p>
  return (
    <div className={classes.error} role="alert">
      <p>{errors.sentence(shown)}</p>
      <p className={classes.errorFoot}>
        {onRetry && !isRefusal(shown) && (
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            {state.retry}
          </Button>
        )}
        <span className="muted">
          {state.code} <code className="mono">{shown.code}</code>
        </span>
        <CopyDetails error={shown} />
      </p>
    </div>
  )
}

/** The same for an act that a form asked for: the form stays as it is. */
export function InlineError({ error }: { error: unknown }) {
  const { errors, state } = useWords()
  const shown = readError(error)
  return (
    <div className={classes.inlineError} role="alert">
      {errors.sentence(shown)}{' '}
      <span className={classes.inlineCode}>
        {state.code} <code className="mono">{shown.code}</code>
      </span>{' '}
      <CopyDetails error={shown} />
    </div>
  )
}
