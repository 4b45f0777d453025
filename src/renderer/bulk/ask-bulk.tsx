import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { BulkActKind, PreparedBulk } from '../../core/bulk/bulk-act.ts'
import type { Selection } from '../../core/bulk/fix-selection.ts'
import { maxReasonLength } from '../../core/reason.ts'
import { readError } from '../data/read-error.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './bulk.module.css'
import { BulkPreview } from './bulk-preview.tsx'
import { DurationField } from './duration-field.tsx'
import { type Duration, firstDuration, untilOf } from './exempt-duration.ts'
import { keepReason, readReason } from './kept-reason.ts'

interface AskBulkProps {
  readonly kind: BulkActKind
  readonly selection: Selection
  readonly onStarted: (bulkId: string) => void
}

/** What would happen to what is marked, fixed and counted once; and the reason. What was typed stays. */
export function AskBulk({ kind, selection, onStarted }: AskBulkProps) {
  const client = useTRPCClient()
  const query = useQuery({
    queryKey: ['bulk', 'prepare', kind, selection],
    queryFn: ({ signal }) => client.bulk.prepare.mutate({ kind, selection }, { signal }),
    // The numbers of a list that is fixed do not change under the hand; another look is asked for.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <QueryView query={query}>
      {(prepared) => (
        <AskForm
          prepared={prepared}
          isCounting={query.isFetching}
          onRecount={() => void query.refetch()}
          onStarted={onStarted}
        />
      )}
    </QueryView>
  )
}

interface AskFormProps {
  readonly prepared: PreparedBulk
  readonly isCounting: boolean
  readonly onRecount: () => void
  readonly onStarted: (bulkId: string) => void
}

function AskForm({ prepared, isCounting, onRecount, onStarted }: AskFormProps) {
  const trpc = useTRPC()
  const { bulk } = useWords()
  const [reason, setReason] = useState(readReason)
  const [isChecked, setChecked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const [duration, setDuration] = useState<Duration>(firstDuration)
  const { bulkId, kind, projects, preview } = prepared
  const words = bulk.acts[kind]
  const now = useNow()
  const until = kind === 'exempt' ? untilOf(duration, now) : null
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess() {
        keepReason('')
        onStarted(bulkId)
      },
      // Vigie was started anew: its list is counted again, and the person is asked again.
      onError(error) {
        if (readError(error).code === 'BULK_NOT_FOUND') onRecount()
      },
    }),
  )
  const isMissing = reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing) field.current?.focus()
    else if (until !== undefined && !start.isPending && !isCounting)
      start.mutate({
        bulkId,
        projects,
        reason,
        act: kind === 'reactivate' ? { kind } : { kind, until },
      })
  }
  return (
    <form className={classes.ask} aria-label={words.title} onSubmit={submit} noValidate>
      <BulkPreview kind={kind} preview={preview} projects={projects} />
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="default" onClick={onRecount} aria-disabled={isCounting}>
          {isCounting ? bulk.counting : bulk.recount}
        </Button>
      </div>
      {preview.ready > 0 && (
        <>
          <p className="muted">
            {words.effect} {bulk.fixed}
          </p>
          {kind === 'exempt' && (
            <DurationField duration={duration} onChange={setDuration} isWrong={isChecked && until === undefined} />
          )}
          <Textarea
            ref={field}
            label={bulk.reason}
            placeholder={words.reasonPlaceholder}
            rows={2}
            dir="auto"
            value={reason}
            maxLength={maxReasonLength}
            onChange={({ currentTarget: { value } }) => {
              setReason(value)
              keepReason(value)
            }}
            error={isChecked && isMissing && bulk.reasonMissing}
            aria-required={true}
          />
        </>
      )}
      {start.error !== null && <InlineError error={start.error} />}
      {preview.ready > 0 && (
        <div className={classes.buttons}>
          <Button type="submit" aria-disabled={start.isPending || isCounting}>
            {start.isPending ? bulk.starting : words.action(preview.ready)}
          </Button>
        </div>
      )}
    </form>
  )
}
