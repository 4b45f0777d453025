import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { maxNoteLength } from '../../core/notes.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useDraftOf } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { undoOffers } from '../undo/undo-offer.ts'
import { noteDrafts } from './drafts.ts'
import classes from './timeline.module.css'

/** From how many characters before the end on it is said how many are left. */
const tightCharacters = 400

/** A note for whoever looks at the project next. What was typed stays, whatever happens. */
export function NoteForm({ projectId, isReadOnly }: { projectId: string; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { note: words } = useWords().panel
  const client = useTRPCClient()
  const text = useDraftOf(noteDrafts, projectId)
  const [isChecked, setChecked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const readAgain = () => {
    void queryClient.invalidateQueries(trpc.projects.get.queryFilter({ projectId }))
    void queryClient.invalidateQueries(trpc.projects.timeline.pathFilter())
  }
  const mutation = useMutation(
    trpc.projects.addNote.mutationOptions({
      onSuccess({ noteId }, sent) {
        setChecked(false)
        // What was typed meanwhile is the next note.
        if (noteDrafts.read(projectId) === sent.text) noteDrafts.drop(projectId)
        undoOffers.offer({
          say: ({ everywhere }) => everywhere.undo.noted,
          undo: () => client.projects.takeBackNote.mutate({ noteId }).finally(readAgain),
        })
      },
      onSettled: readAgain,
    }),
  )
  const problem = problemOf(text, isChecked, words)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setChecked(true)
    if (text.trim() === '' || text.length > maxNoteLength) field.current?.focus()
    else if (!mutation.isPending && !isReadOnly) mutation.mutate({ projectId, text })
  }
  const left = maxNoteLength - text.length
  return (
    <form className={classes.noteForm} onSubmit={submit} noValidate>
      <Textarea
        ref={field}
        label={words.label}
        placeholder={words.placeholder}
        autosize
        minRows={1}
        maxRows={10}
        dir="auto"
        value={text}
        onChange={(event) => noteDrafts.keep(projectId, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
        error={problem}
      />
      {mutation.error !== null && <InlineError error={mutation.error} />}
      <div className={classes.noteActions}>
        <Button
          type="submit"
          size="xs"
          variant={text.trim() === '' ? 'default' : 'filled'}
          aria-disabled={mutation.isPending}
          disabled={isReadOnly}
        >
          {mutation.isPending ? words.adding : words.action}
        </Button>
        <span className="muted" role="status">
          {isReadOnly
            ? words.readOnly
            : left >= 0 && left < tightCharacters
              ? words.left(left)
              : mutation.isSuccess && text === '' && words.added}
        </span>
      </div>
    </form>
  )
}

/** That it is too long is said while it is typed; that it is empty, once somebody wants to add it. */
function problemOf(text: string, isChecked: boolean, words: ReturnType<typeof useWords>['panel']['note']) {
  if (text.length > maxNoteLength) return words.tooLong(text.length, maxNoteLength)
  return isChecked && text.trim() === '' && words.empty
}
