/**
 * Does a batch of work; where it fails, its halves, until what is bad stands alone and is told of. The rest goes on.
 * `work` returns what it could not do now. Errors: what `isHopeless` says every other part would meet as well.
 */
export async function inHalves<Id>(
  ids: readonly Id[],
  options: {
    readonly work: (ids: readonly Id[]) => Promise<readonly Id[]>
    readonly onBad: (id: Id, error: unknown) => void
    readonly isHopeless: (error: unknown) => boolean
    readonly isCancelled: () => boolean
  },
): Promise<readonly Id[]> {
  const [onlyId] = ids
  if (onlyId === undefined || options.isCancelled()) return []
  try {
    return await options.work(ids)
  } catch (error) {
    if (options.isHopeless(error)) throw error
    if (ids.length === 1) {
      options.onBad(onlyId, error)
      return []
    }
    const middle = Math.ceil(ids.length / 2)
    const first = await inHalves(ids.slice(0, middle), options)
    return [...first, ...(await inHalves(ids.slice(middle), options))]
  }
}
