import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import type { TRPCClient } from '@trpc/client'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { useEffect, useState } from 'react'
import type { Change } from '../../core/change.ts'
import type { AppRouter } from '../../main/rpc/contract.ts'
import { createPacer } from './pacer.ts'
import { retryAfterMs } from './query-client.ts'

type Trpc = TRPCOptionsProxy<AppRouter>

/** How changes reach the window: as they happen, or not at the moment. */
export type LiveState = 'connecting' | 'live'

/**
 * Follows `changes` while the window is seen, and has what is shown read again. Hidden windows let go of their stream: a
 * browser gives an origin six connections, and whoever comes back reads everything anew.
 */
export function useLiveChanges(client: TRPCClient<AppRouter>, trpc: Trpc, queryClient: QueryClient): LiveState {
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const refresher = createRefresher(filtersOf(trpc), queryClient)
    let stop = () => {}
    const follow = () => {
      stop()
      stop = document.hidden ? () => {} : followChanges(client, refresher.take, setState)
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      stop()
      refresher.stop()
    }
  }, [client, trpc, queryClient])
  return state
}

function followChanges(
  client: TRPCClient<AppRouter>,
  take: (change: Change) => void,
  setState: (state: LiveState) => void,
): () => void {
  let timer: number | undefined
  let isStopped = false
  let subscription = subscribe()

  function subscribe() {
    return client.changes.subscribe(undefined, {
      onData(change) {
        if (isStopped) return
        setState(change.kind === 'disconnected' ? 'connecting' : 'live')
        take(change)
      },
      onConnectionStateChange({ state }) {
        if (state === 'connecting' && !isStopped) setState('connecting')
      },
      onError: subscribeSoon,
      onComplete: subscribeSoon,
    })
  }
  function subscribeSoon() {
    if (isStopped) return
    setState('connecting')
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      subscription = subscribe()
    }, retryAfterMs)
  }
  return () => {
    isStopped = true
    window.clearTimeout(timer)
    subscription.unsubscribe()
  }
}

/**
 * How often, at most, what is shown is read again. Finding what is due looks at every project there is, and would take
 * from a running sweep: it is read when one starts or ends, not at each of its batches.
 */
const pacesMs = {
  runs: 300,
  policy: 300,
  agents: 300,
  exclusions: 300,
  shown: 1_500,
  mails: 1_500,
  due: 5_000,
  project: 300,
} as const

type Part = keyof typeof pacesMs

const partsOf: Record<Exclude<Change['kind'], 'connected' | 'disconnected'>, readonly Part[]> = {
  run: ['runs', 'shown', 'due'],
  sweep: ['runs', 'shown', 'mails'],
  hold: ['runs'],
  revert: ['runs', 'shown', 'mails'],
  outside: ['shown', 'due', 'mails'],
  project: ['shown', 'due', 'mails'],
  note: ['project'],
  traffic: ['shown', 'due'],
  mail: ['mails'],
  policy: ['policy', 'shown', 'due'],
  pause: ['policy', 'shown'],
  agent: ['agents'],
  flush: [],
  edge: ['agents', 'shown'],
  exclusion: ['exclusions', 'agents', 'shown'],
  exemption: ['shown', 'due'],
}

type Filters = Record<Part, readonly QueryFilters[]>

function filtersOf(trpc: Trpc): Filters {
  return {
    runs: [
      trpc.sweeps.history.pathFilter(),
      trpc.sweeps.get.pathFilter(),
      trpc.sweeps.runs.pathFilter(),
      trpc.holds.open.pathFilter(),
      trpc.holds.ofRun.pathFilter(),
      trpc.holds.gap.pathFilter(),
      trpc.projects.prospect.pathFilter(),
    ],
    policy: [trpc.policy.pathFilter(), trpc.pauses.pathFilter()],
    shown: [
      trpc.overview.pathFilter(),
      trpc.projects.pathFilter(),
      trpc.teams.pathFilter(),
      trpc.exemptions.pathFilter(),
    ],
    agents: [trpc.agents.pathFilter()],
    exclusions: [trpc.exclusions.pathFilter()],
    project: [trpc.projects.get.pathFilter(), trpc.projects.timeline.pathFilter()],
    mails: [trpc.mail.pathFilter(), trpc.projects.get.pathFilter()],
    due: [
      trpc.sweeps.count.pathFilter(),
      trpc.sweeps.preview.pathFilter(),
      trpc.sweeps.review.pathFilter(),
      trpc.sweeps.reviewGroups.pathFilter(),
      trpc.sweeps.compare.pathFilter(),
      trpc.sweeps.whatIf.pathFilter(),
      trpc.sweeps.checkRevert.pathFilter(),
    ],
  }
}

/** Has what is shown read again as changes come in, each part at its pace, however many there are. */
export function createRefresher(filters: Partial<Filters>, queryClient: QueryClient) {
  const createPart = (part: Part) =>
    createPacer(pacesMs[part], () => {
      for (const filter of filters[part] ?? []) void queryClient.invalidateQueries(filter)
    })
  const pacers = {
    runs: createPart('runs'),
    policy: createPart('policy'),
    shown: createPart('shown'),
    agents: createPart('agents'),
    exclusions: createPart('exclusions'),
    mails: createPart('mails'),
    due: createPart('due'),
    project: createPart('project'),
  }
  return {
    take(change: Change) {
      if (change.kind === 'connected' || change.kind === 'disconnected') {
        // What is being read right now is new enough: only what was read before is read again.
        void queryClient.invalidateQueries({}, { cancelRefetch: false })
        return
      }
      for (const part of partsOf[change.kind]) pacers[part].poke()
    },
    stop() {
      for (const pacer of Object.values(pacers)) pacer.stop()
    },
  }
}
