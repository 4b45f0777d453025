import { expect, it } from 'vitest'
import { judgeProbe } from './judge-probe.ts'

const blocked = { 'x-robots-tag': 'noindex', 'cache-control': 'no-store' }

it.each([
  [503, blocked, '<!doctype html>', 'BLOCKED_PAGE'],
  [410, blocked, '{}', 'BLOCKED_PAGE'],
  [404, {}, '404 page not found\n', 'NOT_ROUTED'],
  [502, {}, 'Bad Gateway', 'BAD_GATEWAY'],
  [503, {}, 'no available server', 'UNAVAILABLE'],
  [503, {}, 'Service Unavailable', 'UNAVAILABLE'],
  [200, {}, 'Hello', undefined],
  [301, {}, '', undefined],
  [500, {}, 'Internal Server Error', undefined],
  [404, {}, '{"error":"no such page"}', undefined],
  [503, {}, 'We are moving house.', undefined],
])('tells %i %j %s from the project’s own answers', (status, headers, body, code) => {
  expect(judgeProbe({ status, headers, body })?.code).toBe(code)
})
