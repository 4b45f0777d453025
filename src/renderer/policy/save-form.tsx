import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { maxReasonLength } from '../../core/reason.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './policy.module.css'

interface SaveFormProps {
  readonly values: number
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly isReadOnly: boolean
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: () => void
}

/** The last step: why. It has the focus when the preview is there, so that the keyboard goes on. */
export function SaveForm({ values, reason, onReason, isReadOnly, isSaving, error, onSave }: SaveFormProps) {
  const { change: words } = useWords().policy
  const [isChecked, setChecked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const isMissing = reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing) field.current?.focus()
    else if (!isSaving) onSave()
  }
  return (
    <form className={classes.change} onSubmit={submit} noValidate>
      <Textarea
        ref={field}
        label={words.reason}
        placeholder={words.reasonPlaceholder}
        rows={2}
        dir="auto"
        value={reason}
        maxLength={maxReasonLength}
        onChange={(event) => onReason(event.currentTarget.value)}
        error={isChecked && isMissing && words.reasonMissing}
        aria-required={true}
      />
      {error !== null && <InlineError error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" disabled={isReadOnly} aria-disabled={isSaving}>
          {isSaving ? words.saving : words.save(values)}
        </Button>
      </div>
    </form>
  )
}
