import type { Words } from '../i18n/en.ts'

/**
 * What was just done and can be taken back as if it had not been. Offered only where a procedure restores the former state
 * exactly; for all else there is the question before the act.
 */
export interface UndoOffer {
  readonly say: (words: Words) => string
  readonly undo: () => Promise<unknown>
}

/** Long enough to notice a mistake, and to reach the key. */
export const offeredMs = 10_000

/** An offer as it stands: `id` tells it from those before. */
interface StandingOffer extends UndoOffer {
  readonly id: number
}

interface OfferStore {
  readonly read: () => StandingOffer | null
  readonly subscribe: (listener: () => void) => () => void
  /** The latest act alone can be undone. */
  readonly offer: (offer: UndoOffer) => void
  readonly end: (id: number) => void
}

export function createOfferStore(): OfferStore {
  let current: StandingOffer | null = null
  let lastId = 0
  const listeners = new Set<() => void>()
  const set = (next: StandingOffer | null) => {
    current = next
    for (const listener of listeners) listener()
  }
  return {
    read: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    offer(offer) {
      lastId += 1
      set({ ...offer, id: lastId })
    },
    end(id) {
      if (current?.id === id) set(null)
    },
  }
}

/** That of the window. */
export const undoOffers = createOfferStore()
