import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExclusions, type LiveExclusion } from './exclusions.ts'
import { type Hit, probeUserAgent } from './hit.ts'
import { createHitBuffer } from './hit-buffer.ts'

const at = Date.parse('2026-03-01T12:00:00.000Z')
const hit = (changes: Partial<Hit> = {}): Hit => ({
  projectId: 'p1',
  hostname: 'a.example',
  at,
  userAgent: 'curl/8.0',
  path: '/',
  address: '192.0.2.1',
  ...changes,
})
const createBuffer = (exclusions: readonly LiveExclusion[] = [], sizes = {}) =>
  createHitBuffer({ match: compileExclusions(exclusions), ...sizes })

const empty = { counted: [], excluded: [], hours: [], garbage: 0, unknown: 0 }

describe('a buffer of hits', () => {
  it('keeps a count per project and day, and the last hit of each', () => {
    const buffer = createBuffer()
    buffer.add(hit())
    buffer.add(hit({ at: at + 2_000, hostname: 'b.example', userAgent: null }))
    buffer.add(hit({ at: at + 1_000 }))
    buffer.add(hit({ at: at - 86_400_000 }))
    buffer.addUnknown()
    buffer.addGarbage()
    expect(buffer.take()).toEqual({
      counted: [
        {
          project: 'p1',
          day: '2026-03-01',
          hits: 3,
          at: '2026-03-01T12:00:02.000Z',
          hostname: 'b.example',
          client: 'unknown',
        },
        {
          project: 'p1',
          day: '2026-02-28',
          hits: 1,
          at: '2026-02-28T12:00:00.000Z',
          hostname: 'a.example',
          client: 'program',
        },
      ],
      excluded: [],
      hours: [
        { hour: '2026-03-01T12:00:00.000Z', hits: 3, excluded: 0 },
        { hour: '2026-02-28T12:00:00.000Z', hits: 1, excluded: 0 },
      ],
      garbage: 1,
      unknown: 1,
    })
    expect(buffer.take()).toEqual(empty)
  })

  it('does not count Vigie’s own probes', () => {
    const buffer = createBuffer()
    expect(buffer.add(hit({ userAgent: probeUserAgent('1.2.3') }))).toBe(true)
    expect(buffer.take()).toEqual(empty)
  })

  it('keeps excluded hits apart, and tallies what is only observed', () => {
    const buffer = createBuffer([
      { id: 1, kind: 'path', pattern: '/health', status: 'applied' },
      { id: 2, kind: 'user_agent', pattern: 'CURL', status: 'observed' },
    ])
    buffer.add(hit({ path: '/healthz' }))
    buffer.add(hit())
    buffer.add(hit({ userAgent: 'Mozilla/5.0' }))
    const { counted, excluded, hours } = buffer.take()
    expect(counted).toMatchObject([{ project: 'p1', hits: 2 }])
    expect(excluded).toMatchObject([
      { project: 'p1', exclusion: 1, isCounted: false, hits: 1 },
      { project: 'p1', exclusion: 2, isCounted: true, hits: 1 },
    ])
    expect(hours).toMatchObject([{ hits: 3, excluded: 1 }])
  })

  it('takes hits of so many projects and no more', () => {
    const buffer = createBuffer([], { flushProjects: 2, maxProjects: 3 })
    expect(buffer.add(hit())).toBe(true)
    expect(buffer.isFlushDue).toBe(false)
    expect(buffer.add(hit({ projectId: 'p2' }))).toBe(true)
    expect(buffer.isFlushDue).toBe(true)
    expect(buffer.add(hit({ projectId: 'p3' }))).toBe(true)
    expect(buffer.add(hit({ projectId: 'p4' }))).toBe(false)
    expect(buffer.add(hit({ projectId: 'p1' }))).toBe(true)
    expect(buffer.size).toBe(3)
    expect(buffer.take().counted.map(({ hits }) => hits)).toEqual([2, 1, 1])
    expect(buffer.add(hit({ projectId: 'p4' }))).toBe(true)
  })

  it('loses and invents no hit, wherever it is emptied', () => {
    const projects = fc.constantFrom('p1', 'p2', 'p3')
    const hits = fc.array(fc.record({ projectId: projects, at: fc.integer({ min: 0, max: 10 ** 12 }) }))
    fc.assert(
      fc.property(hits, fc.nat(20), (given, emptied) => {
        const buffer = createBuffer()
        const batches = []
        for (const [index, changes] of given.entries()) {
          buffer.add(hit(changes))
          if (index === emptied) batches.push(buffer.take())
        }
        batches.push(buffer.take())
        const counted = batches.flatMap((batch) => batch.counted)
        for (const project of ['p1', 'p2', 'p3']) {
          const wanted = given.filter(({ projectId }) => projectId === project)
          const found = counted.filter((each) => each.project === project)
          expect(found.reduce((sum, { hits: count }) => sum + count, 0)).toBe(wanted.length)
          expect(Math.max(0, ...found.map((each) => Date.parse(each.at)))).toBe(
            Math.max(0, ...wanted.map((each) => each.at)),
          )
        }
      }),
    )
  })
})
