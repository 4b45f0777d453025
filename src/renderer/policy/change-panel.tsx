import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isPolicyName, type PolicyChanges, type PolicyName } from '../../core/check-policy.ts'
import type { Policy } from '../../core/policy.ts'
import { readError } from '../data/read-error.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { ChangeLines } from './change-lines.tsx'
import { ChangePreview } from './change-preview.tsx'
import classes from './policy.module.css'
import { fieldId, previewFormId } from './policy-field.tsx'
import { SaveForm } from './save-form.tsx'

interface ChangePanelProps {
  readonly policy: Policy
  readonly changes: PolicyChanges
  readonly wrong: readonly PolicyName[]
  readonly teamName: (id: string) => string
  readonly isReadOnly: boolean
  readonly onRefused: (name: PolicyName) => void
  readonly onSaved: (saved: PolicyChanges) => void
  readonly onDiscard: () => void
}

/** What was changed and not saved: first what it would do, in numbers; then the reason, and it is saved. */
export function ChangePanel(props: ChangePanelProps) {
  const { policy, changes, wrong, teamName, isReadOnly, onRefused, onSaved, onDiscard } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { policy: allWords } = useWords()
  const words = allWords.change
  const formats = useFormats()
  const reason = useDraft('policy')
  const [asked, setAsked] = useState<string | null>(null)
  const key = JSON.stringify(changes)
  const changed = Object.keys(changes).filter(isPolicyName)
  const isAsked = asked === key && wrong.length === 0 && changed.length > 0
  const preview = useQuery({
    ...trpc.policy.preview.queryOptions({ changes }, { staleTime: 0, gcTime: 0, retry: false }),
    enabled: isAsked,
  })
  const save = useMutation(
    trpc.policy.set.mutationOptions({
      onSuccess({ after }) {
        // At once, so that no field shows its former value until the policy is read again.
        queryClient.setQueryData(trpc.policy.get.queryKey(), (old) => old && { ...old, ...after })
        onSaved(after)
        reason.forget()
        setAsked(null)
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

  const lookAt = (event: FormEvent) => {
    event.preventDefault()
    const [first] = wrong
    save.reset()
    if (first !== undefined) document.getElementById(fieldId(first))?.focus()
    else if (isAsked) void preview.refetch()
    else setAsked(key)
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
          <form id={previewFormId} className={classes.buttons} onSubmit={lookAt} noValidate>
            <Button type="submit" variant={isAsked ? 'default' : 'filled'} aria-disabled={preview.isFetching}>
              {preview.isFetching ? words.previewing : words.preview}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                save.reset()
                reason.forget()
                onDiscard()
              }}
            >
              {words.discard}
            </Button>
          </form>
          {isAsked && preview.error !== null && <InlineError error={preview.error} />}
          {isAsked && preview.data !== undefined && (
            <>
              <ChangePreview preview={preview.data} mode={changes.sweepMode ?? policy.sweepMode} />
              <SaveForm
                values={changed.length}
                reason={reason.text}
                onReason={reason.type}
                isReadOnly={isReadOnly}
                isSaving={save.isPending}
                error={save.error}
                onSave={() => save.mutate({ changes, reason: reason.text })}
              />
            </>
          )}
        </div>
      )}
    </Card>
  )
}
