import { expect, it } from 'vitest'
import { createAgentFixture, waitUntil } from '../testing/agent-fixture.ts'
import { startTcpProxy } from '../testing/tcp-proxy.ts'
import { fetchRaw } from './testing/fetch-raw.ts'
import { provokeOutage } from './testing/outage.ts'
import { findFreePort } from './testing/proxies.ts'

it('no visitor notices that the database is away, memory stays bounded, and every hit is counted afterwards', async () => {
  const outage = await provokeOutage({ projects: 2_000, seconds: 12, ratePerSecond: 2_000 })
  expect(outage).toMatchObject({ errors: 0, statuses: { 204: outage.requests }, counted: outage.requests })
  expect(outage.grownMegabytes).toBeLessThan(150)
})

it('an agent that starts while the database is away lets everything pass', async () => {
  const fixture = await createAgentFixture()
  const proxy = await startTcpProxy(fixture.socketPath)
  proxy.cut()
  try {
    const port = await findFreePort()
    const agent = fixture.startAgent({
      args: ['--gateway', `127.0.0.1:${port}`, '--forward-auth'],
      databaseUrl: fixture.urlAt(proxy.port),
    })
    await waitUntil(() => agent.log.some(({ msg }) => msg === 'The gateway answers.'), { timeoutMs: 60_000 })
    const headers = { 'X-Forwarded-Host': 'owl.example' }
    for (let n = 0; n < 20; n += 1) {
      expect((await fetchRaw(port, { path: '/forward-auth', headers })).status).toBe(204)
    }
    expect(agent.log.some(({ msg }) => msg === 'The agent works.')).toBe(false)
  } finally {
    await fixture.stop()
    await proxy.stop()
  }
})
