import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../database/testing/platform-rows.ts'
import { type AgentFixture, type AgentProcess, createAgentFixture, waitUntil } from '../testing/agent-fixture.ts'
import { killRounds } from '../testing/rounds.ts'
import { createLogWriter, type LogWriter, logLine } from './testing/log-writer.ts'

const projects = 200
/** Short with every `npm test`, the full time in `npm run soak`. */
const rotationSeconds = Number(process.env.VIGIE_ROTATION_SECONDS ?? 6)
const outageSeconds = Number(process.env.VIGIE_OUTAGE_SECONDS ?? 5)

let fixture: AgentFixture
let writer: LogWriter
const ids: string[] = []

beforeAll(async () => {
  fixture = await createAgentFixture()
  const rows = createRows(fixture.sql)
  const team = await rows.team()
  for (let count = 0; count < projects; count += 1) {
    const id = await rows.project({ team, domains: [{ hostname: hostnameOf(count), status: 'active' }] })
    await rows.deployment(id, `site-${count}`)
    ids.push(id)
  }
})
afterAll(() => fixture.stop())

let running: AgentProcess[] = []
beforeEach(() => {
  writer = createLogWriter()
})
afterEach(async () => {
  await fixture.killAndSettle(...running.splice(0))
  writer.remove()
  await fixture.sql`
    truncate vigie.intake, vigie.watch_span, vigie.intake_hour, vigie.traffic_day, vigie.exclusion, vigie.excluded_day,
      vigie.last_hit`
})

function hostnameOf(count: number): string {
  return count % 2 === 0 ? `site-${count}.example` : `site-${count}.apps.example`
}

function startAgent(): AgentProcess {
  const agent = fixture.startAgent({
    args: ['--without', 'scheduler,mail', '--access-log', writer.file],
    env: { DEPLOY_DOMAIN: 'apps.example' },
  })
  running.push(agent)
  return agent
}

/** Writes visits to all projects in turn, so many a second, until it is stopped. */
function startVisits(perSecond: number) {
  const intervalMs = 20
  const startedMs = performance.now()
  let written = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedMs) * perSecond) / 1000)
    // A busy machine gets no burst afterwards.
    const more = Math.min(due - written, perSecond)
    writer.visit(
      ...Array.from({ length: more }, (_, index) => ({ hostname: hostnameOf((writer.count + index) % projects) })),
    )
    written = due
  }, intervalMs)
  return () => clearInterval(timer)
}

async function readCounts() {
  const rows = await fixture.sql<{ projectId: string; hits: number }[]>`
    select t.project_id as "projectId", sum(t.hits)::integer as hits from vigie.traffic_day t group by 1`
  return new Map(rows.map(({ projectId, hits }) => [projectId, hits]))
}

const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, hits) => sum + hits, 0)
const askFlush = () => fixture.sql`select pg_notify('vigie', '{"kind":"flush"}')`

/** Every line was counted once, for its project. */
async function expectAllCounted() {
  await waitUntil(
    async () => {
      await askFlush()
      return sumOf(await readCounts()) >= writer.count
    },
    { timeoutMs: 60_000, intervalMs: 100 },
  )
  await askFlush()
  const counts = await readCounts()
  const expected = ids.map((id, index) => [id, Math.floor((writer.count - 1 - index) / projects) + 1] as const)
  expect([...counts].sort()).toEqual(expected.filter(([, hits]) => hits > 0).toSorted())
}

