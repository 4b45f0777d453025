import { describe, expect, it } from 'vitest'
import { mailStatuses } from '../../core/mail/outbox.ts'
import { en } from '../i18n/en.ts'
import { actsOf, explainMail } from './mail-state.ts'

const now = '2026-03-01T12:00:00.000Z'
const mail = {
  status: 'queued',
  attempts: 0,
  isLeased: false,
  createdAt: '2026-03-01T11:00:00.000Z',
  dueAt: '2026-03-01T11:00:00.000Z',
  endedAt: null,
  answer: null,
} as const
const endedAt = '2026-03-01T11:30:00.000Z'
const explain = (from: Partial<Parameters<typeof explainMail>[0]>) =>
  explainMail({ ...mail, ...from }, now, en.mail.state, (at) => at.slice(11, 16))

describe('what became of a mail', () => {
  it('waits, from when on, or for which attempt', () => {
    const dueAt = '2026-03-01T12:08:00.000Z'
    expect(explain({})).toBe('It waits to be sent.')
    expect(explain({ attempts: 2 })).toBe('It waits to be sent.')
    expect(explain({ dueAt })).toBe('It waits to be sent, from 12:08 on.')
    expect(explain({ dueAt, attempts: 1 })).toBe('It was tried 1 time and not accepted. The next attempt is on 12:08.')
    expect(explain({ dueAt, isLeased: true })).toBe('It is being sent right now.')
  })

  it('a captured mail is not said to have reached a server', () => {
    expect(explain({ status: 'sent', endedAt })).toBe('A mail server accepted it on 11:30.')
    expect(explain({ status: 'sent', endedAt, answer: { code: 'CAPTURED', message: '' } })).toMatch(/No mail server/)
  })

  it('ended in one way or another', () => {
    expect(explain({ status: 'failed', endedAt })).toMatch(/refused on 11:30/)
    expect(explain({ status: 'dead', endedAt, attempts: 10 })).toMatch(/given up on 11:30, after 10 attempts/)
    expect(explain({ status: 'cancelled', endedAt })).toMatch(/cancelled on 11:30/)
    expect(explain({ status: 'digested' })).toMatch(/told by a digest/)
  })
})

const putOff = { ...mail, attempts: 1, dueAt: '2026-03-01T12:08:00.000Z' }

describe('what can be done with a mail', () => {
  it('only what was refused or given up is sent again, only what waits is cancelled', () => {
    const acts = mailStatuses.map((status) => [status, actsOf({ ...putOff, status }, now)])
    expect(Object.fromEntries(acts)).toEqual({
      queued: { retry: 'now', canCancel: true },
      sent: { retry: null, canCancel: false },
      failed: { retry: 'again', canCancel: false },
      dead: { retry: 'again', canCancel: false },
      cancelled: { retry: null, canCancel: false },
      digested: { retry: null, canCancel: false },
    })
  })

  it('nothing while it is being sent; a first attempt, or one that is due, needs no push', () => {
    expect(actsOf({ ...putOff, isLeased: true }, now)).toEqual({ retry: null, canCancel: false })
    expect(actsOf({ ...putOff, attempts: 0 }, now)).toEqual({ retry: null, canCancel: true })
    expect(actsOf({ ...putOff, dueAt: now }, now)).toEqual({ retry: null, canCancel: true })
  })

  it('whose sender is gone can be cancelled once its lease has run out', () => {
    const left = { ...putOff, isLeased: true, dueAt: now }
    expect(actsOf(left, now)).toEqual({ retry: null, canCancel: true })
    expect(explain(left)).toBe('It waits to be sent.')
  })
})
