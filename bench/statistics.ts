/**
 * The value that `fraction` of all values do not exceed, by nearest rank: always one of the measured values.
 * @param fraction over 0, at most 1
 * @throws RangeError without values or with another fraction
 */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.ceil(fraction * sorted.length) - 1]
  if (value === undefined || fraction > 1) throw new RangeError(`no percentile ${fraction} of ${values.length} values`)
  return value
}

/** The middle value, or the mean of the two in the middle. Throws a RangeError without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  const upper = sorted[Math.floor(sorted.length / 2)]
  if (lower === undefined || upper === undefined) throw new RangeError('no median of no values')
  return (lower + upper) / 2
}

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed (Marsaglia's xorshift32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** The values in a random order (Fisher and Yates). */
export function shuffle<Value>(values: readonly Value[], random: () => number): Value[] {
  const left = [...values]
  const shuffled: Value[] = []
  while (left.length > 0) shuffled.push(...left.splice(Math.floor(random() * left.length), 1))
  return shuffled
}

/** How long it takes until the action's promise is kept, in milliseconds. */
export async function measureMs(action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await action()
  return performance.now() - startedAt
}

/** Measures an action `times` times, after one run that does not count. */
export async function measureWarmMs(times: number, action: () => Promise<unknown>): Promise<number[]> {
  await action()
  const durations: number[] = []
  for (let time = 0; time < times; time += 1) durations.push(await measureMs(action))
  return durations
}
