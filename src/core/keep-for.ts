/**
 * A reading that is made again only once it is older than `maxAgeMs`, however many ask for it; who asks while it is being
 * made waits for the same. `nowMs`: a clock that never goes back. One that fails is not kept.
 */
export function keepFor<Value>(
  { maxAgeMs, nowMs }: { readonly maxAgeMs: number; readonly nowMs: () => number },
  read: () => Promise<Value>,
): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly until: number } | undefined
  return () => {
    if (kept !== undefined && nowMs() < kept.until) return kept.value
    // Its age counts from its beginning, when it looked at the database.
    const reading = { value: read(), until: nowMs() + maxAgeMs }
    kept = reading
    reading.value.catch(() => {
      if (kept === reading) kept = undefined
    })
    return reading.value
  }
}
