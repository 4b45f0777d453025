interface Look {
  readonly atMs: number
  readonly done: number
}

/** How fast something goes and when it may be done, as it was last seen. */
export interface ProgressEstimate {
  /** The latest; null: there was none yet. */
  readonly last: Look | null
  /** The looks of the last half minute at which more was done than before, in their order. */
  readonly steps: readonly Look[]
  /** Null: not watched for long enough; 0: it stands still. */
  readonly perSecond: number | null
  /** Null: there is no telling. */
  readonly endsAtMs: number | null
}

const windowMs = 30_000
/** Below that, one batch more or less would be all the difference. */
const leastWatchedMs = 2_000
/** After that long without a step it stands still, or after three times its usual wait. */
const standstillMs = 10_000
const waitsToStandstill = 3
/** An end is told anew only when it has moved by more than this, or by that part of what was left. */
const toleratedMs = 3_000
const toleratedPart = 0.25

export const nothingSeen: ProgressEstimate = { last: null, steps: [], perSecond: null, endsAtMs: null }

/**
 * What a look at a moment adds to an estimate. Batches come in steps: the rate is that from step to step, so that it stands
 * still between two. The end that was told stays while the new one is near it, so that the time left runs down like a clock.
 * A look back in time, or at less done, begins anew.
 */
export function lookAgain(before: ProgressEstimate, look: Look, total: number): ProgressEstimate {
  const { last } = before
  if (last === null || look.atMs < last.atMs || look.done < last.done) return { ...nothingSeen, last: look }
  const hasMoved = look.done > last.done
  const steps = hasMoved ? keepRecent([...before.steps, look], look.atMs) : before.steps
  const [first] = steps
  const latest = steps.at(-1)
  // Of a wait before the first step nothing is known.
  const quietMs = hasMoved || latest === undefined ? 0 : look.atMs - latest.atMs
  if (first === undefined || latest === undefined || latest.atMs - first.atMs < leastWatchedMs) {
    const isStill = quietMs > standstillMs
    return { last: look, steps, perSecond: isStill ? 0 : null, endsAtMs: null }
  }
  const waitMs = (latest.atMs - first.atMs) / (steps.length - 1)
  if (quietMs > Math.max(standstillMs, waitsToStandstill * waitMs)) {
    return { last: look, steps, perSecond: 0, endsAtMs: null }
  }
  const perSecond = ((latest.done - first.done) * 1_000) / (latest.atMs - first.atMs)
  const endsAtMs = latest.atMs + ((total - latest.done) * 1_000) / perSecond
  return {
    last: look,
    steps,
    perSecond,
    endsAtMs: isNear(before.endsAtMs, endsAtMs, look.atMs) ? before.endsAtMs : endsAtMs,
  }
}

/** Those of the last half minute, and in any case the last that is long enough ago: rare steps have a rate too. */
function keepRecent(steps: readonly Look[], atMs: number): readonly Look[] {
  const longEnoughAgo = steps.findLastIndex((step) => step.atMs <= atMs - leastWatchedMs)
  return steps.filter((step, index) => step.atMs >= atMs - windowMs || index >= longEnoughAgo)
}

function isNear(told: number | null, endsAtMs: number, atMs: number): told is number {
  if (told === null || told <= atMs) return false
  return Math.abs(endsAtMs - told) <= Math.max(toleratedMs, toleratedPart * (told - atMs))
}

/** Two digits of a rate: what comes after them changes with each look. */
export function roundRate(perSecond: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(perSecond, 1))) - 1)
  return Math.round(perSecond / step) * step
}

const steps = [
  { fromMs: 600_000, stepMs: 60_000 },
  { fromMs: 60_000, stepMs: 15_000 },
  { fromMs: 0, stepMs: 5_000 },
] as const

/** What is left in steps that a person would say, rounded up; null: a few seconds. */
export function roundLeft(leftMs: number): number | null {
  if (leftMs <= 5_000) return null
  const { stepMs } = steps.find(({ fromMs }) => leftMs >= fromMs) ?? steps[2]
  return Math.ceil(leftMs / stepMs) * stepMs
}

/** The last quarter that was reached, in percent: what is worth saying aloud. */
export function milestoneOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.floor((4 * Math.min(done, total)) / total) * 25
}
