/** Works on items, at most `concurrency` at once; `isEnough` is asked before each. Waits for all, also when one fails. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  options: { readonly concurrency: number; readonly isEnough: () => boolean },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  let failure: { readonly error: unknown } | undefined
  const lane = async () => {
    while (failure === undefined && !options.isEnough()) {
      const next = queue.next()
      if (next.done === true) return
      await work(next.value).catch((error: unknown) => {
        failure ??= { error }
      })
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, lane))
  if (failure !== undefined) throw failure.error
}