describe('an agent that follows an access log', () => {
  it('counts what a log tells, and tells how it is', async () => {
    writer.append('this is no line\n')
    writer.visit({ hostname: 'nobody.example' })
    writer.visit({ hostname: hostnameOf(0), userAgent: 'Vigie-Probe/0.1.0' })
    writer.visit({ hostname: hostnameOf(1).toUpperCase(), userAgent: 'Mozilla/5.0 (X11) Firefox/130.0' })
    startAgent()
    await waitUntil(async () => {
      await askFlush()
      return sumOf(await readCounts()) === 1
    })
    const [hit] = await fixture.sql`
      select h.project_id as "projectId", h.hostname, h.client, i.kind, i.source,
        i.garbage_lines as garbage, i.unknown_hits as unknown
      from vigie.last_hit h join vigie.intake i on i.id = h.intake_id`
    expect(hit).toEqual({
      projectId: ids[1],
      hostname: hostnameOf(1),
      client: 'browser',
      kind: 'access_log',
      source: writer.file,
      garbage: 1,
      unknown: 1,
    })
    await waitUntil(async () => {
      const [agent] =
        await fixture.sql`select a.report -> 'intake' as report from vigie.agent a order by a.started_at desc`
      return agent?.report?.hits === 2 && agent.report.garbage === 1 && agent.report.isCaughtUp === true
    })
  })

  it('reads the common format by its router names', async () => {
    const [row] = await fixture.sql<{ id: number }[]>`select a.id from alias a where a.subdomain = 'site-3'`
    writer.append(
      `192.0.2.7 - - [01/Mar/2026:12:00:00 +0000] "GET / HTTP/2.0" 200 7 "-" "curl/8.5.0" 1 "router-alias-${row?.id}@file" "http://10.0.0.2:80" 3ms\n`,
    )
    startAgent()
    await waitUntil(async () => {
      await askFlush()
      return (await readCounts()).get(ids[3] ?? '') === 1
    })
    expect(await fixture.sql`select hostname, client from vigie.last_hit`).toEqual([
      { hostname: 'site-3.apps.example', client: 'program' },
    ])
  })

  it('reads standard input, also across an outage of the database', async () => {
    const agent = fixture.startAgent({
      args: ['--without', 'scheduler,mail', '--access-log', '-'],
      env: { DEPLOY_DOMAIN: 'apps.example' },
      hasInput: true,
    })
    running.push(agent)
    const write = (count: number) =>
      agent.child.stdin?.write(`${logLine({ hostname: hostnameOf(count % projects) }, count)}\n`)
    const isCounted = (hits: number) => async () => {
      await askFlush()
      return sumOf(await readCounts()) === hits
    }
    write(1)
    await waitUntil(isCounted(1))
    const restarting = fixture.restartServer(1_000)
    for (let count = 0; count < 500; count += 1) write(count)
    await restarting
    await waitUntil(isCounted(501), { timeoutMs: 60_000, intervalMs: 100 })
    agent.child.stdin?.end()
  })

  it('that somebody else has taken the log from waits, and goes on where that one ended', async () => {
    const first = startAgent()
    writer.visit({ hostname: hostnameOf(0) })
    await waitUntil(async () => {
      await askFlush()
      return sumOf(await readCounts()) === 1
    })
    const second = startAgent()
    writer.visit({ hostname: hostnameOf(1) })
    await waitUntil(async () => {
      await askFlush()
      return first.log.some(({ code }) => code === 'INTAKE_LOST') && sumOf(await readCounts()) === 2
    })
    await fixture.kill(second)
    writer.visit({ hostname: hostnameOf(2) })
    await waitUntil(
      async () => {
        // As if a minute had gone by.
        await fixture.sql`update vigie.intake set flushed_at = now() - interval '2 minutes'`
        await askFlush()
        return sumOf(await readCounts()) >= 3
      },
      { timeoutMs: 60_000, intervalMs: 500 },
    )
    await expectAllCounted()
  })

  it('that is killed at any moment under load loses no line and counts none twice', {
    timeout: killRounds(process.env) * 70_000 + 60_000,
  }, async () => {
    const stopVisits = startVisits(3_000)
    try {
      for (let round = 0; round < killRounds(process.env); round += 1) {
        const agent = startAgent()
        const before = sumOf(await readCounts())
        const more = 1 + Math.floor(Math.random() * 1_000)
        await waitUntil(
          async () => {
            await askFlush()
            return sumOf(await readCounts()) >= before + more
          },
          { timeoutMs: 60_000 },
        )
        await sleep(Math.random() * 50)
        await fixture.killAndSettle(agent)
        running = []
        if (round % 3 === 0) {
          writer.rename()
          writer.reopen()
        }
      }
    } finally {
      stopVisits()
    }
    startAgent()
    await expectAllCounted()
  })

  it('keeps up with a log that is rotated once a second', { timeout: 60_000 + rotationSeconds * 2_000 }, async () => {
    const stopVisits = startVisits(2_000)
    startAgent()
    await waitUntil(async () => {
      await askFlush()
      return (await readCounts()).size > 0
    })
    for (let second = 0; second < rotationSeconds; second += 1) {
      writer.rename()
      await sleep(300)
      writer.reopen()
      await sleep(700)
      if (second > 1) writer.compress(3)
    }
    stopVisits()
    await expectAllCounted()
  })

  it('counts everything after an outage of the database, in bounded memory', {
    timeout: 120_000 + outageSeconds * 2_000,
  }, async () => {
    const agent = startAgent()
    const stopVisits = startVisits(5_000)
    await waitUntil(async () => {
      await askFlush()
      return (await readCounts()).size === projects
    })
    const before = residentMegabytes(agent)
    await fixture.restartServer(outageSeconds * 1_000)
    const after = residentMegabytes(agent)
    stopVisits()
    await expectAllCounted()
    expect(after - before).toBeLessThan(150)
    expect(agent.log.some(({ msg }) => msg === 'Traffic is counted again.')).toBe(true)
  })
})

function residentMegabytes({ child }: AgentProcess): number {
  // Elsewhere it is not to be had without a program of its own.
  if (process.platform !== 'linux') return 0
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}
