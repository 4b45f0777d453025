import { expect, it, vi } from 'vitest'
import { createDrafts } from './use-draft.ts'

it('what was typed is kept for its form until it is sent or given up', () => {
  const drafts = createDrafts({ reason: '' })
  const typed = { reason: 'half a sent' }
  drafts.keep('a', typed)
  expect([drafts.read('a'), drafts.read('b')]).toEqual([typed, { reason: '' }])
  drafts.drop('a')
  expect(drafts.read('a')).toEqual({ reason: '' })
})

it('whoever shows it is told, until they no longer ask', () => {
  const drafts = createDrafts('')
  const listener = vi.fn()
  const stop = drafts.subscribe(listener)
  drafts.keep('a', 'typed')
  drafts.drop('a')
  stop()
  drafts.keep('a', 'again')
  expect(listener).toHaveBeenCalledTimes(2)
})
