import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VigieError } from '../core/errors.ts'
import { parseDatabaseUrl, readConfig } from './config.ts'

describe('a connection address', () => {
  it.each([
    [
      'postgresql://ann:s%40cret@db.example:6432/platform?sslmode=require',
      { host: 'db.example', port: 6432, user: 'ann', password: 's@cret', database: 'platform', sslMode: 'require' },
    ],
    ['postgres://ann@db.example', { host: 'db.example', port: 5432, user: 'ann', database: 'ann', sslMode: 'prefer' }],
    ['postgresql+asyncpg://ann@db.example/platform', { host: 'db.example', database: 'platform' }],
    ['postgresql://ann@/platform?host=%2Frun%2Fpg&port=5433', { host: '/run/pg', port: 5433, database: 'platform' }],
    ['postgresql://ann@[::1]:5432/platform', { host: '::1', port: 5432 }],
    [
      'postgresql://ann:p@ss@one.example:5433,two.example,[::2]:5434/platform?target_session_attrs=read-write',
      {
        host: 'one.example',
        port: 5433,
        password: 'p@ss',
        alternatives: [
          { host: 'two.example', port: 5432 },
          { host: '::2', port: 5434 },
        ],
        mustWrite: true,
      },
    ],
    [
      'postgresql://ann@one,two/platform?port=6000',
      { host: 'one', port: 6000, alternatives: [{ host: 'two', port: 6000 }] },
    ],
    [
      'postgresql://ann@/platform?host=/run/a,/run/b&port=1,2',
      { host: '/run/a', port: 1, alternatives: [{ host: '/run/b', port: 2 }] },
    ],
  ])('%s', (url, expected) => {
    expect(parseDatabaseUrl(url)).toMatchObject(expected)
  })

  it.each([
    'mysql://ann@db.example/x',
    'db.example',
    'postgresql://ann:canary%secret@db.example/x',
    'postgresql://ann@db.example:99999/x',
    'postgresql://ann@db.example/x?sslmode=whatever',
    'postgresql://ann@db.example/x?target_session_attrs=standby',
    'postgresql://ann@one,two/x?port=1,2,3',
    'postgresql://ann@one,two:99999/x',
    'postgresql://ann:canary/x@db.example/x',
  ])('%s is refused without a word of its secrets', (url) => {
    expect(() => parseDatabaseUrl(url)).toThrow(VigieError)
    expect(() => parseDatabaseUrl(url)).not.toThrow(/canary/)
  })

  it.each(['a/b', '12/b', 'a?b', 'a#b'])(
    'with %s in the password is refused, and says how it is written',
    (password) => {
      const parse = () => parseDatabaseUrl(`postgresql://ann:${password}@db.example:5432/x`)
      expect(parse).toThrow(/in its user or password, which is written as %2F/)
      const url = `postgresql://ann:${encodeURIComponent(password)}@db.example:5432/x`
      expect(parseDatabaseUrl(url)).toMatchObject({ host: 'db.example', password })
      // An @ elsewhere is none of a login.
      expect(parseDatabaseUrl(`postgresql://db.example:5432/x?password=${password[0]}@`).password).toBe(
        `${password[0]}@`,
      )
    },
  )

  it('is read or refused, whatever it is (property)', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (text, url) => {
        for (const candidate of [text, `postgres://${text}`, url.replace(/^https?/, 'postgresql')]) {
          try {
            expect(parseDatabaseUrl(candidate).port).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toBeInstanceOf(VigieError)
          }
        }
      }),
    )
  })
})

describe('the environment', () => {
  it('without any name means the embedded database', () => {
    expect(readConfig({ PATH: '/bin' })).toEqual({ database: null, deployDomain: null })
  })

  it.each(['', ' '])('with an empty DATABASE_URL (“%s”) is refused', (url) => {
    expect(() => readConfig({ DATABASE_URL: url })).toThrow(/DATABASE_URL is empty/)
  })

  it('with the platform’s names means its database; DATABASE_URL wins over them', () => {
    const platform = { POSTGRES_SERVER: 'pgsql', POSTGRES_DB: 'devs', POSTGRES_USER: 'app', POSTGRES_PASSWORD: 'p' }
    expect(readConfig({ ...platform, DEPLOY_DOMAIN: 'apps.example' })).toMatchObject({
      database: { host: 'pgsql', port: 5432, user: 'app', password: 'p', database: 'devs' },
      deployDomain: 'apps.example',
    })
    expect(readConfig({ ...platform, DATABASE_URL: 'postgres://ann@other/x' }).database).toMatchObject({
      host: 'other',
    })
  })
})
