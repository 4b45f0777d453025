import { describe, expect, it } from 'vitest'
import { describeError, type ErrorPlace, withoutSecrets } from './error-details.ts'

const place: ErrorPlace = {
  about: { version: '0.1.0', entry: 'console' },
  at: '2026-11-25T13:00:00.000Z',
  hash: '#/projects?status=inactive&q=ana%40example.org&key=canary&project=0abc',
}

it('details hold what whoever mends it needs, and not what was searched for', () => {
  expect(describeError({ code: 'DATABASE_BUSY', message: 'The database is busy.', path: 'projects.list' }, place)).toBe(
    [
      'Code: DATABASE_BUSY',
      'Message: The database is busy.',
      'Call: projects.list',
      'Vigie: 0.1.0, console',
      'Time: 2026-11-25T13:00:00.000Z',
      'Page: #/projects?status=inactive&project=0abc',
    ].join('\n'),
  )
})

it('what is not known is left out', () => {
  const text = describeError({ code: 'VIGIE_UNREACHABLE', message: '' }, { about: undefined, at: place.at, hash: '' })
  expect(text).toBe('Code: VIGIE_UNREACHABLE\nTime: 2026-11-25T13:00:00.000Z')
})

describe('a canary never gets into them', () => {
  it.each([
    'connect to postgres://vigie:canary@db.example/platform failed',
    'POSTGRESQL://canary@db/x?sslmode=require',
    'GET https://vigie.example/open?token=canary&x=1',
    'http://127.0.0.1:4000/?key=canary',
    'password=canary',
    'PGPASSWORD: canary',
    '{"password": "canary with spaces", "user": "vigie"}',
    "api_key='canary'",
    'smtp_secret = canary',
    'Authorization: Bearer canary',
    'authorization: basic canary',
    'canary@example.org is no owner',
    'no owner is called “Ana” <canary@example.org>.',
  ])('%s', (message) => {
    expect(withoutSecrets(message)).not.toContain('canary')
    const shown = describeError(
      { code: 'INTERNAL', message },
      { ...place, hash: `#/projects?project=${encodeURIComponent(message)}` },
    )
    expect(shown).not.toContain('canary')
  })
})

it('a plain sentence stays as it is', () => {
  const sentence = 'The project is permanently disabled: it can’t be reactivated (Vigie 0.1.0).'
  expect(withoutSecrets(sentence)).toBe(sentence)
})
