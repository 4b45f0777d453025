import { beforeEach, expect, it } from 'vitest'
import { createContainerRows } from '../../main/database/testing/container-rows.ts'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { bringIntoStep } from './bring-into-step.ts'
import { recognisePlatform } from './recognise-platform.ts'
import { createEngineDouble, platformLabels } from './testing/engine-double.ts'

const database = await createTestDatabase()
const { sql } = database
const { signal } = new AbortController()
const rows = createRows(sql)
const { container, readStatus, events, asleep } = createContainerRows(sql, rows)

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.event, vigie.stopped_container, vigie.edge, vigie.agent`
})

const pass = (engine: ReturnType<typeof createEngineDouble>) =>
  bringIntoStep(database, recognisePlatform(sql, engine.engine), {
    actions: ['start', 'stop', 'remove'],
    deployDomain: 'apps.example',
    concurrency: 4,
    signal,
  })

it('an engine that has none of the expected containers is told of, and nothing is put on record', async () => {
  const projectId = await rows.project({ ...asleep, slug: 'lark' })
  const sleeping = await container(projectId, { containerId: 'c1' })
  for (let n = 0; n < 8; n += 1) await container(await rows.project(), { containerId: `running-${n}` })
  const engine = createEngineDouble()
  engine.containers.set('foreign', { isRunning: true, labels: {} })
  expect(await pass(engine)).toMatchObject({
    touched: 0,
    problem: { code: 'ENGINE_FOREIGN', message: expect.stringContaining('DOCKER_HOST') },
  })
  expect([await readStatus(sleeping), await events(projectId)]).toEqual(['running', []])

  // One of them is enough: those that are gone are gone.
  engine.containers.set('running-7', { isRunning: true, labels: platformLabels('x', 'a'.repeat(32), 'apps.example') })
  expect(await pass(engine)).toMatchObject({ touched: 1, problem: null })
  expect(await readStatus(sleeping)).toBe('removed')
})

it('where nothing is expected to run, and while an engine can’t say, it is taken as it is', async () => {
  const engine = createEngineDouble()
  const { ping } = recognisePlatform(sql, engine.engine)
  expect(await ping(signal)).toBeNull()
  await container(await rows.project(), { containerId: 'c1' })
  expect(await ping(signal)).toMatchObject({ code: 'ENGINE_FOREIGN' })
  engine.containers.set('c1', { isRunning: true, labels: {}, failure: { code: 'ENGINE_FAILED', message: 'Busy.' } })
  expect(await ping(signal)).toBeNull()
  engine.state.problem = { code: 'ENGINE_AWAY', message: 'Away.' }
  expect(await ping(signal)).toMatchObject({ code: 'ENGINE_AWAY' })
})
