import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Exclusion, ExclusionPreview } from '../../core/traffic/change-exclusions.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { ReasonForm } from '../ui/reason-form.tsx'
import { TimedSentence } from '../ui/times.tsx'
import classes from './agents.module.css'

interface DecideProps {
  readonly exclusion: Exclusion
  readonly onLeave: () => void
}

const shownProjects = 10

/** What applying it would change, then the decision. */
export function ApplyExclusion({ exclusion, onLeave }: DecideProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { exclusions: words } = useWords()
  const preview = useQuery(trpc.exclusions.preview.queryOptions({ id: exclusion.id }, { refetchOnMount: 'always' }))
  const apply = useMutation(
    trpc.exclusions.start.mutationOptions({
      onSuccess: onLeave,
      onSettled: () => queryClient.invalidateQueries(trpc.exclusions.pathFilter()),
    }),
  )
  return (
    <ReasonForm
      draftKey={`apply exclusion ${exclusion.id}`}
      title={words.applyTitle}
      action={words.applyAction(preview.data?.projects ?? null)}
      isDangerous={true}
      isPending={apply.isPending}
      error={apply.error}
      onSubmit={(reason) => apply.mutateAsync({ id: exclusion.id, reason })}
      onLeave={onLeave}
    >
      <QueryView query={preview}>{(data) => <Preview preview={data} />}</QueryView>
    </ReasonForm>
  )
}

function Preview({ preview }: { preview: ExclusionPreview }) {
  const { exclusions: words } = useWords()
  const formats = useFormats()
  const shown = preview.list.slice(0, shownProjects)
  return (
    <div>
      <p>{preview.projects === 0 ? words.previewNone : words.preview(preview.projects)}</p>
      {preview.observedSince > preview.since && (
        <p className="muted">
          <TimedSentence
            text={words.previewSince(formats.exact(preview.observedSince))}
            times={[preview.observedSince]}
          />
        </p>
      )}
      <ul className={classes.list}>
        {shown.map(({ projectId, name, hits }) => (
          <li key={projectId}>
            <a href={formatRoute({ ...allProjects, projectId })}>
              <Name text={name} />
            </a>
            <span className="muted">{words.previewHits(hits)}</span>
          </li>
        ))}
      </ul>
      {preview.projects > shown.length && <p className="muted">{words.previewMore(preview.projects - shown.length)}</p>}
    </div>
  )
}

/** It ends, and what it kept apart counts. */
export function EndExclusion({ exclusion, onLeave }: DecideProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { exclusions: words } = useWords()
  const end = useMutation(
    trpc.exclusions.end.mutationOptions({
      onSuccess: onLeave,
      onSettled: () => queryClient.invalidateQueries(trpc.exclusions.pathFilter()),
    }),
  )
  return (
    <ReasonForm
      draftKey={`end exclusion ${exclusion.id}`}
      title={words.endTitle}
      action={words.endAction}
      isPending={end.isPending}
      error={end.error}
      onSubmit={(reason) => end.mutateAsync({ id: exclusion.id, reason })}
      onLeave={onLeave}
    >
      <p className="muted">{words.endEffect(exclusion.excluded)}</p>
    </ReasonForm>
  )
}
