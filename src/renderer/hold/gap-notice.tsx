import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { maxReasonLength } from '../../core/reason.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { TimedSentence } from '../ui/times.tsx'
import classes from './hold.module.css'

/** While mail and routing wait, since agents were silent for long and nobody has looked at it. */
export function GapNotice() {
  const trpc = useTRPC()
  const { hold: words } = useWords()
  const formats = useFormats()
  const { data: gap } = useQuery(trpc.holds.gap.queryOptions())
  const { text: reason, type, forget } = useDraft('gap')
  const resolve = useMutation(trpc.holds.resolveGap.mutationOptions({ onSuccess: forget }))
  const [isChecked, setChecked] = useState(false)
  if (gap === null || gap === undefined) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (reason.trim() !== '' && !resolve.isPending) resolve.mutate({ reason })
  }
  return (
    <section className={classes.notice} aria-label={words.gapTitle} role="alert">
      <p>
        <strong>{words.gapTitle}.</strong>{' '}
        <TimedSentence
          text={words.gap(formats.exact(gap.since), formats.exact(gap.until))}
          times={[gap.since, gap.until]}
        />
      </p>
      <form className={classes.gapForm} onSubmit={submit} noValidate>
        <TextInput
          size="xs"
          aria-label={words.reason}
          placeholder={words.reasonPlaceholder}
          dir="auto"
          value={reason}
          maxLength={maxReasonLength}
          onChange={(event) => type(event.currentTarget.value)}
          error={isChecked && reason.trim() === '' && words.reasonMissing}
        />
        <Button size="xs" type="submit" variant="default" aria-disabled={resolve.isPending}>
          {resolve.isPending ? words.running : words.resolveGap}
        </Button>
      </form>
      {resolve.error !== null && <InlineError error={resolve.error} />}
    </section>
  )
}
