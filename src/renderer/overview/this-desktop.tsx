import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './aside.module.css'

/** In a desktop's window: whether it acts by itself, to be switched on the spot. Elsewhere there is nothing to decide. */
export function ThisDesktop() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const id = useId()
  const { unattended } = useWords().policy
  const { data: here } = useQuery(trpc.agents.here.queryOptions())
  const turn = useMutation(
    trpc.agents.turnHere.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.agents.pathFilter()) }),
  )
  if (!here) return null
  const isOn = turn.isPending ? turn.variables.isOn : here.isOn
  return (
    <>
      <dt>
        <label htmlFor={id}>{unattended.thisDesktop}</label>
      </dt>
      <dd>
        <span className={classes.choice}>
          <input
            id={id}
            type="checkbox"
            checked={isOn}
            disabled={turn.isPending}
            aria-describedby={`${id}-does`}
            onChange={(event) => turn.mutate({ isOn: event.currentTarget.checked })}
          />
          <span id={`${id}-does`}>{isOn ? unattended.desktopActs : unattended.desktopRests}</span>
        </span>
        {turn.error !== null && <InlineError error={turn.error} />}
      </dd>
    </>
  )
}
