import { useQuery } from '@tanstack/react-query'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { useTRPC } from './trpc.ts'

/** Nobody tells of a spell that begins: silence has no message. */
const askEveryMs = 60_000

const none: readonly BlindSpell[] = []

/** When nobody watched, by which deadlines are later; none as long as that is not known. */
export function useSpells(): readonly BlindSpell[] {
  const trpc = useTRPC()
  return useQuery(trpc.policy.spells.queryOptions(undefined, { refetchInterval: askEveryMs })).data ?? none
}
