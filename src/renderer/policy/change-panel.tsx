import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { isPolicyName, type PolicyChanges, type PolicyName } from '../../core/check-policy.ts'
import type { Policy } from '../../core/policy.ts'
import { maxReasonLength } from '../../core/reactivate.ts'
import { readError } from '../data/read-error.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { ChangeLines } from './change-lines.tsx'
import { ChangePreview } from './change-preview.tsx'
import classes from './policy.module.css'
import { fieldId } from './policy-field.tsx'

interface ChangePanelProps {
  readonly policy: Policy
  readonly changes: PolicyChanges
  readonly wrong: readonly PolicyName[]
  readonly teamName: (id: string) => string
  readonly isReadOnly: boolean
  readonly onRefused: (name: PolicyName) => void
  /** Saved or discarded. */
  readonly onEnd: () => void
}

/** What was changed and not saved: first what it would do, in numbers; then the reason, and it is saved. */
export function ChangePanel(props: ChangePanelProps) {
  const { policy, changes, wrong, teamName, isReadOnly, onRefused, onEnd } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { policy: allWords } = useWords()
  const words = allWords.change
  const formats = useFormats()
  const [reason, setReason] = useState('')
  const [isChecked, setChecked] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const key = JSON.stringify(changes)
  const changed = Object.keys(changes).filter(isPolicyName)
  const isAsked = asked === key && wrong.length === 0 && changed.length > 0
  const preview = useQuery({
    ...trpc.policy.preview.queryOptions({ changes }, { staleTime: 0, gcTime: 0, retry: false }),
    enabled: isAsked,
  })
  const save = useMutation(
    trpc.policy.set.mutationOptions({
      onSuccess() {
        setReason('')
        setChecked(false)
        setAsked(null)
        onEnd()
        void queryClient.invalidateQueries(trpc.policy.pathFilter())
        void queryClient.invalidateQueries(trpc.overview.pathFilter())
        void queryClient.invalidateQueries(trpc.sweeps.pathFilter())
      },
      onError(error) {
        const field = String(readError(error).details?.field ?? '')
        if (isPolicyName(field)) onRefused(field)
      },
    }),
  )
  const isEmpty = changed.length === 0 && wrong.length === 0
  const problem = reason.trim() === '' ? words.reasonMissing : null

  const lookAt = (event: FormEvent) => {
    event.preventDefault()
    const [first] = wrong
    save.reset()
    if (first !== undefined) document.getElementById(fieldId(first))?.focus()
    else if (isAsked) void preview.refetch()
    else setAsked(key)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (problem !== null) reasonField.current?.focus()
    else if (!save.isPending) save.mutate({ changes, reason })
  }

  return (
    <Card title={words.title}>
      {isEmpty && (
        <p className="muted" role="status">
          {save.isSuccess ? words.saved : words.nothing}
        </p>
      )}
      {!isEmpty && (
        <div className={classes.change}>
          <ChangeLines before={policy} after={changes} teamName={teamName} />
          {wrong.length > 0 && (
            <p className={classes.problem} role="status">
              {words.wrong(formats.list(wrong.map((name) => allWords.fields[name].label)))}
            </p>
          )}
          {isReadOnly && <p>{words.readOnly}</p>}
          <form className={classes.buttons} onSubmit={lookAt} noValidate>
            <Button type="submit" variant={isAsked ? 'default' : 'filled'} aria-disabled={preview.isFetching}>
              {preview.isFetching ? words.previewing : words.preview}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                save.reset()
                onEnd()
              }}
            >
              {words.discard}
            </Button>
          </form>
          {isAsked && preview.error !== null && <InlineError error={preview.error} />}
          {isAsked && preview.data !== undefined && (
            <form className={classes.change} onSubmit={submit} noValidate>
              <ChangePreview preview={preview.data} mode={changes.sweepMode ?? policy.sweepMode} />
              <Textarea
                ref={reasonField}
                label={words.reason}
                placeholder={words.reasonPlaceholder}
                rows={2}
                dir="auto"
                value={reason}
                maxLength={maxReasonLength}
                onChange={(event) => setReason(event.currentTarget.value)}
                error={isChecked && problem}
                aria-required={true}
              />
              {save.error !== null && <InlineError error={save.error} />}
              <div className={classes.buttons}>
                <Button type="submit" disabled={isReadOnly} aria-disabled={save.isPending}>
                  {save.isPending ? words.saving : words.save(changed.length)}
                </Button>
              </div>
            </form>
          )}
        </div>
      )}
    </Card>
  )
}
