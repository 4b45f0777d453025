import { VigieError } from '../../../../core/errors.ts'
import { openChangeFeed } from '../../../database/change-feed.ts'
import type { TestDatabase } from '../../../database/testing/test-database.ts'
import { createGatewayPart, type GatewaySettings } from '../gateway-part.ts'
import { fetchRaw, type RawRequest } from './fetch-raw.ts'

/** Under which the projects of the fixture live. */
export const deployDomain = 'apps.test'

/** The gateway in this process, on a test database, started as the agent starts it. */
export async function startGatewayFixture(database: TestDatabase, settings: Partial<GatewaySettings> = {}) {
  const lines: Record<string, unknown>[] = []
  const keep = (fields: Readonly<Record<string, unknown>>, msg: string) => void lines.push({ ...fields, msg })
  const log = { info: keep, warn: keep, error: keep }
  const feed = openChangeFeed(database.sql, log)
  const part = createGatewayPart(
    {
      ...database,
      log,
      deployDomain,
      mailer: { platformUrl: 'https://app.example' },
      watchChanges: (signal) => feed.watch(signal),
    },
    { address: '127.0.0.1', port: 0, isForwardAuth: true, publicUrl: null, ...settings },
  )
  await part.prepare?.()
  const url = String(lines.find((line) => 'url' in line)?.url)
  if (!URL.canParse(url)) throw new VigieError('INTERNAL', 'The gateway does not say where it answers.')
  const port = Number(new URL(url).port)
  await part.start()
  return {
    port,
    lines,
    part,
    /** As a browser behind the edge asks. */
    visit: (hostname: string, request: RawRequest = {}) =>
      fetchRaw(port, { ...request, headers: { Host: hostname, Accept: 'text/html', ...request.headers } }),
    /** As a proxy asks about a request. */
    forward: (hostname: string, headers: RawRequest['headers'] = {}) =>
      fetchRaw(port, {
        path: '/forward-auth',
        headers: {
          Host: '127.0.0.1',
          'X-Forwarded-Method': 'GET',
          'X-Forwarded-Proto': 'https',
          'X-Forwarded-Host': hostname,
          'X-Forwarded-Uri': '/a?b=c',
          'X-Forwarded-For': '192.0.2.7',
          ...headers,
        },
      }),
  }
}
