import { connect } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { VigieError } from '../../core/errors.ts'
import type { Figures } from '../../core/queries/figures.ts'
import { silentLog } from '../database/testing/names.ts'
import { type Health, startHealth } from './health.ts'
import { createMetrics } from './metrics.ts'

const figures: Figures = {
  projects: { active: 5, inactive: 4, permanentlyDisabled: 3, paused: 2, deleted: 1, total: 15 },
  reactivations: 2,
  jobs: [
    {
      job: 'sweep',
      deactivated: 10,
      disabled: 4,
      lastDurationSeconds: 1.5,
      lastOutcome: 'held',
      lastEndAgeSeconds: 60,
      lastTickAgeSeconds: 3_600,
      lastTickDelaySeconds: 2,
    },
    // What a revert has moved went the other way.
    {
      job: 'revert',
      deactivated: 6,
      disabled: 1,
      lastDurationSeconds: 0.5,
      lastOutcome: 'done',
      lastEndAgeSeconds: 30,
      lastTickAgeSeconds: null,
      lastTickDelaySeconds: null,
    },
  ],
  mails: { queued: 7, failed: 1, dead: 0 },
  mailSecondsBehind: 12,
  containersFailing: 2,
  agentsAlive: 1,
  openHolds: 1,
  openGaps: 0,
  edgesOutOfStep: 0,
  pausedParts: ['mail'],
  intakes: [
    {
      machine: 'm',
      kind: 'access_log',
      source: '/log',
      recentHits: 9,
      lagSeconds: 4,
      garbageLines: 3,
      unknownHits: 2,
    },
  ],
}

let health: Health | undefined
afterEach(() => health?.stop())

async function serve(
  options: {
    readFigures?: () => Promise<Figures>
    askDatabase?: () => Promise<void>
    checkReady?: () => Promise<void>
    cacheMs?: number
  } = {},
) {
  const started = await startHealth({
    port: 0,
    log: silentLog,
    metrics: createMetrics({
      readFigures: options.readFigures ?? (async () => figures),
      askDatabase: options.askDatabase ?? (async () => {}),
      version: '1.2.3',
      cacheMs: options.cacheMs ?? 0,
      waitMs: 50,
    }),
    checkReady: options.checkReady ?? (async () => {}),
    readyTimeoutMs: 50,
  })
  health = started
  return async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${started.port}${path}`, { method })
    return { status: answer.status, body: await answer.text() }
  }
}

it('says that the process lives, and whether it can work', async () => {
  const get = await serve({
    checkReady: async () => {
      throw new VigieError('DATABASE_READ_ONLY', 'It is read-only.')
    },
  })
  expect((await get('/healthz')).status).toBe(200)
  const { status, body } = await get('/readyz?full')
  expect([status, JSON.parse(body)]).toEqual([
    503,
    { isReady: false, code: 'DATABASE_READ_ONLY', message: 'It is read-only.' },
  ])
})

it('waits for no database', async () => {
  const never = () => new Promise<never>(() => {})
  const get = await serve({ checkReady: never, readFigures: never, askDatabase: never })
  expect((await get('/readyz')).status).toBe(503)
  const { body } = await get('/metrics')
  expect(body).toContain('vigie_database_up 0')
  // What was never read is no number.
  expect(body).not.toMatch(/^vigie_(figures|agents|holds|mail)/m)
})

it('says at once that the database is away, while its figures are young still', async () => {
  let isThere = true
  const get = await serve({
    cacheMs: 600_000,
    askDatabase: async () => {
      if (!isThere) throw new Error('away')
    },
  })
  expect((await get('/metrics')).body).toContain('vigie_database_up 1')
  isThere = false
  const { body } = await get('/metrics')
  expect(body).toContain('vigie_database_up 0')
  expect(body).toMatch(/^vigie_figures_age_seconds 0\.\d+$/m)
})

it('keeps the figures of before while the database is away', async () => {
  let isThere = true
  const answerOf = async <T>(value: T) => {
    if (!isThere) throw new Error('away')
    return value
  }
  const get = await serve({ readFigures: () => answerOf(figures), askDatabase: () => answerOf(undefined) })
  const { body } = await get('/metrics')
  for (const line of [
    'vigie_info{version="1.2.3"} 1',
    'vigie_database_up 1',
    'vigie_projects{status="permanently_disabled"} 3',
    'vigie_transitions{to="inactive"} 10',
    'vigie_transitions{to="permanently_disabled"} 4',
    'vigie_reverted{to="active"} 6',
    'vigie_reverted{to="inactive"} 1',
    'vigie_run_outcome{vigie_job="sweep",outcome="held"} 1',
    'vigie_run_duration_seconds{vigie_job="sweep"} 1.5',
    'vigie_tick_age_seconds{vigie_job="sweep"} 3600',
    'vigie_mails{status="queued"} 7',
    'vigie_mail_behind_seconds 12',
    'vigie_part_paused{part="mail"} 1',
    'vigie_holds_open 1',
    'vigie_containers_failing 2',
    'vigie_intake_hits{machine="m",kind="access_log",source="/log"} 9',
    'vigie_intake_lag_seconds{machine="m",kind="access_log",source="/log"} 4',
    'vigie_intake_garbage_lines{machine="m",kind="access_log",source="/log"} 3',
    'vigie_intake_unknown_hits{machine="m",kind="access_log",source="/log"} 2',
  ]) {
    expect(body.split('\n')).toContain(line)
  }
  isThere = false
  const later = (await get('/metrics')).body
  expect(later).toContain('vigie_database_up 0')
  expect(later).toContain('vigie_mails{status="queued"} 7')
})

it('answers nothing else, and survives nonsense', async () => {
  const get = await serve()
  expect((await get('/')).status).toBe(404)
  expect((await get('/readyz', 'POST')).status).toBe(405)
  expect(await get('/healthz', 'HEAD')).toEqual({ status: 200, body: '' })
  await new Promise<void>((resolve) => {
    const socket = connect(health?.port ?? 0, '127.0.0.1', () => socket.write('\0\0nonsense\r\n\r\n'))
    socket.on('close', () => resolve()).on('error', () => {})
    socket.resume()
  })
  expect((await get('/healthz')).status).toBe(200)
})

it('says when its port is taken', async () => {
  await serve()
  const { port } = health ?? { port: 0 }
  const again = startHealth({
    port,
    log: silentLog,
    metrics: { contentType: 'text/plain', collect: async () => '' },
    checkReady: async () => {},
  })
  await expect(again).rejects.toMatchObject({ code: 'USAGE', details: { port } })
})
