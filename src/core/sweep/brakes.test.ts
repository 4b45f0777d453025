import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy.ts'
import { type BrakeFigures, checkBrakes } from './brakes.ts'

const calm: BrakeFigures = {
  activeProjects: 5_000,
  hasTraffic: true,
  activeFree: 4_000,
  due: { deactivate: 30, disable: 10 },
  median: { deactivate: 28, disable: 12 },
  gapSince: null,
  changedOutside: 0,
  watch: {
    now: '2026-03-10T02:00:00.000Z',
    isUnattended: false,
    idleCutoff: '2026-03-05T02:00:00.000Z',
    flushAskedAt: null,
    intakes: [],
  },
}

const namesOf = (figures: Partial<BrakeFigures>) =>
  checkBrakes({ ...calm, ...figures }, defaultPolicy).map((brake) =>
    'stage' in brake ? `${brake.brake} ${brake.stage}` : brake.brake,
  )

describe('brakes', () => {
  it('let a usual night pass', () => {
    expect(namesOf({})).toEqual([])
  })

  it('have nothing to stop where nothing is due', () => {
    const figures = {
      due: { deactivate: 0, disable: 0 },
      hasTraffic: false,
      gapSince: '2026-01-01T00:00:00.000Z',
      watch: { ...calm.watch, isUnattended: true },
    }
    expect(namesOf(figures)).toEqual([])
  })

  it('stop where nobody was seen on a platform of at least 20 active projects', () => {
    expect(namesOf({ hasTraffic: false, activeProjects: 20 })).toEqual(['recorder_silent'])
    expect(namesOf({ hasTraffic: false, activeProjects: 19 })).toEqual([])
  })

  it('stop more than 200 that are more than a fifth of the active free ones, each stage for itself', () => {
    const none = { deactivate: null, disable: null }
    const figures = (deactivate: number, disable: number) => ({
      due: { deactivate, disable },
      activeFree: 1_000,
      median: none,
    })
    expect(namesOf(figures(200, 0))).toEqual([])
    expect(namesOf(figures(201, 0))).toEqual(['too_many deactivate'])
    expect(namesOf({ ...figures(201, 0), activeFree: 1_005 })).toEqual([])
    expect(namesOf(figures(150, 150))).toEqual([])
    expect(namesOf(figures(0, 201))).toEqual(['too_many disable'])
  })

  it('stop more than three times the median of the last sweeps, from 20 projects on', () => {
    const figures = (deactivate: number, median: number | null) => ({
      due: { deactivate, disable: 0 },
      median: { deactivate: median, disable: null },
    })
    expect(namesOf(figures(84, 28))).toEqual([])
    expect(namesOf(figures(85, 28))).toEqual(['too_many deactivate'])
    expect(namesOf(figures(20, 1))).toEqual([])
    expect(namesOf(figures(21, 1))).toEqual(['too_many deactivate'])
    expect(namesOf(figures(85, null))).toEqual([])
  })

  it('stop after a gap, and where others put projects to sleep', () => {
    const watch = { ...calm.watch, isUnattended: true }
    expect(namesOf({ gapSince: '2026-01-01T00:00:00.000Z', changedOutside: 3, watch })).toEqual([
      'after_a_gap',
      'changed_outside',
      'not_watched',
    ])
  })
})
