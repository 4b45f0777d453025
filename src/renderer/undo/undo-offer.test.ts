import { expect, it, vi } from 'vitest'
import { createOfferStore, type UndoOffer } from './undo-offer.ts'

const offerOf = (): UndoOffer => ({ say: () => '', undo: async () => {} })

it('only the latest act can be undone', () => {
  const store = createOfferStore()
  store.offer(offerOf())
  const first = store.read()?.id ?? 0
  store.offer(offerOf())
  const second = store.read()?.id ?? 0
  store.end(first)
  expect(store.read()?.id).toBe(second)
  store.end(second)
  expect(store.read()).toBeNull()
})

it('tells whoever shows it, until they no longer ask', () => {
  const store = createOfferStore()
  const listener = vi.fn()
  const stop = store.subscribe(listener)
  store.offer(offerOf())
  stop()
  store.offer(offerOf())
  expect(listener).toHaveBeenCalledTimes(1)
})
