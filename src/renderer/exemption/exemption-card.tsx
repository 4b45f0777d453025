import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { afterExemption } from '../../core/after-exemption.ts'
import type { Policy } from '../../core/policy.ts'
import type { ExemptionRow } from '../../core/queries/exemptions.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useSpells } from '../data/use-spells.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { QueryView } from '../ui/query-view.tsx'
import { ReasonForm } from '../ui/reason-form.tsx'
import { undoOffers } from '../undo/undo-offer.ts'
import { describeEnd } from './describe-end.ts'
import { exemptionDrafts } from './draft.ts'
import { ExemptForm } from './exempt-form.tsx'
import classes from './exemption.module.css'

interface ExemptionCardProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  readonly isReadOnly: boolean
}

/** Whether sweeps leave the project alone, by whom and until when; makes, changes and ends that on the spot. */
export function ExemptionCard({ project, policy, isReadOnly }: ExemptionCardProps) {
  const trpc = useTRPC()
  const { exemption: words } = useWords()
  const present = useQuery(trpc.exemptions.of.queryOptions({ projectId: project.id }, { refetchOnMount: 'always' }))
  return (
    <Card title={words.title}>
      <QueryView query={present}>
        {(exemptions) => (
          <div className={classes.lines}>
            {exemptions.project === null && exemptions.team === null && <p className="muted">{words.none}</p>}
            {[exemptions.project, exemptions.team].map(
              (row) =>
                row !== null && (
                  <Held key={row.exemptionId} row={row} project={project} policy={policy} isReadOnly={isReadOnly} />
                ),
            )}
            <Exempting project={project} policy={policy} present={exemptions} isReadOnly={isReadOnly} />
          </div>
        )}
      </QueryView>
    </Card>
  )
}

function useRefresh() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () => {
    for (const filter of [trpc.exemptions.pathFilter(), trpc.projects.pathFilter(), trpc.sweeps.pathFilter()]) {
      void queryClient.invalidateQueries(filter)
    }
  }
}

interface HeldProps extends ExemptionCardProps {
  readonly row: ExemptionRow
}

/** An exemption in force, with its end right beside it. */
function Held({ row, project, policy, isReadOnly }: HeldProps) {
  const trpc = useTRPC()
  const { exemption: words } = useWords()
  const formats = useFormats()
  const spells = useSpells()
  const now = useNow()
  const [isAsking, setAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const end = useMutation(trpc.exemptions.end.mutationOptions({ onSettled: useRefresh() }))
  const leave = () => {
    setAsking(false)
    button.current?.focus()
  }
  const whom = row.scope === 'project' ? words.ofProject : words.ofTeam(row.name)
  return (
    <div className={classes.held}>
      <div className={classes.head}>
        <p>
          <bdi>{whom}</bdi>{' '}
          <strong title={row.until === null ? undefined : formats.utc(row.until)}>
            {row.until === null ? words.forGood : words.until(formats.exact(row.until))}
          </strong>
        </p>
        <Button
          ref={button}
          variant="default"
          disabled={isReadOnly}
          aria-expanded={isAsking}
          onClick={() => setAsking(!isAsking)}
        >
          {words.end}
        </Button>
      </div>
      <p dir="auto">{row.reason}</p>
      <p className="muted">
        <bdi>{words.by(row.actor, formats.exact(row.createdAt))}</bdi>
      </p>
      <p className={classes.end}>
        {describeEnd(afterExemption(project, row.until, policy, spells, now), words, formats, now)}
      </p>
      {isAsking && (
        <ReasonForm
          draftKey={`end exemption ${row.exemptionId}`}
          title={words.endTitle}
          action={words.end}
          isPending={end.isPending}
          error={end.error}
          onSubmit={(reason) => end.mutateAsync({ exemptionId: row.exemptionId, reason })}
          onLeave={leave}
        >
          <p className="muted">{words.endDoes}</p>
        </ReasonForm>
      )}
    </div>
  )
}

interface ExemptingProps extends ExemptionCardProps {
  readonly present: { readonly project: ExemptionRow | null; readonly team: ExemptionRow | null }
}

/** The way to an exemption, or to another one. */
function Exempting({ project, policy, present, isReadOnly }: ExemptingProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { exemption: words, everywhere } = useWords()
  const [isAsking, setAsking] = useState(() => exemptionDrafts.read(project.id).reason !== '')
  const button = useRef<HTMLButtonElement>(null)
  const refresh = useRefresh()
  const exempt = useMutation(
    trpc.exemptions.exempt.mutationOptions({
      onSuccess({ exemption, former }) {
        leave()
        // One that took another's place is not undone: that one made anew would have another date and name.
        if (former === null) {
          undoOffers.offer({
            say: ({ everywhere }) => everywhere.undo.exempted,
            undo: () =>
              client.exemptions.end
                .mutate({ exemptionId: exemption.exemptionId, reason: everywhere.undo.reason })
                .finally(refresh),
          })
        }
      },
      onSettled: refresh,
    }),
  )
  function leave() {
    exemptionDrafts.drop(project.id)
    setAsking(false)
    // The form that had the focus is gone: the keyboard goes on where it was opened.
    window.requestAnimationFrame(() => button.current?.focus())
  }
  if (project.status === 'deleted') return <p className="muted">{words.deleted}</p>
  if (isReadOnly) return <p className="muted">{words.readOnly}</p>
  if (!isAsking) {
    const isExempt = present.project !== null || present.team !== null
    return (
      <div>
        <Button ref={button} variant="default" onClick={() => setAsking(true)}>
          {isExempt ? words.change : words.exempt}
        </Button>
      </div>
    )
  }
  return (
    <ExemptForm
      project={project}
      policy={policy}
      present={present}
      isRunning={exempt.isPending}
      error={exempt.error}
      onSubmit={exempt.mutate}
      onLeave={leave}
    />
  )
}
