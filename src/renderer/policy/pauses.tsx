import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { type PausablePart, type Pause, pausableParts } from '../../core/pauses.ts'
import { maxReasonLength } from '../../core/reason.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Tag } from '../ui/tag.tsx'
import { ExactTime } from '../ui/times.tsx'
import { undoOffers } from '../undo/undo-offer.ts'
import classes from './policy.module.css'

/** Each part of Vigie: whether it runs, and the way to stop it or to let it go on. */
export function Pauses({ isReadOnly }: { isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { pauses: words } = useWords().policy
  const query = useQuery(trpc.pauses.list.queryOptions())
  return (
    <Card title={words.title}>
      <p className={classes.hint}>{words.hint}</p>
      <QueryView query={query}>
        {(pauses) => (
          <ul className={classes.parts}>
            {pausableParts.map((part) => (
              <Part
                key={part}
                part={part}
                pause={pauses.find((pause) => pause.part === part) ?? null}
                isReadOnly={isReadOnly}
              />
            ))}
          </ul>
        )}
      </QueryView>
    </Card>
  )
}

interface PartProps {
  readonly part: PausablePart
  readonly pause: Pause | null
  readonly isReadOnly: boolean
}

function Part({ part, pause, isReadOnly }: PartProps) {
  const { pauses: words } = useWords().policy
  const [isAsking, setAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { name, stops } = words.parts[part]
  const leave = () => {
    setAsking(false)
    // The form that had the focus is gone: the keyboard goes on where it was opened.
    button.current?.focus()
  }
  return (
    <li className={classes.part}>
      <div className={classes.partLine}>
        <span className={classes.label}>{name}</span>
        <Tag tone={pause === null ? 'grey' : 'amber'}>{pause === null ? words.runs : words.paused}</Tag>
        <Button
          ref={button}
          variant="default"
          disabled={isReadOnly}
          aria-expanded={isAsking}
          aria-label={pause === null ? words.pauseOf(name) : words.resumeOf(name)}
          onClick={() => setAsking(!isAsking)}
        >
          {pause === null ? words.pause : words.resume}
        </Button>
      </div>
      {pause !== null && (
        <p className={classes.hint}>
          <bdi>{words.by(pause.actor)}</bdi>, <ExactTime at={pause.pausedAt} />: <bdi>{pause.reason}</bdi>
        </p>
      )}
      {isAsking && (
        <>
          {pause === null && <p className={classes.hint}>{stops}</p>}
          <PauseForm key={String(pause === null)} part={part} isPaused={pause !== null} onEnd={leave} />
        </>
      )}
    </li>
  )
}

interface PauseFormProps {
  readonly part: PausablePart
  readonly isPaused: boolean
  readonly onEnd: () => void
}

function PauseForm({ part, isPaused, onEnd }: PauseFormProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const { policy, everywhere } = useWords()
  const { pauses: words, change } = policy
  const { text: reason, type, forget } = useDraft(`${isPaused ? 'resume' : 'pause'} ${part}`)
  const [isChecked, setChecked] = useState(false)
  const leave = () => {
    forget()
    onEnd()
  }
  const readAgain = () => {
    void queryClient.invalidateQueries(trpc.pauses.pathFilter())
    void queryClient.invalidateQueries(trpc.policy.record.pathFilter())
  }
  const pause = useMutation(
    trpc.pauses.pause.mutationOptions({
      onSuccess({ isChanged }) {
        readAgain()
        leave()
        // Somebody else's pause is not ours to undo. A resumption has no undo: a pause made anew has another date and name.
        if (isChanged) {
          undoOffers.offer({
            say: ({ policy, everywhere }) => everywhere.undo.paused(policy.pauses.parts[part].name),
            undo: () => client.pauses.resume.mutate({ part, reason: everywhere.undo.reason }).finally(readAgain),
          })
        }
      },
    }),
  )
  const resume = useMutation(
    trpc.pauses.resume.mutationOptions({
      onSuccess() {
        readAgain()
        leave()
      },
    }),
  )
  const act = isPaused ? resume : pause
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (reason.trim() !== '' && !act.isPending) act.mutate({ part, reason })
  }
  return (
    <form
      className={classes.pauseForm}
      onSubmit={submit}
      noValidate
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave()
      }}
    >
      <TextInput
        label={change.reason}
        ref={focusOnce}
        dir="auto"
        value={reason}
        maxLength={maxReasonLength}
        onChange={(event) => type(event.currentTarget.value)}
        error={isChecked && reason.trim() === '' && change.reasonMissing}
        aria-required={true}
      />
      {act.error !== null && <InlineError error={act.error} />}
      <div className={classes.buttons}>
        <Button type="submit" aria-disabled={act.isPending}>
          {isPaused ? words.confirmResume : words.confirmPause}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.keep}
        </Button>
      </div>
    </form>
  )
}

/** Whoever asked for the form goes on writing in it. */
function focusOnce(element: HTMLInputElement | null): void {
  element?.focus()
}
