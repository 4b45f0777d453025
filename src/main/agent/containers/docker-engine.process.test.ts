import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContainerEngine } from '../../../core/containers/engine.ts'
import { createDockerEngine } from './docker-engine.ts'
import { readDockerHost } from './docker-host.ts'
import { type RealEngine, startRealEngine, whyNoEngine } from './testing/real-engine.ts'

const obstacle = whyNoEngine()
if (obstacle !== null) process.stderr.write(`SKIPPED: the tests with a real container engine, since ${obstacle}.\n`)

describe.skipIf(obstacle !== null)('a real engine', () => {
  const { signal } = new AbortController()
  const unknown = 'f'.repeat(64)
  let real: RealEngine
  let engine: ContainerEngine

  const connect = (stopTimeoutSeconds: number) => {
    const host = readDockerHost({ DOCKER_HOST: real.dockerHost })
    if (host === null) throw new Error('it has no address')
    return createDockerEngine(host, { stopTimeoutSeconds })
  }
  beforeAll(async () => {
    real = await startRealEngine()
    engine = connect(10)
  }, 300_000)
  afterAll(() => real?.close())

  it('tells the labels of a container and nothing of its environment', async () => {
    const id = await real.runSleeper({ labels: { 'com.example.role': 'web' }, secret: 'canary-of-inspect' })
    const answer = await engine.inspect(id, signal)
    expect(answer).toMatchObject({ kind: 'found', labels: { 'com.example.role': 'web' } })
    expect(JSON.stringify(answer)).not.toContain('canary')
  })

  it('stops, starts and removes, also what is so already', async () => {
    const id = await real.runSleeper()
    for (const _ of [1, 2]) expect(await engine.stop(id, signal)).toEqual({ kind: 'done' })
    expect(await real.isRunning(id)).toBe(false)
    for (const _ of [1, 2]) expect(await engine.start(id, signal)).toEqual({ kind: 'done' })
    expect(await real.isRunning(id)).toBe(true)
    expect(await engine.remove(id, signal)).toMatchObject({ kind: 'failed' })
    expect(await real.exists(id)).toBe(true)
    await engine.stop(id, signal)
    expect(await engine.remove(id, signal)).toEqual({ kind: 'done' })
    expect(await engine.remove(id, signal)).toEqual({ kind: 'gone' })
  })

  it('kills what does not end in time', async () => {
    const id = await real.runSleeper({ isStubborn: true })
    expect(await connect(1).stop(id, signal)).toEqual({ kind: 'done' })
    expect(await real.isRunning(id)).toBe(false)
  })

  it('keeps the volumes of what it removes', async () => {
    const id = await real.runSleeper({ hasVolume: true })
    const volumes = await real.volumeNames()
    expect(volumes).toHaveLength(1)
    await engine.stop(id, signal)
    expect(await engine.remove(id, signal)).toEqual({ kind: 'done' })
    expect(await real.volumeNames()).toEqual(volumes)
  })

  it('knows what is gone', async () => {
    expect(await engine.inspect(unknown, signal)).toEqual({ kind: 'gone' })
    expect(await engine.start(unknown, signal)).toEqual({ kind: 'gone' })
    expect(await engine.stop(unknown, signal)).toEqual({ kind: 'gone' })
  })

  it('is away and comes back', async () => {
    const id = await real.runSleeper()
    await real.pause()
    expect(await engine.ping(signal)).toMatchObject({ code: 'ENGINE_AWAY' })
    expect(await engine.stop(id, signal)).toMatchObject({ kind: 'failed', code: 'ENGINE_AWAY' })
    await real.serve()
    expect(await engine.ping(signal)).toBeNull()
    expect(await engine.stop(id, signal)).toEqual({ kind: 'done' })
  })
})
