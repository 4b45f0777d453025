import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'

/** The names of teams by id; an id of which nothing is known yet stands for itself. */
export function useTeamNames(ids: readonly string[]): (id: string) => string {
  const trpc = useTRPC()
  const { teams: words } = useWords().policy
  const wanted = [...new Set(ids)].toSorted()
  const { data } = useQuery({
    ...trpc.policy.teams.queryOptions({ ids: wanted }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  })
  return (id) => {
    const team = data?.find((found) => found.id === id)
    if (team !== undefined) return team.name
    return data === undefined ? id : `${id} (${words.gone})`
  }
}
