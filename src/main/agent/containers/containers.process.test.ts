import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { platformLabels } from '../../../core/containers/testing/engine-double.ts'
import { pausePart, resumePart } from '../../../core/pauses.ts'
import { reactivateProject } from '../../../core/reactivate.ts'
import { runVigie } from '../../cli/testing/run-vigie.ts'
import { createContainerRows } from '../../database/testing/container-rows.ts'
import { createRows } from '../../database/testing/platform-rows.ts'
import { type AgentFixture, type AgentProcess, createAgentFixture, waitUntil } from '../testing/agent-fixture.ts'
import { moveSchedule } from '../testing/sleepy-platform.ts'
import { type ContainerOrder, type RealEngine, startRealEngine, whyNoEngine } from './testing/real-engine.ts'

const obstacle = whyNoEngine()
if (obstacle !== null) process.stderr.write(`SKIPPED: agents with a real container engine, since ${obstacle}.\n`)

describe.skipIf(obstacle !== null)('agents and a real container engine', { timeout: 240_000 }, () => {
  const deployDomain = 'apps.example'
  const canary = `canary-${randomUUID()}`
  const patience = { timeoutMs: 60_000, intervalMs: 50 }
  let real: RealEngine
  let fixture: AgentFixture
  let rows: ReturnType<typeof createRows>
  let containers: ReturnType<typeof createContainerRows>
  let agents: AgentProcess[] = []
  let counter = 0

  beforeAll(async () => {
    real = await startRealEngine()
    fixture = await createAgentFixture()
    rows = createRows(fixture.sql)
    containers = createContainerRows(fixture.sql, rows)
    await fixture.sql`update vigie.migration set applied_at = now() - interval '30 days'`
    for (const job of ['sweep', 'cleanup', 'counts', 'pruning'] as const) await moveSchedule(fixture.sql, job, 21 * 60)
  }, 300_000)
  afterEach(async () => {
    await fixture.killAndSettle(...agents)
    for (const { log } of agents) expect(JSON.stringify(log)).not.toContain(canary)
    agents = []
  })
  afterAll(async () => {
    await fixture?.stop()
    await real?.close()
  })

  const startAgent = (env: Record<string, string> = { DOCKER_HOST: real.dockerHost }) => {
    const agent = fixture.startAgent({ args: ['--without', 'mail'], env: { DEPLOY_DOMAIN: deployDomain, ...env } })
    agents.push(agent)
    return agent
  }
  const said = ({ log }: AgentProcess, msg: string) => log.filter((line) => line.msg.startsWith(msg))

  /** A project with one deployment whose container runs. */
  const deploy = async (
    { isAsleep, isForeign = false, hasAlias = true }: { isAsleep: boolean; isForeign?: boolean; hasAlias?: boolean },
    order: ContainerOrder = {},
  ) => {
    counter += 1
    const slug = `shop-${counter}`
    const owner = `owner-of-${counter}@example.com`
    const team = await rows.team({ owners: [owner] })
    const projectId = await rows.project({ team, slug, ...(isAsleep && containers.asleep) })
    const deploymentId = await containers.container(projectId, {
      containerId: '',
      status: 'removed',
      subdomain: hasAlias ? slug : null,
    })
    const labels = isForeign ? { 'com.example.role': 'database' } : platformLabels(slug, deploymentId, deployDomain)
    const containerId = await real.runSleeper({ ...order, labels, secret: canary })
    await fixture.sql`
      update deployment set container_id = ${containerId}, container_status = 'running' where id = ${deploymentId}`
    return { projectId, deploymentId, containerId, owner }
  }
  type Deployed = Awaited<ReturnType<typeof deploy>>
  const isSettled = async ({ deploymentId }: Deployed, status: string) =>
    (await containers.readStatus(deploymentId)) === status
  const wake = ({ projectId, owner }: Deployed) =>
    reactivateProject(fixture, { projectId, onBehalfOf: owner, reason: 'a test' })
  const announce = () => fixture.sql`select pg_notify('vigie', '{"kind":"edge"}')`

  it('stop containers of sleepers and start them again, and nothing that is not the platform’s', async () => {
    const [sleeper, foreign, visited] = [
      await deploy({ isAsleep: true }),
      await deploy({ isAsleep: true, isForeign: true }),
      await deploy({ isAsleep: false }),
    ]
    const agent = startAgent()
    await waitUntil(() => isSettled(sleeper, 'stopped'), patience)
    expect(await real.isRunning(sleeper.containerId)).toBe(false)
    await waitUntil(async () => (await containers.events(foreign.projectId)).length > 0, patience)
    expect(await containers.events(foreign.projectId)).toMatchObject([{ after: { code: 'CONTAINER_FOREIGN' } }])
    await wake(sleeper)
    await waitUntil(() => isSettled(sleeper, 'running'), patience)
    for (const { containerId } of [sleeper, foreign, visited]) expect(await real.isRunning(containerId)).toBe(true)
    expect(await containers.events(sleeper.projectId)).toMatchObject([
      { kind: 'containers_stopped', after: { containers: 1 } },
      { kind: 'containers_started', after: { containers: 1, afterSeconds: expect.any(Number) } },
    ])
    expect(said(agent, 'The part containers is left out')).toEqual([])
    const [row] = await fixture.sql<{ text: string }[]>`
      select string_agg(t::text, '') as text from (
        select to_jsonb(e) as t from vigie.event e union all select to_jsonb(s) from vigie.stopped_container s
        union all select to_jsonb(a) from vigie.agent a) x`
    expect(row?.text).not.toContain(canary)
  })

  it('wait for an engine that is away, and say so once', async () => {
    const sleeper = await deploy({ isAsleep: true })
    const agent = startAgent()
    await waitUntil(() => isSettled(sleeper, 'stopped'), patience)
    await real.pause()
    await wake(sleeper)
    await waitUntil(() => said(agent, 'Containers stay as they are.').length > 0, patience)
    for (let time = 0; time < 3; time += 1) await announce()
    expect(await isSettled(sleeper, 'stopped')).toBe(true)
    await real.serve()
    await waitUntil(() => isSettled(sleeper, 'running'), patience)
    await waitUntil(() => said(agent, 'The container engine works again.').length === 1, patience)
    expect(said(agent, 'Containers stay as they are.')).toMatchObject([{ level: 'ERROR', code: 'ENGINE_AWAY' }])
  })

  it('are mended by the next one when they die between the engine and the record', async () => {
    const sleeper = await deploy({ isAsleep: true }, { isStubborn: true })
    const agent = startAgent()
    // It takes 10 seconds to be killed: the agent dies in the middle of it.
    await waitUntil(async () => {
      const [row] = await fixture.sql`
        select from vigie.stopped_container where deployment_id = ${sleeper.deploymentId} and is_in_doubt`
      return row !== undefined
    }, patience)
    await fixture.killAndSettle(agent)
    await wake(sleeper)
    startAgent()
    await waitUntil(async () => {
      const [row] = await fixture.sql`
        select from vigie.stopped_container where deployment_id = ${sleeper.deploymentId}`
      return row === undefined
    }, patience)
    expect(await isSettled(sleeper, 'running')).toBe(true)
    expect(await real.isRunning(sleeper.containerId)).toBe(true)
  })

  it('act one at a time, and the next takes over', async () => {
    const all = [startAgent(), startAgent()]
    await waitUntil(() => all.every(({ log }) => log.some(({ msg }) => msg === 'The agent works.')), patience)
    const acting = () => all.filter((agent) => said(agent, 'This agent keeps containers in step.').length > 0)
    await waitUntil(() => acting().length === 1, patience)
    const [leader] = acting()
    const other = all.find((agent) => agent !== leader)
    if (leader === undefined || other === undefined) throw new Error('none of them acts')
    expect(said(other, 'This agent keeps containers in step.')).toEqual([])
    await fixture.kill(leader)
    const sleeper = await deploy({ isAsleep: true })
    await announce()
    await waitUntil(() => isSettled(sleeper, 'stopped'), patience)
    expect(said(other, 'This agent keeps containers in step.')).toHaveLength(1)
  })

  it('begin nothing while containers are paused, and end in time', async () => {
    const agent = startAgent()
    await waitUntil(() => said(agent, 'This agent keeps containers in step.').length > 0, patience)
    await pausePart(fixture, { part: 'containers', reason: 'an incident' })
    const sleeper = await deploy({ isAsleep: true }, { isStubborn: true })
    await announce()
    await waitUntil(async () => {
      const [row] = await fixture.sql`
        select from vigie.agent a where (a.report -> 'containers' ->> 'isPaused')::boolean and a.stopped_at is null`
      return row !== undefined
    }, patience)
    expect(await real.isRunning(sleeper.containerId)).toBe(true)
    await resumePart(fixture, { part: 'containers', reason: 'it is over' })
    await waitUntil(async () => {
      const [row] = await fixture.sql`
        select from vigie.stopped_container where deployment_id = ${sleeper.deploymentId} and is_in_doubt`
      return row !== undefined
    }, patience)
    agent.child.kill('SIGTERM')
    await waitUntil(() => agent.child.exitCode !== null, patience)
    expect(agent.child.exitCode).toBe(0)
  })

  it('clean up at 03:00 where they reach an engine, and leave the tick to others elsewhere', async () => {
    const old = await deploy({ isAsleep: false, hasAlias: false }, { hasVolume: true })
    const named = await deploy({ isAsleep: false })
    const volumes = await real.volumeNames()
    await moveSchedule(fixture.sql, 'cleanup', 5)
    const blind = startAgent({})
    await waitUntil(() => said(blind, 'The agent works.').length > 0, patience)
    expect(said(blind, 'The part containers is left out')).toMatchObject([{ level: 'INFO', missing: ['DOCKER_HOST'] }])
    await moveSchedule(fixture.sql, 'counts', 5)
    const outcomes = () =>
      fixture.sql<{ job: string; outcome: string | null; removed: number }[]>`
        select job, outcome, containers_removed as removed from vigie.job_run where finished_at is not null order by id`
    await waitUntil(async () => (await outcomes()).some(({ job }) => job === 'counts'), patience)
    expect((await outcomes()).filter(({ job }) => job === 'cleanup')).toEqual([])

    // Nor is it claimed while the engine is away.
    await real.pause()
    const seeing = startAgent()
    await waitUntil(() => said(seeing, 'Containers stay as they are.').length > 0, patience)
    await moveSchedule(fixture.sql, 'counts', 4)
    await waitUntil(async () => (await outcomes()).filter(({ job }) => job === 'counts').length === 2, patience)
    expect((await outcomes()).filter(({ job }) => job === 'cleanup')).toEqual([])
    await real.serve()
    await waitUntil(async () => (await outcomes()).some(({ job }) => job === 'cleanup'), patience)
    expect((await outcomes()).filter(({ job }) => job === 'cleanup')).toEqual([
      { job: 'cleanup', outcome: 'done', removed: 1 },
    ])
    expect([await isSettled(old, 'removed'), await real.exists(old.containerId)]).toEqual([true, false])
    expect(await real.isRunning(named.containerId)).toBe(true)
    expect(await real.volumeNames()).toEqual(volumes)
  })
})

it('an agent whose DOCKER_HOST makes no sense says so and does not start', async () => {
  const { exitCode, json } = await runVigie(['agent', '--json'], {
    DATABASE_URL: 'postgresql://vigie@127.0.0.1:1/platform',
    DOCKER_HOST: 'nonsense://secret',
  })
  expect(exitCode).toBe(2)
  expect(json()).toMatchObject({ error: { code: 'CONFIG_INVALID', message: expect.stringMatching(/^DOCKER_HOST /) } })
  expect(JSON.stringify(json())).not.toContain('secret')
})
