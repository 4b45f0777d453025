import { expect, it } from 'vitest'
import { VigieError } from '../../core/errors.ts'
import { silentLog } from '../database/testing/names.ts'
import type { DatabaseFacts } from '../rpc/trpc.ts'
import { createAgent } from './agent.ts'
import type { Part } from './part.ts'

const facts: DatabaseFacts = {
  serverVersion: '18.4',
  login: 'vigie',
  isReadOnly: false,
  isSearchFast: true,
  isSample: false,
}

function setUp(given: { checks?: (DatabaseFacts | Error)[]; parts?: Partial<Part>[] }) {
  const said: string[] = []
  const checks = [...(given.checks ?? [])]
  const parts = (given.parts ?? [{}, {}]).map((part, index): Part => {
    const name = String.fromCharCode(97 + index)
    return {
      name,
      start: () => void said.push(`+${name}`),
      stop: async () => void said.push(`-${name}`),
      ...part,
    }
  })
  const aborting = new AbortController()
  const agent = createAgent({
    log: { ...silentLog, warn: (fields) => said.push(String(fields.code ?? fields.parts)) },
    checkDatabase: async () => {
      const next = checks.shift() ?? facts
      if (next instanceof Error) throw next
      return next
    },
    parts,
    signal: aborting.signal,
    retryMs: 1,
    stopTimeoutMs: 100,
  })
  return { agent, said, abort: () => aborting.abort() }
}

it('starts its parts in order and stops them in reverse', async () => {
  const { agent, said } = setUp({})
  await agent.start()
  expect(await agent.stop()).toEqual([])
  expect(said).toEqual(['+a', '+b', '-b', '-a'])
})

it('waits while the database is away, read-only or not prepared, and says each once', async () => {
  const away = new VigieError('DATABASE_UNREACHABLE', 'away')
  const { agent, said } = setUp({
    checks: [away, away, { ...facts, isReadOnly: true }, new VigieError('NOT_MIGRATED', 'not yet'), facts],
    parts: [{}],
  })
  await agent.start()
  expect(said).toEqual(['DATABASE_UNREACHABLE', 'DATABASE_READ_ONLY', 'NOT_MIGRATED', '+a'])
})

it('starts a part again that the database failed, and stops one that never started', async () => {
  let starts = 0
  const lost = Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' })
  const { agent, said, abort } = setUp({
    parts: [
      {},
      {
        start() {
          starts += 1
          if (starts === 3) abort()
          throw lost
        },
      },
      {},
    ],
  })
  await agent.start()
  expect(await agent.stop()).toEqual([])
  expect([starts, said]).toEqual([3, ['+a', 'DATABASE_CONNECTION_LOST', '-b', '-a']])
})

it('a part that can never start ends it', async () => {
  const { agent } = setUp({
    parts: [
      {
        start() {
          throw new Error('a mistake')
        },
      },
    ],
  })
  await expect(agent.start()).rejects.toThrow('a mistake')
})

it('a part that does not stop, or fails, holds up nobody', async () => {
  const { agent, said } = setUp({
    parts: [{}, { stop: () => new Promise(() => {}) }, { stop: () => Promise.reject(new Error('a mistake')) }],
  })
  await agent.start()
  expect(await agent.stop()).toEqual(['b'])
  expect(said.at(-2)).toBe('-a')
})
