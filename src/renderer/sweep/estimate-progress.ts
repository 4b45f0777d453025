interface Sample {
  readonly atMs: number
  readonly done: number
}

/** How fast something goes and when it may be done, as it was last seen. */
export interface ProgressEstimate {
  /** Of the last seconds, in their order. */
  readonly samples: readonly Sample[]
  /** Over the last seconds; null: not watched for long enough. */
  readonly perSecond: number | null
  /** Null: there is no telling. */
  readonly endsAtMs: number | null
}

const windowMs = 10_000
/** Below that, one batch more or less would be all the difference. */
const leastWatchedMs = 2_000
/** An end is told anew only when it has moved by more than this, or by that part of what was left. */
const toleratedMs = 3_000
const toleratedPart = 0.25

export const nothingSeen: ProgressEstimate = { samples: [], perSecond: null, endsAtMs: null }

/**
 * What a look at a moment adds to an estimate. The rate is that of the last seconds; the end that was told stays while the
 * new one is near it, so that the time left runs down like a clock. Looks back in time, or of less done, begin anew.
 */
export function lookAgain(before: ProgressEstimate, { atMs, done }: Sample, total: number): ProgressEstimate {
  const last = before.samples.at(-1)
  if (last !== undefined && (atMs < last.atMs || done < last.done)) return lookAgain(nothingSeen, { atMs, done }, total)
  const samples = [...before.samples.filter((sample) => sample.atMs >= atMs - windowMs), { atMs, done }]
  const first = samples[0] ?? { atMs, done }
  const watchedMs = atMs - first.atMs
  if (watchedMs < leastWatchedMs) return { samples, perSecond: null, endsAtMs: null }
  const perSecond = ((done - first.done) * 1_000) / watchedMs
  if (perSecond === 0) return { samples, perSecond, endsAtMs: null }
  const endsAtMs = atMs + ((total - done) * 1_000) / perSecond
  return { samples, perSecond, endsAtMs: isNear(before.endsAtMs, endsAtMs, atMs) ? before.endsAtMs : endsAtMs }
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
