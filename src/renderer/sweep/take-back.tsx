import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { leftAloneReasons, type Run } from '../../core/queries/runs.ts'
import { maxReasonLength } from '../../core/reason.ts'
import type { RevertCheck } from '../../core/sweep/revert.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { routeOfRun } from '../route.ts'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { navigate } from '../window-route.ts'
import classes from './runs.module.css'
import { offerTakeBack } from './take-back-offer.ts'

/** The way to take a sweep back: what it would do, in numbers, and the reason. */
export function TakeBack({ run, isReadOnly }: { run: Run; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { takeBack: words } = useWords().runs
  const now = useNow()
  const policy = useQuery(trpc.policy.get.queryOptions())
  const [isAsking, setAsking] = useState(false)
  const [hasLeft, setLeft] = useState(false)
  const revertDays = policy.data?.revertDays
  const offer = revertDays === undefined ? 'none' : offerTakeBack(run, revertDays, now)
  const leave = () => {
    setAsking(false)
    setLeft(true)
  }
  if (offer === 'none') return null
  if (offer === 'tooOld') return <p className="muted">{words.tooOld(revertDays ?? 0)}</p>
  if (isAsking) return <TakeBackForm run={run} onLeave={leave} />
  return (
    <div className={classes.offer}>
      <Button ref={hasLeft ? focus : null} variant="default" disabled={isReadOnly} onClick={() => setAsking(true)}>
        {words.open}
      </Button>
      {isReadOnly && <span className="muted">{words.readOnly}</span>}
    </div>
  )
}

function TakeBackForm({ run, onLeave }: { run: Run; onLeave: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { takeBack: words } = useWords().runs
  const check = useQuery(trpc.sweeps.checkRevert.queryOptions({ runId: run.id }, { refetchOnMount: 'always' }))
  const { text: reason, type, forget } = useDraft(`take back ${run.id}`)
  const [isChecked, setChecked] = useState(false)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const leave = () => {
    forget()
    onLeave()
  }
  const isMissing = reason.trim() === ''
  const isPossible = check.data !== undefined && check.data.refusal === null
  const counted = check.data === undefined ? null : check.data.active + check.data.inactive
  useEffect(() => reasonField.current?.focus(), [])
  const revert = useMutation(
    trpc.sweeps.revert.mutationOptions({
      onSuccess({ runId }) {
        forget()
        void queryClient.invalidateQueries(trpc.sweeps.runs.pathFilter())
        navigate(routeOfRun(runId))
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing) reasonField.current?.focus()
    else if (isPossible && !revert.isPending) revert.mutate({ runId: run.id, reason })
  }
  return (
    <form
      className={classes.takeBack}
      aria-label={words.title(run.id)}
      onSubmit={submit}
      noValidate
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave()
      }}
    >
      <p className={classes.question}>{words.title(run.id)}</p>
      <QueryView query={check}>{(counted) => <TakeBackEffect check={counted} />}</QueryView>
      <p className="muted">
        {words.where} {words.again}
      </p>
      <Textarea
        ref={reasonField}
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
      {revert.error !== null && <InlineError error={revert.error} />}
      <div className={classes.buttons}>
        <Button type="submit" color="danger" disabled={!isPossible} aria-disabled={revert.isPending}>
          {revert.isPending ? words.running : words.action(counted)}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.keep}
        </Button>
      </div>
    </form>
  )
}

/** What it would do now; the rest of the sweep, and why that stays as it is; or why there is nothing to do. */
function TakeBackEffect({ check }: { check: RevertCheck }) {
  const { takeBack: words, leftAlone, leftTitle } = useWords().runs
  const formats = useFormats()
  const left = leftAloneReasons.flatMap((why) => {
    const value = check.leftAlone[why] ?? 0
    return value > 0 ? [leftAlone[why](value)] : []
  })
  return (
    <div>
      <p>{check.refusal === null ? words.effect(check.active, check.inactive) : words.refused[check.refusal.why]}</p>
      {left.length > 0 && (
        <p className="muted">
          {leftTitle}: {formats.list(left)}.
        </p>
      )}
    </div>
  )
}

/** The form that had the focus is gone: the keyboard goes on where it was opened. */
function focus(button: HTMLButtonElement | null): void {
  button?.focus()
}
