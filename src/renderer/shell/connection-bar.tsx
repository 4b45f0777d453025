import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useConnectionError } from '../data/connection.ts'
import { useWords } from '../i18n/language.tsx'
import { CopyDetails } from '../ui/copy-details.tsx'
import classes from './shell.module.css'

/** Says over the foot of the page that the data can't be read right now. What was read stays, nothing moves. */
export function ConnectionBar() {
  const error = useConnectionError()
  const { errors, state } = useWords()
  const queryClient = useQueryClient()
  if (error === null) return null
  return (
    <div className={classes.bar} role="alert">
      <div>
        <p className={classes.barSentence}>{errors.sentence(error)}</p>
        <p className="muted">
          {state.trying} {state.code} <code className="mono">{error.code}</code> <CopyDetails error={error} />
        </p>
      </div>
      <Button variant="default" onClick={() => void queryClient.refetchQueries({ type: 'active' })}>
        {state.retry}
      </Button>
    </div>
  )
}
