import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepNow } from '../database/testing/sweep-now.ts'
import { type AgentFixture, createAgentFixture, waitUntil } from './testing/agent-fixture.ts'
import { smtpEnv, startRecordingSmtpServer, type TakenMail } from './testing/recording-smtp-server.ts'
import { killRounds } from './testing/rounds.ts'
import { fillSleepyPlatform, letClaimsLapse, resetSleepyPlatform } from './testing/sleepy-platform.ts'

// One mail for each, a second one for every tenth.
const size = { active: 3_600, asleep: 946 }
const mails = 5_000
/** Mails that an agent has under way at once (core/mail/deliver.ts). */
const concurrency = 20
const killsPerDelivery = 10
const deliveries = Math.ceil(killRounds(process.env) / killsPerDelivery)

let fixture: AgentFixture
let server: Awaited<ReturnType<typeof startRecordingSmtpServer>>

beforeAll(async () => {
  fixture = await createAgentFixture()
  server = await startRecordingSmtpServer({ answerAfterMs: 3 })
  await fillSleepyPlatform(fixture.sql, size)
})
afterAll(async () => {
  await fixture.stop()
  await server.close()
})

const startAgent = () => fixture.startAgent({ args: ['--without', 'scheduler'], env: smtpEnv(server.port) })

const readMails = () => fixture.sql<{ messageId: string; to: string; status: string; attempts: number }[]>`
  select 'vigie.' || id || '@platform.example' as "messageId", address as "to", status, attempts from vigie.mail`

const nameOf = ({ messageId, to }: TakenMail) => `${messageId} ${to}`

/** How many of these mails the server took, and the database still takes for unsent. */
async function countUnrecorded(taken: readonly TakenMail[]): Promise<number> {
  const waiting = new Set((await readMails()).filter(({ status }) => status === 'queued').map(nameOf))
  return taken.filter((mail) => waiting.has(nameOf(mail))).length
}

it('a delivery whose agent is killed at any moment loses no mail, and sends again only what was in flight', {
  timeout: deliveries * 100_000,
}, async () => {
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    await resetSleepyPlatform(fixture.sql, size.asleep)
    server.taken.length = 0
    expect(await sweepNow(fixture, { batchSize: 2_000 })).toMatchObject({ outcome: 'done', mailsQueued: mails })

    const inFlight: number[] = []
    for (let kill = 0; kill < killsPerDelivery; kill += 1) {
      const agent = startAgent()
      const before = server.taken.length
      const until = before + 1 + Math.floor((Math.random() * mails) / killsPerDelivery)
      await waitUntil(() => server.taken.length >= until, { intervalMs: 1 })
      await fixture.killAndSettle(agent)
      inFlight.push(await countUnrecorded(server.taken.slice(before)))
      await letClaimsLapse(fixture.sql)
    }
    const last = startAgent()
    const isDone = async () => (await readMails()).every(({ status }) => status !== 'queued')
    await waitUntil(isDone, { intervalMs: 100, timeoutMs: 60_000 })
    await fixture.killAndSettle(last)

    const expected = await readMails()
    expect(expected).toHaveLength(mails)
    expect(expected.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
    // The same mails, each under its one Message-ID.
    expect(new Set(server.taken.map(nameOf))).toEqual(new Set(expected.map(nameOf)))
    expect(Math.max(...inFlight)).toBeLessThanOrEqual(concurrency)
    // No mail came twice that was not in flight when an agent was killed.
    expect(server.taken.length - mails).toBe(inFlight.reduce((sum, count) => sum + count, 0))
  }
})
