import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { maxReasonLength } from '../../core/reason.ts'
import { useDraft } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from './error-panel.tsx'
import classes from './reason-form.module.css'

interface ReasonFormProps {
  readonly title: string
  /** Under which the reason is kept until it is sent or given up (data/use-draft.ts). */
  readonly draftKey: string
  /** What it will do. */
  readonly children: ReactNode
  readonly action: string
  readonly isDangerous?: boolean
  readonly isPending: boolean
  readonly error: unknown
  /** Called with the reason, which is never blank; undefined if it was not sent after all. Once it is taken, it is forgotten. */
  readonly onSubmit: (reason: string) => Promise<unknown> | undefined
  readonly onLeave: () => void
}

/** Asks for the reason of an act, on the spot. What was typed stays when it is refused; Escape leaves it. */
export function ReasonForm(props: ReasonFormProps) {
  const { title, draftKey, children, action, isDangerous = false, isPending, error, onSubmit, onLeave } = props
  const { agents: words } = useWords()
  const { text: reason, type, forget } = useDraft(draftKey)
  const [isChecked, setChecked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const leave = () => {
    forget()
    onLeave()
  }
  const isMissing = reason.trim() === ''
  useEffect(() => field.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing) field.current?.focus()
    // A refusal is told by `error`, and what was typed stays.
    else if (!isPending) void onSubmit(reason)?.then(forget, () => undefined)
  }
  return (
    <form
      className={classes.form}
      aria-label={title}
      onSubmit={submit}
      noValidate
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave()
      }}
    >
      <p className={classes.title}>{title}</p>
      {children}
      <Textarea
        ref={field}
        label={words.reason}
        placeholder={words.reasonPlaceholder}
        rows={2}
        dir="auto"
        value={reason}
        maxLength={maxReasonLength}
        onChange={(event) => type(event.currentTarget.value)}
        error={isChecked && isMissing && words.reasonMissing}
        aria-required={true}
      />
      {error !== null && <InlineError error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" {...(isDangerous && { color: 'danger' })} aria-disabled={isPending}>
          {isPending ? words.working : action}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.keep}
        </Button>
      </div>
    </form>
  )
}
