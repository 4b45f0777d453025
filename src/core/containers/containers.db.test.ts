import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContainerRows } from '../../main/database/testing/container-rows.ts'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { pausePart } from '../pauses.ts'
import { reactivateProject } from '../reactivate.ts'
import { bringIntoStep } from './bring-into-step.ts'
import { type ContainerAction, settleContainers } from './container-work.ts'
import { createEngineDouble, platformLabels } from './testing/engine-double.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const { container, readStatus, events, asleep } = createContainerRows(sql, rows)
const deployDomain = 'apps.example'
let engine: ReturnType<typeof createEngineDouble>
let counter = 0

const allActions: readonly ContainerAction[] = ['start', 'stop', 'remove']
const pass = (actions = allActions) =>
  bringIntoStep(database, engine.engine, {
    actions,
    deployDomain,
    concurrency: 4,
    pageSize: 3,
    signal: new AbortController().signal,
  })

beforeEach(async () => {
  engine = createEngineDouble()
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.event, vigie.stopped_container, vigie.edge, vigie.edge_block, vigie.pause, vigie.gap, vigie.agent`
})

/** A project whose one container runs, there and on record. */
async function runningProject(spec: ProjectSpec = {}, subdomain: string | null | undefined = undefined) {
  counter += 1
  const number = counter
  const slug = `project-of-${number}`
  const containerId = `c${number}`
  const owner = `owner-of-${number}@example.com`
  const team = spec.team ?? (await rows.team({ owners: [owner] }))
  const projectId = await rows.project({ ...spec, team, slug })
  const deploymentId = await container(projectId, {
    containerId,
    subdomain: subdomain === undefined ? `sub-${number}` : subdomain,
  })
  const inEngine = { isRunning: true, labels: platformLabels(slug, deploymentId, deployDomain) }
  engine.containers.set(containerId, inEngine)
  return { projectId, deploymentId, containerId, slug, owner }
}

const wake = ({ projectId, owner }: { projectId: string; owner: string }) =>
  reactivateProject(database, { projectId, onBehalfOf: owner, reason: 'a test' })

const ledger = () =>
  sql<{ isInDoubt: boolean; attempts: number; error: { code: string } | null; waitSeconds: number }[]>`
    select is_in_doubt as "isInDoubt", attempts, error,
      round(extract(epoch from due_at - now()))::integer as "waitSeconds"
    from vigie.stopped_container`

const letRetriesBeDue = () => sql`update vigie.stopped_container set due_at = now()`

describe('stopping', () => {
  it('stops what runs of sleeping projects, once, and tells it once per project', async () => {
    const first = await runningProject(asleep)
    const second = await container(first.projectId, { containerId: 'second' })
    engine.containers.set('second', { isRunning: true, labels: platformLabels(first.slug, second, deployDomain) })
    const others = await Promise.all([
      runningProject({ status: 'permanently_disabled', deactivated: { days: 2 } }),
      runningProject(asleep),
      runningProject({ status: 'inactive', deactivated: null }),
    ])
    const left = await Promise.all([
      runningProject(),
      runningProject({ status: 'paused', deactivated: { days: 1 } }),
      runningProject({ status: 'deleted', deactivated: { days: 1 } }),
    ])
    expect(await pass()).toMatchObject({ touched: 5, failed: 0, problem: null, stoppedBy: null })
    for (const { deploymentId, containerId } of [first, ...others]) {
      expect(await readStatus(deploymentId)).toBe('stopped')
      expect(engine.containers.get(containerId)?.isRunning).toBe(false)
    }
    for (const { deploymentId } of left) expect(await readStatus(deploymentId)).toBe('running')
    expect(await events(first.projectId)).toEqual([{ kind: 'containers_stopped', after: { containers: 2 } }])
    const calls = engine.calls.length
    expect(await pass()).toMatchObject({ touched: 0 })
    expect(engine.calls).toHaveLength(calls)
  })

  it('waits until every edge has blocked this deactivation; a minute where there is none', async () => {
    const fresh = await runningProject({ status: 'inactive', deactivated: { microseconds: 1 } })
    const old = await runningProject(asleep)
    await pass()
    expect([await readStatus(fresh.deploymentId), await readStatus(old.deploymentId)]).toEqual(['running', 'stopped'])

    await sql`insert into vigie.edge (machine, directory) values ('a', '/x'), ('b', '/x')`
    const block = (edge: string) => sql`
      insert into vigie.edge_block (edge_id, project_id, deactivated_at)
      select e.id, p.id, p.deactivated_at from vigie.edge e, project p
      where e.machine = ${edge} and p.id = ${fresh.projectId}`
    await block('a')
    await pass()
    expect(await readStatus(fresh.deploymentId)).toBe('running')
    await block('b')
    await pass()
    expect(await readStatus(fresh.deploymentId)).toBe('stopped')
  })

  it('leaves deployments alone that are not completed', async () => {
    const { deploymentId } = await runningProject(asleep)
    await sql`update deployment set status = 'in_progress', conclusion = null where id = ${deploymentId}`
    await pass()
    expect(await readStatus(deploymentId)).toBe('running')
  })

  it('never touches a container without the platform’s labels for this deployment', async () => {
    const foreign = await runningProject(asleep)
    engine.containers.set(foreign.containerId, { isRunning: true, labels: { 'com.example.role': 'database' } })
    expect(await pass()).toMatchObject({ failed: 1 })
    expect(engine.calls).toEqual([`inspect ${foreign.containerId}`])
    expect(await readStatus(foreign.deploymentId)).toBe('running')
    expect(await events(foreign.projectId)).toEqual([
      { kind: 'container_failed', after: { containers: 1, action: 'stop', code: 'CONTAINER_FOREIGN' } },
    ])
    await wake(foreign)
    expect(await pass()).toMatchObject({ failed: 0 })
    expect(await ledger()).toEqual([])
    expect(engine.containers.get(foreign.containerId)?.isRunning).toBe(true)
  })

  it('takes a container that is gone for removed', async () => {
    const { projectId, deploymentId, containerId } = await runningProject(asleep)
    engine.containers.delete(containerId)
    await pass()
    expect(await readStatus(deploymentId)).toBe('removed')
    expect(await ledger()).toEqual([])
    expect(await events(projectId)).toMatchObject([{ kind: 'container_failed', after: { code: 'CONTAINER_GONE' } }])
  })

  it('tries again what fails, later each time, and tells it once', async () => {
    const { projectId, deploymentId, containerId } = await runningProject(asleep)
    const inEngine = engine.containers.get(containerId)
    if (inEngine) inEngine.failure = { code: 'ENGINE_TIMEOUT', message: 'Late.' }
    const waits: number[] = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await pass()
      const calls = engine.calls.length
      await pass()
      expect(engine.calls).toHaveLength(calls)
      const [row] = await ledger()
      expect(row).toMatchObject({ isInDoubt: true, attempts: attempt, error: { code: 'ENGINE_TIMEOUT' } })
      waits.push(row?.waitSeconds ?? 0)
      await letRetriesBeDue()
    }
    expect(waits).toEqual([5, 10, 20, 40, 80])
    if (inEngine) delete inEngine.failure
    await pass()
    expect(await readStatus(deploymentId)).toBe('stopped')
    expect(await ledger()).toMatchObject([{ isInDoubt: false, attempts: 0, error: null }])
    expect((await events(projectId)).map(({ kind }) => kind)).toEqual(['container_failed', 'containers_stopped'])
  })

  it('loses nothing while the engine is away', async () => {
    const { projectId, deploymentId } = await runningProject(asleep)
    engine.state.problem = { code: 'ENGINE_AWAY', message: 'Away.' }
    expect(await pass()).toMatchObject({ touched: 0, problem: { code: 'ENGINE_AWAY' } })
    expect([await ledger(), await events(projectId)]).toEqual([[], []])
    engine.state.problem = null
    await pass()
    expect(await readStatus(deploymentId)).toBe('stopped')
  })

  it('touches nothing while it is paused, or an outage is open', async () => {
    const { deploymentId } = await runningProject(asleep)
    await pausePart(database, { part: 'containers', reason: 'an incident' })
    expect(await pass()).toMatchObject({ touched: 0, stoppedBy: 'pause' })
    await sql`truncate vigie.pause`
    await sql`insert into vigie.gap (last_heartbeat_at) values (now() - interval '2 days')`
    expect(await pass()).toMatchObject({ touched: 0, stoppedBy: 'gap' })
    expect([await readStatus(deploymentId), engine.calls]).toEqual(['running', []])
  })

  it('leaves what somebody else holds for the next pass', async () => {
    const { projectId, deploymentId } = await runningProject(asleep)
    const other = await sql.reserve()
    await other`begin`
    await other`select from project where id = ${projectId} for no key update`
    expect(await pass()).toMatchObject({ touched: 0 })
    await other`rollback`
    other.release()
    await pass()
    expect(await readStatus(deploymentId)).toBe('stopped')
  })

  it('of many projects each is dealt with, page by page', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => runningProject(asleep)))
    expect(await pass()).toMatchObject({ touched: 10 })
    for (const { deploymentId } of all) expect(await readStatus(deploymentId)).toBe('stopped')
  })
})

describe('waking', () => {
  it('starts what Vigie stopped and an alias names, and tells how long it took', async () => {
    const project = await runningProject(asleep)
    const previous = await container(project.projectId, { containerId: 'previous' })
    const nameless = await container(project.projectId, { containerId: 'nameless' })
    const notOurs = await container(project.projectId, { containerId: 'not-ours', status: 'stopped' })
    for (const [id, deploymentId] of [
      ['previous', previous],
      ['nameless', nameless],
      ['not-ours', notOurs],
    ] as const) {
      const labels = platformLabels(project.slug, deploymentId, deployDomain)
      engine.containers.set(id, { isRunning: id !== 'not-ours', labels })
    }
    await sql`update alias set previous_deployment_id = ${previous} where deployment_id = ${project.deploymentId}`
    await sql`insert into alias (subdomain, deployment_id, type) values (${`x${counter}`}, ${notOurs}, 'branch')`
    await pass()
    expect(await sql`select from vigie.stopped_container`).toHaveLength(3)
    await wake(project)
    expect(await pass()).toMatchObject({ touched: 2, failed: 0 })
    const running = [...engine.containers].filter(([, { isRunning }]) => isRunning).map(([id]) => id)
    expect(running.toSorted()).toEqual([project.containerId, 'previous'].toSorted())
    expect([await readStatus(project.deploymentId), await readStatus(nameless)]).toEqual(['running', 'stopped'])
    expect(await events(project.projectId)).toEqual([
      { kind: 'containers_stopped', after: { containers: 3 } },
      { kind: 'containers_started', after: { containers: 2, afterSeconds: expect.any(Number) } },
    ])
  })

  it('goes by the project’s state, whoever changed it', async () => {
    const project = await runningProject(asleep)
    await pass()
    await sql`update project set status = 'active', deactivated_at = null where id = ${project.projectId}`
    await pass()
    expect(await readStatus(project.deploymentId)).toBe('running')
  })

  it('of a project that wakes while its container stops starts it at once', async () => {
    const project = await runningProject(asleep)
    const inEngine = engine.containers.get(project.containerId)
    if (inEngine) inEngine.whileStopping = () => wake(project)
    await pass(['stop'])
    expect(inEngine?.isRunning).toBe(true)
    expect(await readStatus(project.deploymentId)).toBe('running')
    expect((await events(project.projectId)).map(({ kind }) => kind)).toEqual([
      'containers_stopped',
      'containers_started',
    ])
    expect(await ledger()).toEqual([])
  })

  it('finds out what an agent that died left in doubt', async () => {
    const begin = (action: ContainerAction, { deploymentId }: { deploymentId: string }) =>
      sql`select vigie.begin_containers(${action}, array[${deploymentId}]::varchar[])`
    // It died after the engine had stopped the container; the project woke up.
    const woken = await runningProject(asleep)
    await begin('stop', woken)
    await engine.engine.stop(woken.containerId, new AbortController().signal)
    await wake(woken)
    // It died after the engine had started the container; the project was put to sleep again.
    const resting = await runningProject(asleep)
    await pass(['stop'])
    await sql`update project set status = 'active' where id = ${resting.projectId}`
    await begin('start', resting)
    await engine.engine.start(resting.containerId, new AbortController().signal)
    await sql`update project set status = 'inactive' where id = ${resting.projectId}`

    await pass()
    expect(engine.containers.get(woken.containerId)?.isRunning).toBe(true)
    expect(engine.containers.get(resting.containerId)?.isRunning).toBe(false)
    expect([await readStatus(woken.deploymentId), await readStatus(resting.deploymentId)]).toEqual([
      'running',
      'stopped',
    ])
  })

  it('is not delayed by failures to stop', async () => {
    const project = await runningProject(asleep)
    const inEngine = engine.containers.get(project.containerId)
    if (inEngine) inEngine.failure = { code: 'ENGINE_FAILED', message: 'No.' }
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await pass()
      await letRetriesBeDue()
    }
    await pass()
    if (inEngine) delete inEngine.failure
    await wake(project)
    await pass()
    expect(await readStatus(project.deploymentId)).toBe('running')
  })

  it('is waited for while somebody can start them', async () => {
    const project = await runningProject(asleep)
    const waking = async () =>
      (await sql<{ id: string }[]>`select project_id as id from vigie.waking_projects()`).length
    await pass()
    await wake(project)
    expect(await waking()).toBe(0)
    await sql`select vigie.agent_heartbeat(${randomUUID()}, '{containers}', ${sql.json({ ...database.origin })})`
    expect(await waking()).toBe(1)
    await pausePart(database, { part: 'containers', reason: 'an incident' })
    expect(await waking()).toBe(0)
    await sql`truncate vigie.pause`
    const inEngine = engine.containers.get(project.containerId)
    if (inEngine) inEngine.failure = { code: 'ENGINE_FAILED', message: 'No.' }
    for (const expected of [1, 1, 0]) {
      await pass()
      await letRetriesBeDue()
      expect(await waking()).toBe(expected)
    }
    if (inEngine) delete inEngine.failure
    await pass()
    expect([await waking(), await readStatus(project.deploymentId)]).toEqual([0, 'running'])
  })
})

describe('removing', () => {
  it('removes what is stopped of projects that were disabled so long ago, on no paid plan', async () => {
    const disabled = (days: number, plan: 'free' | 'paid' = 'free') =>
      rows
        .team({ plan })
        .then((team) => runningProject({ team, status: 'permanently_disabled', deactivated: { days, hours: 1 } }))
    const [due, early, paid] = [await disabled(30), await disabled(29), await disabled(90, 'paid')]
    const inactive = await runningProject({ status: 'inactive', deactivated: { days: 90 } })
    await pass()
    await pass()
    expect(await readStatus(due.deploymentId)).toBe('removed')
    expect(engine.containers.has(due.containerId)).toBe(false)
    for (const { deploymentId, containerId } of [early, paid, inactive]) {
      expect([await readStatus(deploymentId), engine.containers.has(containerId)]).toEqual(['stopped', true])
    }
    expect((await events(due.projectId)).map(({ kind }) => kind)).toEqual(['containers_stopped', 'containers_removed'])
    await sql`update vigie.policy set container_removal_days = 29`
    await pass()
    expect(await readStatus(early.deploymentId)).toBe('removed')
    await sql`update vigie.policy set container_removal_days = 30`
  })
})

it('nothing is written about a deployment that has another container by now', async () => {
  const { deploymentId, containerId } = await runningProject(asleep)
  await sql`select vigie.begin_containers('stop', array[${deploymentId}]::varchar[])`
  await sql`update deployment set container_id = 'another' where id = ${deploymentId}`
  await settleContainers(database, 'stop', [{ deploymentId, containerId, kind: 'stopped' }])
  expect(await readStatus(deploymentId)).toBe('running')
})
