import { expect, it } from 'vitest'
import { readLikeTraefik } from '../routing/testing/traefik-double.ts'
import { judgeClock } from './judge-clock.ts'
import { hasProbe, judgeLog } from './judge-log.ts'
import { isRouted, judgeRoute, type RouteAnswer } from './judge-route.ts'
import { formatTestRouter, testFileName } from './test-router.ts'

const probe = { hostname: 'vigie-doctor-1.apps.example', router: 'vigie-doctor' }
const fields = { RequestHost: 'site.apps.example', StartUTC: '2026-03-01T10:00:00Z', Duration: 1, RouterName: 'a@file' }
const json = (some: object = {}) => JSON.stringify({ ...fields, 'request_User-Agent': 'Mozilla/5.0', ...some })
const common = (router: string, userAgent = 'curl/8') =>
  `192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "${userAgent}" 1 "${router}" "http://10.0.0.1" 3ms`
const judge = (lines: string[], asked: typeof probe | null = null, format: 'json' | 'common' | null = null) =>
  judgeLog({ lines }, format, asked)

it('a log of JSON lines is ok in all', () => {
  const { format, hostnames, userAgents } = judge([json(), json(), ''])
  expect([format, hostnames, userAgents].map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok'])
})

it('the common format is ok by its routers', () => {
  const { format, hostnames, userAgents } = judge([common('router-alias-1@file')])
  expect([format.outcome, hostnames.outcome, userAgents.outcome]).toEqual(['ok', 'ok', 'ok'])
  expect(hostnames.message).toContain('--accesslog.format=json')
})

it.each<[string, string[], string]>([
  ['nothing', [], '--accesslog=true --accesslog.format=json'],
  ['another log', ['time="2026-03-01" level=info msg="Traefik version 3"'], '--accesslog=true --accesslog.format=json'],
  ['no hostnames and no routers', [json({ RequestHost: undefined, RouterName: undefined })], 'defaultmode=keep'],
  ['no times', [json({ StartUTC: undefined })], 'defaultmode=keep'],
])('a log with %s fails with the setting to change, and the rest is skipped', (_what, lines, setting) => {
  const { format, hostnames, userAgents } = judge(lines)
  expect(format).toMatchObject({ outcome: 'failed', message: expect.stringContaining(setting) })
  expect([hostnames.outcome, userAgents.outcome]).toEqual(['skipped', 'skipped'])
})

it.each([
  ['ENOENT', '--accesslog.filepath'],
  ['EACCES', 'right to read'],
  ['EISDIR', 'no file'],
  ['EIO', 'disk'],
])('a log that can’t be read (%s) fails', (problem, word) => {
  expect(judgeLog({ problem }, null, probe).format).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining(word),
  })
})

it('a format that the flag rules out fails by the flag', () => {
  expect(judge([common('a@file')], null, 'json').format.message).toContain('--access-log-format')
  expect(judge([common('a@file')], null, 'common').format.outcome).toBe('ok')
})

it('a request of the doctor’s is known by its router, also behind the name of an entry point', () => {
  for (const router of ['vigie-doctor@file', 'websecure-vigie-doctor@file']) {
    expect(hasProbe({ lines: [common(router)] }, probe)).toBe(true)
  }
  expect(hasProbe({ lines: [common('not-vigie-doctors@file'), common('router-alias-1@file')] }, probe)).toBe(false)
})

it('dropped user agents fail with the setting', () => {
  const { userAgents } = judge([json({ 'request_User-Agent': undefined })])
  expect(userAgents).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('--accesslog.fields.headers.names.User-Agent=keep'),
  })
})

it('a log that does not tell of the doctor’s own request is not this Traefik’s', () => {
  expect(judge([json()], probe).format).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('--accesslog.filepath'),
  })
  const ours = json({ RequestHost: probe.hostname, 'request_User-Agent': undefined })
  expect(judge([json(), ours], probe)).toMatchObject({ format: { outcome: 'ok' }, userAgents: { outcome: 'failed' } })
  expect(judge([common('vigie-doctor@file')], probe).format.outcome).toBe('ok')
  expect([hasProbe({ lines: [json()] }, probe), hasProbe({ lines: [json(), ours] }, probe)]).toEqual([false, true])
  expect(hasProbe({ problem: 'ENOENT' }, probe)).toBe(false)
})

it.each([
  [0, 'ok', 'apart'],
  [4_999, 'ok', 'apart'],
  [-4_999, 'ok', 'apart'],
  [5_000, 'failed', 'behind'],
  [-5_000, 'failed', 'ahead of'],
])('a skew of %i ms is %s, measured from the middle of the round trip', (skewMs, outcome, word) => {
  const reading = { askedAt: 1_000_000, answeredAt: 1_000_800, databaseAt: 1_000_400 + skewMs }
  expect(judgeClock(reading)).toMatchObject({ outcome, message: expect.stringContaining(word) })
})

const facts = {
  tookMs: 1_234,
  directory: '/etc/traefik/dynamic',
  gatewayUrl: 'http://10.0.0.2:9465',
  traefikUrl: 'http://127.0.0.1',
}
const gatewayHeaders = { 'x-robots-tag': 'noindex', 'cache-control': 'no-store' }
const gateway: RouteAnswer = { status: 404, headers: gatewayHeaders, body: 'Nothing is here.\n' }
const notRouted: RouteAnswer = { status: 404, headers: {}, body: '404 page not found\n' }
const badGateway: RouteAnswer = { status: 502, headers: {}, body: 'Bad Gateway' }
const catchAll: RouteAnswer = { status: 404, headers: {}, body: '<h1>Nobody lives here</h1>' }

it.each<[string, RouteAnswer, RouteAnswer, string, string, string]>([
  ['the gateway', notRouted, gateway, 'ok', 'ok', '1.2 s'],
  ['nobody', notRouted, notRouted, 'failed', 'skipped', '--providers.file.watch=true'],
  ['a catch-all', catchAll, catchAll, 'failed', 'skipped', 'status 404'],
  ['a gateway that is away', notRouted, badGateway, 'ok', 'failed', '--gateway-url'],
  ['a catch-all that is broken', badGateway, badGateway, 'failed', 'skipped', 'status 502'],
  ['no Traefik', { problem: 'ECONNREFUSED' }, { problem: 'ECONNREFUSED' }, 'failed', 'skipped', '--traefik-url'],
  ['a redirect', { ...notRouted, status: 308 }, { ...notRouted, status: 308 }, 'failed', 'skipped', 'https address'],
])('a test router where %s answers', (_who, before, answer, watched, reached, word) => {
  const { isWatched, isGatewayReached } = judgeRoute({ ...facts, before, answer })
  expect([isWatched.outcome, isGatewayReached.outcome]).toEqual([watched, reached])
  expect(`${isWatched.message} ${isGatewayReached.message}`).toContain(word)
  expect(isRouted(before, answer)).toBe(watched === 'ok')
})

it('the test router is a file that Traefik takes, and asks no authority for a certificate', () => {
  const router = { ...facts, hostname: probe.hostname, urlScheme: 'https' as const }
  for (const traefikUrl of ['http://127.0.0.1', 'https://127.0.0.1']) {
    const { http } = readLikeTraefik(testFileName, formatTestRouter({ ...router, traefikUrl }))
    expect(http.routers['vigie-doctor']?.rule).toBe('Host(`vigie-doctor-1.apps.example`)')
    expect(JSON.stringify(http)).not.toContain('certResolver')
    expect('tls' in (http.routers['vigie-doctor'] ?? {})).toBe(traefikUrl.startsWith('https'))
  }
})
