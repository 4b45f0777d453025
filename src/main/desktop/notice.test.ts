import { expect, it } from 'vitest'
import type { Run } from '../../core/queries/runs.ts'
import { noticeOfHold, noticeOfRun } from './notice.ts'
import { desktopWords } from './words.ts'

const words = desktopWords(['en'])
const swept = { id: 7, job: 'sweep', outcome: 'done', isPreview: false, deactivated: 12, disabled: 3 } as const
const noticeOf = (
  run: Partial<Pick<Run, 'job' | 'outcome' | 'isPreview' | 'deactivated' | 'disabled'>>,
  isWatched = false,
) => noticeOfRun({ ...swept, ...run }, isWatched, words)

it('a held sweep is told with its numbers, and leads to the page of sweeps', () => {
  expect(noticeOfHold({ deactivated: 412, disabled: 9 }, words)).toEqual({
    title: 'A sweep is held',
    body: 'It would put 412 to sleep and disable 9: look at it before it runs.',
    hash: '#/sweeps',
  })
})

it('a finished sweep is told to who does not look, and leads to its run', () => {
  expect(noticeOf({})).toEqual({
    title: 'Sweep 7 has finished',
    body: '12 put to sleep, 3 permanently disabled.',
    hash: '#/sweeps?view=runs&run=7',
  })
  expect(noticeOf({}, true)).toBeNull()
})

it.each([{ outcome: 'failed' }, { outcome: 'partial' }, { outcome: 'failed', job: 'pruning' }] as const)(
  '%j is told whoever looks',
  (run) => {
    expect(noticeOf(run, true)).toMatchObject({ title: 'Run 7 failed', hash: '#/sweeps?view=runs&run=7' })
  },
)

it.each([
  { outcome: null },
  { outcome: 'held' },
  { isPreview: true },
  { job: 'counts' },
  { deactivated: 0, disabled: 0 },
] as const)('%j is told to nobody', (run) => {
  expect(noticeOf(run)).toBeNull()
})
