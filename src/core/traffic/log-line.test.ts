import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLogLine } from './log-line.ts'

const json = {
  ClientAddr: '192.0.2.7:50123',
  ClientHost: '192.0.2.7',
  DownstreamStatus: 200,
  Duration: 1_500_000,
  RequestAddr: 'shop.apps.example:443',
  RequestHost: 'shop.apps.example',
  RequestMethod: 'GET',
  RequestPath: '/cart?id=7',
  RouterName: 'router-alias-7@file',
  StartUTC: '2026-03-01T12:00:00.123456789Z',
  entryPointName: 'websecure',
  level: 'info',
  msg: '',
  'request_User-Agent': 'curl/8.5.0',
  time: '2026-03-01T12:00:00Z',
}
const common =
  '192.0.2.7 - - [01/Mar/2026:13:00:00 +0100] "GET /cart?id=7 HTTP/2.0" 200 1024 "-" "curl/8.5.0" 12 "router-alias-7@file" "http://10.0.0.2:8000" 1500ms'
const read = (fields: object) => parseLogLine(JSON.stringify(fields), null)

describe('a line in JSON', () => {
  it('tells the hostname, and when it was written', () => {
    expect(read(json)).toEqual({
      hostname: 'shop.apps.example',
      router: 'router-alias-7@file',
      at: Date.parse('2026-03-01T12:00:00.124Z'),
      userAgent: 'curl/8.5.0',
      path: '/cart?id=7',
      address: '192.0.2.7',
    })
  })

  it('of a connection that lasted counts at its end', () => {
    expect(read({ ...json, Duration: 3_600e9 })?.at).toBe(Date.parse('2026-03-01T13:00:00.123Z'))
  })

  it('may have no more than a hostname and a time', () => {
    expect(read({ RequestHost: 'a.example', time: '2026-03-01T12:00:00Z' })).toEqual({
      hostname: 'a.example',
      router: null,
      at: Date.parse('2026-03-01T12:00:00Z'),
      userAgent: null,
      path: null,
      address: null,
    })
  })

  it.each([
    '{}',
    '{',
    '',
    '[]',
    'null',
    '"x"',
    '{"RequestHost":7,"time":"2026-03-01T12:00:00Z"}',
    '{"RequestHost":"a.example"}',
    '{"RequestHost":"a.example","time":"yesterday"}',
    '{"RequestHost":"a.example","StartUTC":"0001-01-01T00:00:00Z","Duration":1}',
    '{"RequestHost":"a.example","StartUTC":"2026-03-01T12:00:00Z","Duration":1e300}',
  ])('that says nothing of use is garbage', (line) => {
    expect(parseLogLine(line, null)).toBeNull()
  })
})

describe('a line in the common format', () => {
  it('tells the router, and when it was written', () => {
    expect(parseLogLine(common, null)).toEqual({
      hostname: null,
      router: 'router-alias-7@file',
      at: Date.parse('2026-03-01T12:00:01.500Z'),
      userAgent: 'curl/8.5.0',
      path: '/cart?id=7',
      address: '192.0.2.7',
    })
  })

  it('takes the router from behind whatever a visitor calls itself', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((given) => given.replaceAll('\n', ' '))
    const forged = fc.constantFrom(
      'x" 1 "router-alias-666@file" "http://a" 1ms',
      'x" 1 "router-alias-666@file" "http://a" 1ms "y',
      '" - "-" "-" 0ms',
    )
    fc.assert(
      fc.property(fc.oneof(text, forged), fc.oneof(text, forged), fc.oneof(text, forged), (path, referrer, agent) => {
        const line = `192.0.2.7 - - [01/Mar/2026:12:00:00 +0000] "GET /${path} HTTP/1.1" 200 1 "${referrer}" "${agent}" 12 "router-alias-7@file" "http://10.0.0.2:8000" 5ms`
        expect(parseLogLine(line, null)).toMatchObject({
          router: 'router-alias-7@file',
          at: Date.parse('2026-03-01T12:00:00.005Z'),
          address: '192.0.2.7',
        })
      }),
    )
  })

  it.each([
    common.replace('"router-alias-7@file"', '-'),
    common.replace('01/Mar', '99/Mar'),
    common.replace('Mar', 'Mrz'),
    common.replace('1500ms', ''),
    `${'"'.repeat(1_000_000)}`,
  ])('that says nothing of use is garbage', (line) => {
    expect(parseLogLine(line, null)).toBeNull()
  })
})

it('is read in the format that is asked for, and in no other', () => {
  expect(parseLogLine(common, 'json')).toBeNull()
  expect(parseLogLine(JSON.stringify(json), 'common')).toBeNull()
  expect(parseLogLine(common, 'common')).not.toBeNull()
  expect(parseLogLine(JSON.stringify(json), 'json')).not.toBeNull()
})

it('never fails, whatever the line is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.json().map((text) => `{"a":${text}}`),
      ),
      (line) => {
        const parsed = parseLogLine(line, null)
        if (parsed !== null) expect(Number.isSafeInteger(parsed.at)).toBe(true)
      },
    ),
  )
  expect(
    parseLogLine(`{"RequestHost":"${'x'.repeat(1024 * 1024)}","time":"2026-03-01T12:00:00Z"}`, null),
  ).not.toBeNull()
})

it('keeps control characters out of nothing but what it is told', () => {
  const line = JSON.stringify({ ...json, 'request_User-Agent': 'a\u0000b\nc"}{"RequestHost":"forged.example"' })
  expect(parseLogLine(line, null)).toMatchObject({ hostname: 'shop.apps.example' })
})
