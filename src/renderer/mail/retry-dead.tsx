import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './mail-toolbar.module.css'
import { writeCount } from './write-count.ts'

/** Queues all mails anew that were given up; absent while there is none. What came of it stays to be read. */
export function RetryDead({ dead, isReadOnly }: { dead: number; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { mail } = useWords()
  const formats = useFormats()
  const queryClient = useQueryClient()
  const retry = useMutation(
    trpc.mail.retryDead.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.mail.pathFilter()),
    }),
  )
  return (
    <div className={classes.dead}>
      {retry.error !== null && <InlineError error={retry.error} />}
      <span className="muted" role="status">
        {retry.data !== undefined && dead === 0 && mail.retriedDead(retry.data.retried)}
      </span>
      {dead > 0 && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.8} aria-hidden={true} />}
          title={isReadOnly ? mail.readOnly : mail.retryDeadHint}
          disabled={isReadOnly}
          aria-disabled={retry.isPending}
          onClick={() => {
            if (!retry.isPending) retry.mutate()
          }}
        >
          {retry.isPending ? mail.working : mail.retryDead(writeCount(dead, mail, formats.number))}
        </Button>
      )}
    </div>
  )
}
