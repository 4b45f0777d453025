import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TimelineEvent, TimelinePage } from '../../core/queries/timeline.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { withoutDirectionMarks } from '../ui/name.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './timeline.module.css'

/** What a note says; one that was taken back stays, struck through. */
export function NoteEntry({ note, login }: { note: TimelineEvent; login: string | null }) {
  const { note: words } = useWords().panel
  const takenBackAt = note.after?.takenBackAt
  const isTakenBack = typeof takenBackAt === 'string'
  const text = withoutDirectionMarks(note.reason ?? '')
  return (
    <>
      <blockquote className={classes.quote} dir="auto" data-taken-back={isTakenBack}>
        {isTakenBack ? <s>{text}</s> : text}
      </blockquote>
      {isTakenBack && (
        <p className="muted">
          {words.takenBack} <RelativeTime at={takenBackAt} />
        </p>
      )}
      {!isTakenBack && note.actor === login && <TakeBack noteId={note.id} />}
    </>
  )
}

function markTakenBack(event: TimelineEvent, noteId: number, takenBackAt: string): TimelineEvent {
  return event.id === noteId ? { ...event, after: { takenBackAt } } : event
}

/** Asked twice, on the spot: it can't be undone. */
function TakeBack({ noteId }: { noteId: number }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { note: words } = useWords().panel
  const [isAsked, setAsked] = useState(false)
  const mutation = useMutation(
    trpc.projects.takeBackNote.mutationOptions({
      onSuccess({ takenBackAt }) {
        // It may be older than what is read again.
        queryClient.setQueriesData<TimelinePage>(trpc.projects.timeline.pathFilter(), (known) =>
          known === undefined
            ? known
            : { ...known, events: known.events.map((event) => markTakenBack(event, noteId, takenBackAt)) },
        )
      },
      onSettled() {
        void queryClient.invalidateQueries(trpc.projects.get.pathFilter())
        void queryClient.invalidateQueries(trpc.projects.timeline.pathFilter())
      },
    }),
  )
  if (!isAsked) {
    return (
      <button type="button" className={classes.quiet} onClick={() => setAsked(true)}>
        {words.takeBack}
      </button>
    )
  }
  return (
    <div className={classes.noteActions}>
      <span className="muted">{words.takeBackHint}</span>
      <Button
        size="compact-xs"
        color="danger"
        autoFocus
        aria-disabled={mutation.isPending}
        onClick={() => {
          if (!mutation.isPending) mutation.mutate({ noteId })
        }}
      >
        {words.takeBack}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setAsked(false)}>
        {words.keep}
      </Button>
      {mutation.error !== null && <InlineError error={mutation.error} />}
    </div>
  )
}
