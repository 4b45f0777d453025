import { describe, expect, it } from 'vitest'
import type { Connection } from '../../core/connection.ts'
import { type KeptConnection, keptConnectionShape } from '../kept-connection.ts'
import { decideStart, keepChoice, type StartFacts } from './connection.ts'

const connection: Connection = {
  host: 'db.example',
  port: 5433,
  database: 'platform',
  user: 'vigie',
  password: 'canary-password',
  tlsMode: 'verify-full',
}
const nothing: StartFacts = { isConfigured: false, kept: null, password: null, hasEmbeddedData: false }
const sealed = keepChoice({ kind: 'platform', connection }, 'c2VhbGVk')
const forSession = keepChoice({ kind: 'platform', connection }, null)
const open = keepChoice({ kind: 'platform', connection: { ...connection, password: '' } }, null)

describe('the start', () => {
  it.each<[string, Partial<StartFacts>, object]>([
    ['asks where nothing is known', {}, { kind: 'ask', question: 'first' }],
    ['goes on with an embedded database made before', { hasEmbeddedData: true }, { kind: 'sample' }],
    ['goes on with the sample', { kept: { kind: 'sample' } }, { kind: 'sample' }],
    ['goes on with the platform', { kept: sealed, password: 'canary-password' }, { kind: 'platform', connection }],
    ['prefers the choice to old data', { kept: sealed, password: 'x', hasEmbeddedData: true }, { kind: 'platform' }],
    ['asks for a password that was not kept', { kept: forSession }, { kind: 'ask', question: 'password' }],
    ['asks for a password that can’t be read', { kept: sealed }, { kind: 'ask', question: 'password' }],
    ['needs no password where there is none', { kept: open }, { kind: 'platform', connection: { password: '' } }],
    ['obeys the environment', { isConfigured: true }, { kind: 'environment' }],
    ['obeys the environment against a choice', { isConfigured: true, kept: sealed }, { kind: 'environment' }],
  ])('%s', (_name, facts, start) => {
    expect(decideStart({ ...nothing, ...facts })).toMatchObject(start)
  })
})

it.each<KeptConnection>([sealed, forSession, open, { kind: 'sample' }])(
  'what is kept holds no password, and is read again as it was',
  (kept) => {
    const text = JSON.stringify(kept)
    expect(text).not.toContain('canary-password')
    expect(keptConnectionShape.parse(JSON.parse(text))).toEqual(kept)
  },
)
