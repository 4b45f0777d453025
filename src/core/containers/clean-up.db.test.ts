import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { type ContainerSpec, createContainerRows } from '../../main/database/testing/container-rows.ts'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { claimLastTick } from '../jobs/claim.ts'
import { runJob } from '../jobs/run-job.ts'
import { readRun } from '../queries/runs.ts'
import { cleanUp } from './clean-up.ts'
import { createEngineDouble, platformLabels } from './testing/engine-double.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const { container, readStatus, events } = createContainerRows(sql, rows)
const deployDomain = 'apps.example'
const slug = 'shop'
let engine: ReturnType<typeof createEngineDouble>
let projectId: string

beforeEach(async () => {
  engine = createEngineDouble()
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.event, vigie.stopped_container, vigie.job_run, vigie.pause`
  await sql`update vigie.migration set applied_at = now() - interval '3 days'`
  await sql`update vigie.policy set cleanup_schedule =
    to_char((now() at time zone 'utc') - interval '5 minutes', '"" FMMI FMHH24 * * *')`
  projectId = await rows.project({ slug })
})

async function deploy(spec: ContainerSpec) {
  const deploymentId = await container(projectId, spec)
  engine.containers.set(spec.containerId, {
    isRunning: spec.status !== 'stopped',
    labels: platformLabels(slug, deploymentId, deployDomain),
  })
  return deploymentId
}

const claim = () => claimLastTick(database, { job: 'cleanup', runner: randomUUID() })

async function run() {
  const claimed = await claim()
  if (claimed === null) throw new Error('the tick was not claimed')
  const options = { deployDomain, concurrency: 2, pageSize: 2, signal: new AbortController().signal }
  await runJob(
    database,
    claimed,
    () => cleanUp(database, engine.engine, claimed, options),
    (end) => end,
  )
  return readRun(sql, claimed.runId)
}

it('removes what runs of old deployments that nothing references, and says how many', async () => {
  const old = await Promise.all([1, 2, 3].map((n) => deploy({ containerId: `old-${n}` })))
  const named = await deploy({ containerId: 'named', subdomain: 'shop' })
  const previous = await deploy({ containerId: 'previous' })
  await sql`update alias set previous_deployment_id = ${previous} where deployment_id = ${named}`
  const fresh = await deploy({ containerId: 'fresh', concludedHoursAgo: 0 })
  const building = await deploy({ containerId: 'building' })
  await sql`update deployment set status = 'in_progress' where id = ${building}`
  const stopped = await deploy({ containerId: 'stopped', status: 'stopped' })
  expect(await run()).toMatchObject({ outcome: 'done', containersRemoved: 3, failed: 0, failures: [], error: null })
  for (const deploymentId of old) expect(await readStatus(deploymentId)).toBe('removed')
  for (const deploymentId of [named, previous, fresh, building]) expect(await readStatus(deploymentId)).toBe('running')
  expect(await readStatus(stopped)).toBe('stopped')
  expect([...engine.containers.keys()].toSorted()).toEqual(['building', 'fresh', 'named', 'previous', 'stopped'])
  expect((await events(projectId)).every(({ kind }) => kind === 'containers_removed')).toBe(true)
  expect(await claim()).toBeNull()
})

it('starts again what an alias came to name while it stopped', async () => {
  const deploymentId = await deploy({ containerId: 'back' })
  const inEngine = engine.containers.get('back')
  if (inEngine) {
    inEngine.whileStopping = () =>
      sql`insert into alias (subdomain, deployment_id, type) values ('back', ${deploymentId}, 'branch')`
  }
  expect(await run()).toMatchObject({ outcome: 'done', containersRemoved: 0 })
  expect([inEngine?.isRunning, await readStatus(deploymentId)]).toEqual([true, 'running'])
})

it('ends in part where containers fail, and names their project', async () => {
  const [failing, foreign] = [await deploy({ containerId: 'failing' }), await deploy({ containerId: 'foreign' })]
  const gone = await deploy({ containerId: 'gone' })
  engine.containers.delete('gone')
  engine.containers.set('foreign', { isRunning: true, labels: {} })
  const inEngine = engine.containers.get('failing')
  if (inEngine) inEngine.failure = { code: 'ENGINE_CONFLICT', message: 'Busy.' }
  expect(await run()).toMatchObject({
    outcome: 'partial',
    containersRemoved: 1,
    failed: 1,
    failures: [{ projectId, stage: 'clean', sqlstate: expect.stringMatching(/ENGINE_CONFLICT|CONTAINER_FOREIGN/) }],
  })
  for (const deploymentId of [failing, foreign]) expect(await readStatus(deploymentId)).toBe('running')
  expect(await readStatus(gone)).toBe('removed')
  expect(engine.calls).not.toContain('stop foreign')
})

it('is left open while the engine is away, and goes on where it was', async () => {
  const deploymentId = await deploy({ containerId: 'old' })
  engine.state.problem = { code: 'ENGINE_AWAY', message: 'Away.' }
  await expect(run()).rejects.toMatchObject({ code: 'ENGINE_AWAY' })
  engine.state.problem = null
  await sql`update vigie.job_run set heartbeat_at = now() - interval '3 minutes'`
  expect(await run()).toMatchObject({ outcome: 'done', containersRemoved: 1 })
  expect(await readStatus(deploymentId)).toBe('removed')
})

it('is not claimed while containers are paused', async () => {
  await deploy({ containerId: 'old' })
  await sql`insert into vigie.pause (part, reason) values ('containers', 'an incident')`
  expect(await claim()).toBeNull()
  await sql`truncate vigie.pause`
  expect(await run()).toMatchObject({ containersRemoved: 1 })
})
