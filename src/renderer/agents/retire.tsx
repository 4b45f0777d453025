import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { ReasonForm } from '../ui/reason-form.tsx'

interface RetireProps {
  /** Under which the reason is kept (data/use-draft.ts). */
  readonly draftKey: string
  readonly title: string
  readonly effect: string
  readonly isReadOnly: boolean
  readonly retire: (reason: string) => Promise<unknown>
}

/** The way to retire an edge or an intake that is gone for good. */
export function Retire({ draftKey, title, effect, isReadOnly, retire }: RetireProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { agents: words } = useWords()
  const [isAsking, setAsking] = useState(false)
  const retiring = useMutation({
    mutationFn: retire,
    onSuccess: () => setAsking(false),
    onSettled: () => queryClient.invalidateQueries(trpc.agents.pathFilter()),
  })
  if (isAsking) {
    return (
      <ReasonForm
        draftKey={draftKey}
        title={title}
        action={words.retireAction}
        isDangerous={true}
        isPending={retiring.isPending}
        error={retiring.error}
        onSubmit={retiring.mutateAsync}
        onLeave={() => setAsking(false)}
      >
        <p className="muted">{effect}</p>
      </ReasonForm>
    )
  }
  return (
    <div>
      <Button size="xs" variant="default" disabled={isReadOnly} onClick={() => setAsking(true)}>
        {words.retire}
      </Button>
    </div>
  )
}
