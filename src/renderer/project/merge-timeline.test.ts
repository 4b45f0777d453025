import { describe, expect, it } from 'vitest'
import { microsToInstant } from '../../core/instant.ts'
import type { TimelineEvent, TimelinePage } from '../../core/queries/timeline.ts'
import { extendTimeline, renewTimeline } from './merge-timeline.ts'

/** Two events an instant, so that ids decide too. */
function event(id: number, reason: string | null = null): TimelineEvent {
  const from = { actor: 'vigie', entry: 'agent', machine: 'm', version: '0', onBehalfOf: null, runId: null }
  const at = microsToInstant(1_700_000_000_000_000 + Math.floor(id / 2))
  return {
    id,
    at,
    kind: 'blocked',
    ...from,
    reason,
    before: null,
    after: null,
    bulkOthers: null,
    mailTo: [],
    mails: [],
  }
}

function page(from: number, to: number, hasMore: boolean, reason: string | null = null): TimelinePage {
  const events = Array.from({ length: from - to + 1 }, (_, index) => event(from - index, reason))
  return { events, next: hasMore ? { at: event(to).at, id: to } : null }
}

const idsOf = (timeline: TimelinePage | undefined) => timeline?.events.map(({ id }) => id)

describe('a timeline that is read anew', () => {
  const known = extendTimeline(page(20, 16, true), page(15, 6, true), { at: event(16).at, id: 16 })

  it('keeps what is known behind the newest page, and where that ends', () => {
    const renewed = renewTimeline(known, page(23, 19, true, 'new'))
    expect(idsOf(renewed)).toEqual(Array.from({ length: 18 }, (_, index) => 23 - index))
    expect(renewed.next).toEqual(page(15, 6, true).next)
    expect(renewed.events.filter(({ reason }) => reason === 'new')).toHaveLength(5)
  })

  it('is the newest page alone when more came than it holds, when it is all, and when nothing was known', () => {
    const newest = page(40, 36, true)
    expect(renewTimeline(known, newest)).toBe(newest)
    expect(renewTimeline(undefined, newest)).toBe(newest)
    expect(renewTimeline({ events: [], next: null }, newest)).toBe(newest)
    expect(renewTimeline(known, page(20, 18, false))).toEqual(page(20, 18, false))
  })

  it('takes over what touches the page by its last event alone', () => {
    expect(idsOf(renewTimeline(page(20, 16, true), page(24, 20, true)))).toEqual([24, 23, 22, 21, 20, 19, 18, 17, 16])
  })
})

it('a page is added only behind the place that it was asked for', () => {
  const known = page(20, 16, true)
  expect(idsOf(extendTimeline(known, page(15, 14, false), { at: event(16).at, id: 16 }))).toEqual([
    20, 19, 18, 17, 16, 15, 14,
  ])
  expect(extendTimeline(known, page(11, 10, false), { at: event(12).at, id: 12 })).toBe(known)
  expect(extendTimeline(undefined, page(11, 10, false), { at: event(12).at, id: 12 })).toBeUndefined()
})
