import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type AgentFixture, type AgentProcess, createAgentFixture, waitUntil } from './testing/agent-fixture.ts'
import {
  countFaults,
  fillSleepyPlatform,
  letClaimsLapse,
  moveSchedule,
  resetSleepyPlatform,
} from './testing/sleepy-platform.ts'
import { startTcpProxy } from './testing/tcp-proxy.ts'

const size = { active: 4_000, asleep: 1_000 }

let fixture: AgentFixture
let agents: AgentProcess[] = []

beforeAll(async () => {
  fixture = await createAgentFixture()
  await fillSleepyPlatform(fixture.sql, size)
  for (const job of ['sweep', 'counts', 'pruning'] as const) await moveSchedule(fixture.sql, job, 21 * 60)
  await fixture.sql.unsafe(`
    create function linger() returns trigger language plpgsql as 'begin perform pg_sleep(0.6); return null; end';
    -- Batches take so long that what happens in mid-sweep does.
    create trigger linger after insert on vigie.event for each statement execute function linger();
    create table disk as select false as is_full;
    create function need_room() returns trigger language plpgsql as $$
      begin
        if (select is_full from public.disk) then
          raise exception 'could not extend file: no space left on device' using errcode = '53100';
        end if;
        return null;
      end $$;
    create trigger need_room before insert or update on vigie.job_run for each statement execute function need_room();
    create trigger need_room before insert on vigie.event for each statement execute function need_room();`)
})
afterAll(() => fixture.stop())

beforeEach(async () => {
  await moveSchedule(fixture.sql, 'sweep', 21 * 60)
  await resetSleepyPlatform(fixture.sql, size.asleep)
})
afterEach(async () => {
  await fixture.killAndSettle(...agents)
  agents = []
})

function startAgent(databaseUrl?: string): AgentProcess {
  const agent = fixture.startAgent({ args: ['--without', 'mail'], ...(databaseUrl && { databaseUrl }) })
  agents.push(agent)
  return agent
}

const said = ({ log }: AgentProcess, msg: string) => log.filter((line) => line.msg.startsWith(msg))

async function readRun() {
  const [run] = await fixture.sql<{ moved: number; outcome: string | null }[]>`
    select deactivated + disabled as moved, outcome from vigie.job_run where job = 'sweep'`
  return run ?? { moved: 0, outcome: null }
}

/** Lets a sweep begin, and returns in the middle of it. */
async function reachMiddleOfSweep() {
  await moveSchedule(fixture.sql, 'sweep', 5)
  await waitUntil(async () => (await readRun()).moved > 0)
  // Now the second batch is on its way.
  await sleep(100)
  expect(await readRun()).toEqual({ moved: 2_000, outcome: null })
}

/** What nobody took over for two minutes goes on. */
async function untilSweepEnds() {
  await waitUntil(async () => {
    await fixture.sql`
      update vigie.job_run set heartbeat_at = heartbeat_at - interval '30 seconds' where finished_at is null`
    await sleep(100)
    return (await readRun()).outcome !== null
  })
  expect(await countFaults(fixture.sql, size)).toEqual([])
}

it('a server that is restarted in mid-sweep: the agent goes on by itself where it was', async () => {
  const agent = startAgent()
  await reachMiddleOfSweep()
  await fixture.restartServer(1_500)
  expect(said(agent, 'The sweep failed.')).not.toEqual([])
  await letClaimsLapse(fixture.sql)
  await untilSweepEnds()
  expect(agent.child.exitCode).toBeNull()
  expect(said(agent, 'A tick was taken over.')).toHaveLength(1)
})

it('a network that is cut in mid-sweep: what was under way counts, and the agent goes on when it is back', async () => {
  const proxy = await startTcpProxy(fixture.socketPath)
  try {
    const agent = startAgent(fixture.urlAt(proxy.port))
    await reachMiddleOfSweep()
    proxy.cut()
    await sleep(3_000)
    // The batch that was under way was committed; its answer never arrived, and the next was not begun.
    expect(await readRun()).toEqual({ moved: 4_000, outcome: null })
    proxy.mend()
    await waitUntil(async () => (await readRun()).outcome !== null)
    expect(await countFaults(fixture.sql, size)).toEqual([])
    expect(said(agent, 'A tick was taken over.')).toEqual([])
  } finally {
    await proxy.stop()
  }
})

it('a network that forgets the connections: the agent connects anew and goes on where it was', async () => {
  const proxy = await startTcpProxy(fixture.socketPath)
  try {
    const agent = startAgent(fixture.urlAt(proxy.port))
    await reachMiddleOfSweep()
    proxy.cut()
    await sleep(2_000)
    proxy.mendWithoutConnections()
    await waitUntil(() => said(agent, 'The sweep failed.').length > 0)
    await letClaimsLapse(fixture.sql)
    await untilSweepEnds()
    expect(said(agent, 'A tick was taken over.')).toHaveLength(1)
  } finally {
    await proxy.stop()
  }
})

it('a network that is cut for more than two minutes: another agent goes on, and the first does not run on', async () => {
  const proxy = await startTcpProxy(fixture.socketPath)
  try {
    const first = startAgent(fixture.urlAt(proxy.port))
    await reachMiddleOfSweep()
    proxy.cut()
    await waitUntil(async () => (await readRun()).moved === 4_000)
    await letClaimsLapse(fixture.sql)
    const second = startAgent()
    await waitUntil(() => said(second, 'A tick was taken over.').length > 0)
    proxy.mend()
    await waitUntil(async () => (await readRun()).outcome !== null)
    await waitUntil(() => said(first, 'The sweep failed.').length > 0)
    expect(said(first, 'The sweep failed.')).toMatchObject([{ code: 'CLAIM_LOST' }])
    expect(await countFaults(fixture.sql, size)).toEqual([])
  } finally {
    await proxy.stop()
  }
})

it('a full disk in mid-sweep: the agent tries again in a while, and goes on when there is room', async () => {
  const agent = startAgent()
  await reachMiddleOfSweep()
  await fixture.sql`update disk set is_full = true`
  await waitUntil(() => said(agent, 'The sweep failed.').length > 0)
  await sleep(500)
  const stopped = await readRun()
  expect(stopped).toEqual({ moved: 2_000, outcome: null })
  await fixture.sql`update disk set is_full = false`
  await letClaimsLapse(fixture.sql)
  await untilSweepEnds()
  expect(said(agent, 'A tick was taken over.')).toHaveLength(1)
})
