import { expect, it } from 'vitest'
import { provokeOutage } from './testing/outage.ts'

it('five minutes without a database at 5,000 requests a second: nobody notices, and nothing is lost', async () => {
  const outage = await provokeOutage({ projects: 40_000, seconds: 300, ratePerSecond: 5_000 })
  expect(outage).toMatchObject({ errors: 0, statuses: { 204: outage.requests }, counted: outage.requests })
  expect(outage.grownMegabytes).toBeLessThan(200)
})
