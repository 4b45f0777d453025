import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { BulkActKind, PreparedBulk } from '../../core/bulk/bulk-act.ts'
import type { Selection } from '../../core/bulk/fix-selection.ts'
import { maxReasonLength } from '../../core/reason.ts'
import { readError } from '../data/read-error.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useDraftOf } from '../data/use-draft.ts'
import { endOf } from '../exemption/draft.ts'
import { DurationField } from '../exemption/duration-field.tsx'
import { useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './bulk.module.css'
import { bulkDrafts } from './bulk-drafts.ts'
import { BulkPreview } from './bulk-preview.tsx'

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
  const [isChecked, setChecked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const dayField = useRef<HTMLInputElement>(null)
  const { bulkId, kind, projects, preview } = prepared
  const words = bulk.acts[kind]
  const now = useNow()
  const draft = useDraftOf(bulkDrafts, kind)
  const { reason } = draft
  const change = (part: Partial<typeof draft>) => bulkDrafts.keep(kind, { ...draft, ...part })
  const end = endOf(draft, now)
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess() {
        bulkDrafts.drop(kind)
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
    const act = kind === 'reactivate' ? { kind } : 'until' in end ? { kind, until: end.until } : null
    if (act === null) dayField.current?.focus()
    else if (isMissing) field.current?.focus()
    else if (!start.isPending && !isCounting) start.mutate({ bulkId, projects, reason, act })
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
            <DurationField
              duration={draft}
              end={end}
              now={now}
              isChecked={isChecked}
              dayRef={dayField}
              onChange={change}
            />
          )}
          <Textarea
            ref={field}
            label={bulk.reason}
            placeholder={words.reasonPlaceholder}
            rows={2}
            dir="auto"
            value={reason}
            maxLength={maxReasonLength}
            onChange={(event) => change({ reason: event.currentTarget.value })}
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
