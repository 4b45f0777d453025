import { afterEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { sweepNow } from '../../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { reactivateProject } from '../reactivate.ts'
import { createHostnameMap } from './hostname-map.ts'
import { resolveHostname } from './resolve-hostname.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const deployDomain = 'apps.example'
const createMap = () => createHostnameMap({ sql, deployDomain, pageSize: 3 })

afterEach(() => sql`truncate project cascade`)

describe('a map that has read everything', () => {
  it('knows aliases and domains, page by page, and nobody else', async () => {
    const ids = []
    for (let count = 0; count < 8; count += 1) {
      const id = await rows.project({ domains: [{ hostname: `map-${count}.example`, status: 'active' }] })
      await rows.deployment(id, `map-${count}`)
      ids.push(id)
    }
    const map = createMap()
    expect(map.lookup('map-0.example')).toBeUndefined()
    await map.refresh()
    for (const [count, projectId] of ids.entries()) {
      for (const name of [`map-${count}.example`, `MAP-${count}.example.`, `map-${count}.apps.example:8443`]) {
        expect(map.lookup(name)).toMatchObject({ projectId, status: 'active' })
      }
    }
    expect(map.size).toBe(16)
    expect(map.lookup('..')).toBeNull()
    expect(map.lookup('new.example')).toBeUndefined()
    expect(await map.resolve('new.example')).toBeNull()
    expect(map.lookup('new.example')).toBeNull()
  })

  it('forgets what is gone', async () => {
    const id = await rows.project({ domains: [{ hostname: 'gone.example', status: 'active' }] })
    const map = createMap()
    await map.refresh()
    await sql`delete from domain where project_id = ${id}`
    await map.refresh()
    expect(map.lookup('gone.example')).toBeUndefined()
  })

  it('agrees with the database on whose a shared hostname is', async () => {
    const names = ['shared.example', 'alias.apps.example', 'a-id-b-id-0123456.apps.example']
    const oldest = await rows.project({ domains: names.map((hostname) => ({ hostname, status: 'disabled' })) })
    const active = await rows.project({ domains: names.map((hostname) => ({ hostname, status: 'active' })) })
    const deploying = await rows.project({ slug: 'a-id-b' })
    await rows.deployment(oldest, 'alias')
    const deployment = await rows.deployment(deploying, null)
    await sql`update deployment set id = '0123456' || substr(id, 8) where id = ${deployment}`
    const map = createMap()
    const expected = [active, oldest, deploying]
    for (const isRead of [false, true]) {
      if (isRead) await map.refresh()
      for (const [index, name] of names.entries()) {
        expect((await map.resolve(name))?.projectId).toBe(expected[index])
        expect((await resolveHostname(sql, name, deployDomain))?.projectId).toBe(expected[index])
        expect(map.lookup(name)?.projectId).toBe(expected[index])
      }
    }
  })
})

describe('what a map does not know yet', () => {
  it('is asked for in one statement, however many ask at once', async () => {
    const id = await rows.project({ domains: [{ hostname: 'asked.example', status: 'active' }] })
    const map = createMap()
    const names = Array.from({ length: 2_500 }, (_, index) => `nobody-${index % 1_000}.example`)
    const answers = await Promise.all(['asked.example', ...names].map((name) => map.resolve(name)))
    expect(answers[0]).toEqual({ projectId: id, status: 'active' })
    expect(answers.slice(1).every((answer) => answer === null)).toBe(true)
  })

  it('is forgotten when too many names of nobody are remembered', async () => {
    const map = createHostnameMap({ sql, deployDomain: null, maxRemembered: 10 })
    for (let count = 0; count < 25; count += 1) await map.resolve(`nobody-${count}.example`)
    expect(map.lookup('nobody-24.example')).toBeNull()
    expect(map.lookup('nobody-0.example')).toBeUndefined()
  })
})

describe('a map hears', () => {
  it('of sweeps and reactivations', async () => {
    const team = await rows.team({ owners: ['owner@example.com'] })
    const sleepy = { team, lastTraffic: { days: 9 }, slug: 'sleepy' } as const
    const id = await rows.project({ ...sleepy, domains: [{ hostname: 'sleepy.example', status: 'active' }] })
    const deployment = await rows.deployment(id, 'sleepy')
    const names = ['sleepy.example', 'sleepy.apps.example', `sleepy-id-${deployment.slice(0, 7)}.apps.example`]
    const map = createMap()
    await map.refresh()
    const statuses = () => Promise.all(names.map(async (name) => (await map.resolve(name))?.status))
    expect(await statuses()).toEqual(['active', 'active', 'active'])
    const run = await sweepNow(database)
    await map.takeChange({ kind: 'sweep', runId: run.id, stage: 'deactivate', moved: 1 })
    expect(await statuses()).toEqual(['inactive', 'inactive', 'inactive'])
    await reactivateProject(database, { projectId: id, onBehalfOf: 'owner@example.com', reason: 'a test' })
    await map.takeChange({ kind: 'project', projectId: id })
    expect(await statuses()).toEqual(['active', 'active', 'active'])
  })

  it('of changes while it reads everything', async () => {
    const ids = []
    for (let count = 0; count < 12; count += 1) {
      ids.push(await rows.project({ domains: [{ hostname: `while-${count}.example`, status: 'active' }] }))
    }
    const map = createMap()
    await map.refresh()
    const reading = map.refresh()
    for (const projectId of ids) {
      await sql`update project set status = 'inactive' where id = ${projectId}`
      await map.takeChange({ kind: 'project', projectId })
    }
    await reading
    for (const [count] of ids.entries()) expect(map.lookup(`while-${count}.example`)?.status).toBe('inactive')
  })
})
