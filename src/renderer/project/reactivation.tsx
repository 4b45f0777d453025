import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { reactivationDrafts } from './drafts.ts'
import { candidatesOf } from './obstacle.ts'
import { Reactivated } from './reactivated.tsx'
import { ReactivationForm } from './reactivation-form.tsx'

interface ReactivationProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  /** Why nobody can reactivate it; null if somebody can. */
  readonly obstacle: string | null
}

/** Wakes the project on behalf of one of its people, and tells what that brought about. */
export function Reactivation({ project, policy, obstacle }: ReactivationProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { project: words } = useWords()
  const mutation = useMutation(
    trpc.projects.reactivate.mutationOptions({
      onSuccess: () => reactivationDrafts.drop(project.id),
      // A refusal tells that what is shown is old.
      onSettled() {
        void queryClient.invalidateQueries(trpc.projects.pathFilter())
        void queryClient.invalidateQueries(trpc.overview.pathFilter())
        void queryClient.invalidateQueries(trpc.sweeps.pathFilter())
      },
    }),
  )
  const candidates = candidatesOf(project)
  const [wasPossible, setWasPossible] = useState(false)
  if (obstacle === null && !wasPossible) setWasPossible(true)

  // Read again, the project may have been put to sleep once more; not read again yet, it still looks asleep.
  const isAsleepAgain =
    project.status === 'inactive' && project.reactivationCount >= (mutation.data?.reactivationCount ?? 0)
  if (mutation.data && !isAsleepAgain) {
    const { onBehalfOf } = mutation.variables
    const person = candidates.find(({ email }) => email === onBehalfOf)
    return <Reactivated outcome={mutation.data} person={person?.name ?? onBehalfOf} />
  }
  // When it has become impossible in front of somebody's eyes, what they typed stays there.
  const isTyped = wasPossible && reactivationDrafts.read(project.id).reason !== ''
  if (obstacle !== null && !isTyped) return mutation.error && <InlineError error={mutation.error} />
  return (
    <Card title={words.reactivate.title}>
      <ReactivationForm
        project={project}
        policy={policy}
        candidates={candidates}
        obstacle={obstacle}
        isRunning={mutation.isPending}
        error={mutation.error}
        onSubmit={(draft) => mutation.mutate({ projectId: project.id, ...draft })}
      />
    </Card>
  )
}
