import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { maxReasonLength } from '../../core/reason.ts'
import type { Hold } from '../../core/sweep/holds.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { sweepsStart } from '../route.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { navigate } from '../window-route.ts'
import classes from './hold.module.css'

/** Release or dismiss, with a reason. What was typed stays when it is refused. */
export function HoldDecision({ hold }: { hold: Hold }) {
  const trpc = useTRPC()
  const { hold: words } = useWords()
  const { text: reason, type, forget } = useDraft(`hold ${hold.id}`)
  const [isChecked, setChecked] = useState(false)
  const release = useMutation(
    trpc.holds.release.mutationOptions({
      onSuccess() {
        forget()
        navigate(sweepsStart)
      },
    }),
  )
  const dismiss = useMutation(trpc.holds.dismiss.mutationOptions({ onSuccess: forget }))
  const isRunning = release.isPending || dismiss.isPending
  const error = release.error ?? dismiss.error
  const decide = (mutation: { mutate: (input: { holdId: number; reason: string }) => void }) => {
    setChecked(true)
    if (reason.trim() !== '' && !isRunning) mutation.mutate({ holdId: hold.id, reason })
  }
  return (
    <div className={classes.decision}>
      <Textarea
        label={words.reason}
        placeholder={words.reasonPlaceholder}
        rows={2}
        dir="auto"
        value={reason}
        maxLength={maxReasonLength}
        onChange={(event) => type(event.currentTarget.value)}
        error={isChecked && reason.trim() === '' && words.reasonMissing}
        aria-required={true}
      />
      {error !== null && <InlineError error={error} />}
      <div className={classes.buttons}>
        <Button
          size="sm"
          color="danger"
          disabled={hold.isExpired}
          aria-disabled={isRunning}
          onClick={() => decide(release)}
        >
          {isRunning ? words.running : words.release(hold.deactivated + hold.disabled)}
        </Button>
        <Button size="sm" variant="default" aria-disabled={isRunning} onClick={() => decide(dismiss)}>
          {words.dismiss}
        </Button>
        {!hold.isExpired && <span className="muted">{words.releaseHint}</span>}
      </div>
    </div>
  )
}
