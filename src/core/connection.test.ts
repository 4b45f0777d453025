import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkConnection, isLoopback, readConnection, type TypedConnection } from './connection.ts'

const good: TypedConnection = {
  host: 'db.example',
  port: '5432',
  database: 'platform',
  user: 'vigie',
  password: 'secret',
  tlsMode: 'verify-full',
}

it('what is complete is a connection, without the spaces around its hostname', () => {
  expect(checkConnection(good)).toEqual({})
  expect(readConnection({ ...good, host: ' db.example ' })).toEqual({ ...good, port: 5432 })
})

it.each<[Partial<TypedConnection>, object]>([
  [{ host: ' ' }, { host: 'missing' }],
  [{ host: 'postgres://db.example/platform' }, { host: 'no-host' }],
  [{ host: 'db.example:5432' }, { host: 'no-host' }],
  [{ host: '/run/postgresql' }, { host: 'no-host' }],
  [{ host: 'a'.repeat(256) }, { host: 'too-long' }],
  [{ port: '' }, { port: 'missing' }],
  [{ port: '0' }, { port: 'no-port' }],
  [{ port: '65536' }, { port: 'no-port' }],
  [{ port: '5e3' }, { port: 'no-port' }],
  [{ database: '' }, { database: 'missing' }],
  [{ user: ' ' }, { user: 'missing' }],
  [{ user: 'a\0b' }, { user: 'control' }],
  [{ password: 'a\nb' }, { password: 'control' }],
  [{ password: 'a'.repeat(1_001) }, { password: 'too-long' }],
  [{ tlsMode: 'disable' }, { tlsMode: 'only-loopback' }],
  [{ tlsMode: 'disable', host: '127.0.0.1' }, {}],
  [{ host: 'bücher.example' }, {}],
  [{ host: '2001:db8::7' }, {}],
  [{ password: '' }, {}],
])('%j: %j', (change, problems) => {
  expect(checkConnection({ ...good, ...change })).toEqual(problems)
})

it.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['127.0.0.1.example', false],
  ['localhost.example', false],
  ['128.0.0.1', false],
])('%s stays on this machine: %s', (host, isOwn) => {
  expect(isLoopback(host)).toBe(isOwn)
})

it('a connection is read exactly where nothing is wrong, and unencrypted never leaves the machine (property)', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('localhost', '127.0.0.1', '5432', 'db.example'))
  const tlsMode = fc.constantFrom('verify-full', 'require', 'disable')
  fc.assert(
    fc.property(fc.record({ host: text, port: text, database: text, user: text, password: text, tlsMode }), (typed) => {
      const connection = readConnection({ ...typed, tlsMode: readMode(typed.tlsMode) })
      const problems = checkConnection({ ...typed, tlsMode: readMode(typed.tlsMode) })
      expect(connection === null).toBe(Object.keys(problems).length > 0)
      if (connection?.tlsMode === 'disable') expect(isLoopback(connection.host)).toBe(true)
    }),
  )
})

function readMode(text: string): TypedConnection['tlsMode'] {
  if (text === 'require' || text === 'disable') return text
  return 'verify-full'
}
