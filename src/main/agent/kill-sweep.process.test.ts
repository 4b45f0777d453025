import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AgentFixture, createAgentFixture, waitUntil } from './testing/agent-fixture.ts'
import { killRounds } from './testing/rounds.ts'
import {
  countFaults,
  fillSleepyPlatform,
  letClaimsLapse,
  moveSchedule,
  resetSleepyPlatform,
} from './testing/sleepy-platform.ts'

const size = { active: 4_000, asleep: 1_000 }
const rounds = killRounds(process.env)

let fixture: AgentFixture

beforeAll(async () => {
  fixture = await createAgentFixture()
  await fillSleepyPlatform(fixture.sql, size)
  await moveSchedule(fixture.sql, 'counts', 21 * 60)
  await moveSchedule(fixture.sql, 'pruning', 21 * 60)
  await moveSchedule(fixture.sql, 'sweep', 21 * 60)
})
afterAll(() => fixture.stop())

const startAgent = () => fixture.startAgent({ args: ['--without', 'mail'] })

async function readRuns() {
  const runs = await fixture.sql<{ isOpen: boolean; moved: number }[]>`
    select finished_at is null as "isOpen", deactivated + disabled as moved from vigie.job_run where job = 'sweep'`
  return { hasBegun: runs.length > 0, hasEnded: runs.length > 0 && runs.every((run) => !run.isOpen), runs }
}

/** Whether the server breaks off the batch of a client that has just died, or ends it: for sessions that begin from now on. */
const letServerNoticeSoon = (isSoon: boolean) =>
  fixture.sql.unsafe(`alter database vigie set client_connection_check_interval = ${isSoon ? 5 : 0}`)

/** Makes the sweep due for whoever runs, and returns when it has begun. */
async function beginSweep() {
  await resetSleepyPlatform(fixture.sql, size.asleep)
  await moveSchedule(fixture.sql, 'sweep', 5)
  await waitUntil(async () => (await readRuns()).hasBegun, { intervalMs: 1 })
}

it('a sweep whose agent is killed at any moment is ended by the next one, and nothing is done twice or by halves', {
  timeout: 60_000 + rounds * 10_000,
}, async () => {
  let agent = startAgent()
  await beginSweep()
  const startedMs = performance.now()
  await waitUntil(async () => (await readRuns()).hasEnded)
  const wholeMs = performance.now() - startedMs
  expect(await countFaults(fixture.sql, size)).toEqual([])

  const movedAtKill: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await beginSweep()
    // Spread over the sweep, with chance inside each part of it.
    await sleep(((round % 10) + Math.random()) * (wholeMs / 12))
    await fixture.killAndSettle(agent)
    movedAtKill.push((await readRuns()).runs[0]?.moved ?? 0)
    await letClaimsLapse(fixture.sql)
    await letServerNoticeSoon(round % 2 === 0)
    agent = startAgent()
    await waitUntil(async () => (await readRuns()).hasEnded)
    expect(await countFaults(fixture.sql, size), `killed after ${movedAtKill.at(-1)} of ${wholeMs} ms`).toEqual([])
  }
  // Else the kills came too late or too early to prove anything.
  expect(movedAtKill.some((moved) => moved < 5_000)).toBe(true)
})
