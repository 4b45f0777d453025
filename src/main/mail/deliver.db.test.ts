import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DeliverOptions, deliverMails } from '../../core/mail/deliver.ts'
import type { MailAnswer, MailTransport } from '../../core/mail/transport.ts'
import { openChangeFeed } from '../database/change-feed.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { sweepNow } from '../database/testing/sweep-now.ts'
import { createTestDatabase } from '../database/testing/test-database.ts'
import type { Mailer } from './open-mailer.ts'
import { createSender } from './sender.ts'
import { type ClosableTransport, openSmtp } from './smtp.ts'
import { startSmtpServer } from './testing/smtp-server.ts'

const database = await createTestDatabase({ maxConnections: 8 })
const { sql } = database
const rows = createRows(sql)
const sender = { name: 'Plateforme "Été" <x>', address: 'noreply@platform.example' }
const cleanups: (() => unknown)[] = []

beforeEach(async () => {
  await sql`delete from vigie.mail`
  await sql`update project set status = 'paused' where status = 'inactive'`
  await sql`update vigie.policy set mails_per_minute = 10000`
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(options: Parameters<typeof startSmtpServer>[0] = {}) {
  const server = await startSmtpServer(options)
  cleanups.push(server.close)
  return server
}

function connect(port: number, login: { user: string; password: string } | null = null): ClosableTransport {
  const transport = openSmtp(
    { host: '127.0.0.1', port, isSecure: false, login },
    { connectTimeoutMs: 2_000, silenceTimeoutMs: 2_000 },
  )
  cleanups.push(transport.close)
  return transport
}

async function queue(...addresses: string[]) {
  for (const address of addresses) {
    await rows.project({ team: await rows.team({ owners: [address] }), lastTraffic: { days: 9 } })
  }
  await sweepNow(database, { batchSize: 500 })
}

const deliver = (transport: MailTransport, options: Partial<DeliverOptions> = {}) =>
  deliverMails(database, transport, {
    sender,
    platformUrl: 'https://app.example',
    signal: new AbortController().signal,
    makeLeaseId: randomUUID,
    nowMs: () => performance.now(),
    ...options,
  })

const mails = async () =>
  Object.fromEntries(
    (
      await sql<{ address: string; state: string }[]>`
        select address, concat_ws(' ', status, attempts, answer ->> 'code', answer ->> 'message') as state from vigie.mail`
    ).map(({ address, state }) => [address.replace('@example.com', ''), state]),
  )
const makeDue = () => sql`update vigie.mail set due_at = now() where status = 'queued'`

describe('a mail', () => {
  it('arrives whole: both parts, stable Message-ID, no replies of machines, encrypted where offered', async () => {
    const server = await serve()
    await queue('owner@example.com')
    expect(await deliver(connect(server.port))).toMatchObject({ leased: 1, sent: 1, stoppedBy: null })
    const [{ id } = { id: 0 }] = await sql<{ id: number }[]>`select id from vigie.mail`
    const [one] = server.received
    expect(one).toMatchObject({ to: 'owner@example.com', isEncrypted: true })
    expect(one?.mail).toMatchObject({
      messageId: `<vigie.${id}@platform.example>`,
      from: sender,
      to: [{ address: 'owner@example.com' }],
      subject: expect.stringMatching(/^Your project .* was put to sleep \/ Votre projet .* a été mis en veille$/),
      text: expect.stringContaining('https://app.example/team-'),
      html: expect.stringContaining('<table'),
    })
    const headers = Object.fromEntries((one?.mail.headers ?? []).map(({ key, value }) => [key, value]))
    expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated' })
    const [kept] = await sql`select subject, body_text <> '' as text, body_html <> '' as html, lease from vigie.mail`
    expect(kept).toEqual({ subject: one?.mail.subject, text: true, html: true, lease: null })
  })

  it('can’t get another header or recipient by the name of its project', async () => {
    const server = await serve()
    await rows.project({ name: 'x\r\nBcc: victim@example.com\r\n\r\n<b>', lastTraffic: { days: 9 } })
    await queue()
    await deliver(connect(server.port))
    expect(server.received).toHaveLength(1)
    const [one] = server.received
    expect(one?.mail.bcc ?? []).toEqual([])
    expect(one?.mail.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(one?.mail.html).not.toContain('<b>')
  })
})

describe('each mail ends where it should', () => {
  it('refused for good, put off, cut off, slow, and addresses that are none; the others go on', async () => {
    const server = await serve()
    const given = ['owner', 'unknown', 'full', 'grey', 'drop', 'slow'].map((name) => `${name}@example.com`)
    await queue(...given, 'no address', 'a@b@c', 'x\r\nRCPT TO:<y@example.com>')
    const transport = connect(server.port)
    expect(await deliver(transport)).toMatchObject({ leased: 9, sent: 2, failed: 4, retried: 3, isServerAway: false })
    expect(await mails()).toMatchObject({
      owner: expect.stringMatching(/^sent 1 250 /),
      slow: expect.stringMatching(/^sent 1 250 /),
      unknown: 'failed 1 550 550 5.1.1 no such user here',
      full: 'queued 1 452 452 4.2.2 mailbox full for now',
      grey: 'queued 1 451 451 4.7.1 greylisted, try again later',
      drop: 'queued 1 ECONNECTION The server closed the connection before it had answered.',
      'no address': 'failed 1 NO_ADDRESS This is no mail address.',
      'a@b@c': expect.stringMatching(/^failed 1 NO_ADDRESS/),
    })
    await makeDue()
    expect(await deliver(transport)).toMatchObject({ leased: 3, sent: 2, retried: 1 })
    const dropped = server.received.filter((one) => one.to.startsWith('drop'))
    expect(dropped).toHaveLength(2)
    expect(new Set(dropped.map((one) => one.mail.messageId)).size).toBe(1)
  })

  it('never answered: tried again, and the pass ends', async () => {
    const server = await serve()
    await queue('stall@example.com', 'owner@example.com')
    expect(await deliver(connect(server.port), { sendTimeoutMs: 400 })).toMatchObject({ sent: 1, retried: 1 })
    expect((await mails()).stall).toBe('queued 1 TIMEOUT The server did not answer within 0.4 seconds.')
  })

  it('421: the rest is given back untried', async () => {
    const server = await serve()
    await queue(...Array.from({ length: 8 }, (_, n) => `busy-${n}@example.com`))
    const delivery = await deliver(connect(server.port), { concurrency: 2 })
    expect(delivery).toMatchObject({ leased: 8, sent: 0, failed: 0, isServerAway: true })
    expect(delivery.retried).toBeLessThanOrEqual(2)
    expect(delivery.retried + delivery.released).toBe(8)
  })

  it('a server that closes every connection: the rest is given back untried', async () => {
    const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanups.push(() => server.close())
    await queue(...Array.from({ length: 12 }, (_, n) => `owner-${n}@example.com`))
    const { port } = server.address() as AddressInfo
    const delivery = await deliver(connect(port), { concurrency: 2 })
    expect(delivery).toMatchObject({ leased: 12, sent: 0, isServerAway: true })
    expect(delivery.retried).toBeLessThanOrEqual(6)
  })

  it('wrong password: it waits, with the server’s words', async () => {
    const server = await serve({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('bad credentials'), { responseCode: 535 })),
    })
    await queue('owner@example.com')
    const transport = connect(server.port, { user: 'ann', password: 'canary' })
    expect(await deliver(transport)).toMatchObject({ retried: 1, isServerAway: true })
    expect((await mails()).owner).toMatch(/^queued 1 535 535 .*bad credentials/)
    expect((await mails()).owner).not.toContain('canary')
  })

  it('nobody listens: it waits', async () => {
    const server = await startSmtpServer()
    await server.close()
    await queue('owner@example.com')
    expect(await deliver(connect(server.port))).toMatchObject({ retried: 1, isServerAway: true })
    expect((await mails()).owner).toMatch(/^queued 1 ESOCKET .*ECONNREFUSED/)
  })
})

it('nothing is begun once it is asked to stop', async () => {
  const server = await serve()
  await queue('owner@example.com')
  expect(await deliver(connect(server.port), { signal: AbortSignal.abort() })).toMatchObject({ released: 1, sent: 0 })
  expect((await mails()).owner).toBe('queued 0')
})

describe('a pass', () => {
  const accept: MailAnswer = { kind: 'accepted', code: '250', message: '250 OK' }
  const addresses = Array.from({ length: 9 }, (_, n) => `owner-${n}@example.com`)

  it('goes on lease by lease until nothing is due', async () => {
    await queue(...addresses)
    const delivery = await deliver({ send: async () => accept }, { batchSize: 2 })
    expect(delivery).toMatchObject({ leased: 9, sent: 9, released: 0, stoppedBy: null })
  })

  it('takes the next lease while the last one is being sent', async () => {
    await queue(...addresses)
    const countLeased = async () =>
      (await sql<{ n: number }[]>`select count(*)::integer as n from vigie.mail where lease is not null`)[0]?.n
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const send = () => held.then(() => accept)
    const delivering = deliver({ send }, { batchSize: 4, concurrency: 2 })
    await expect.poll(countLeased, { timeout: 30_000 }).toBe(8)
    release()
    expect(await delivering).toMatchObject({ leased: 9, sent: 9 })
  })

  it('begins nothing that was leased too long ago, and leases no more once it is over', async () => {
    await queue(...addresses)
    let passedMs = 0
    const send = async () => {
      passedMs += 3_000
      return accept
    }
    const delivery = await deliver({ send }, { batchSize: 8, concurrency: 1, passMs: 4_000, nowMs: () => passedMs })
    expect(delivery).toMatchObject({ leased: 8, sent: 2, released: 6 })
  })

  it('sends what it has leased when the database lets it lease no more, and then says so', async () => {
    await queue(...addresses)
    let isAway = false
    const send = async () => {
      if (!isAway) await sql`alter function vigie.lease_mails(uuid, integer) rename to lease_mails_away`
      isAway = true
      return accept
    }
    try {
      const delivering = deliver({ send }, { batchSize: 4, concurrency: 1 })
      await expect(delivering).rejects.toMatchObject({ code: '42883' })
    } finally {
      await sql`alter function vigie.lease_mails_away(uuid, integer) rename to lease_mails`
    }
    expect(Object.values(await mails()).filter((state) => state.startsWith('sent'))).toHaveLength(4)
  })
})

it('two senders at once send each mail once, and more than three of one run as a digest', async () => {
  const server = await serve()
  const team = await rows.team({ owners: ['many@example.com'] })
  for (let n = 0; n < 5; n += 1) await rows.project({ team, lastTraffic: { days: 9 } })
  await queue(...Array.from({ length: 60 }, (_, n) => `owner-${n}@example.com`))
  const [a, b] = [connect(server.port), connect(server.port)]
  for (let pass = 0; pass < 10; pass += 1) {
    await Promise.all([deliver(a, { batchSize: 7 }), deliver(b, { batchSize: 7 })])
  }
  expect(new Set(server.received.map((one) => one.to)).size).toBe(61)
  expect(server.received).toHaveLength(61)
  expect(server.received.find((one) => one.to === 'many@example.com')?.mail.subject).toMatch(/^5 of your projects/)
})

describe('the sender of a process', () => {
  function createParts(transport: ClosableTransport) {
    const feed = openChangeFeed(sql, database.log)
    const target = { kind: 'smtp', label: 'test' } as const
    const mailer: Mailer = { transport, sender, platformUrl: null, target, close: transport.close }
    return { ...database, mailer, watchChanges: feed.watch }
  }

  it('delivers what waits, wakes for what a sweep queues, and stops', async () => {
    const server = await serve()
    await queue('before@example.com')
    const process = createSender(createParts(connect(server.port)), { intervalMs: 60_000 })
    process.start()
    cleanups.push(process.stop)
    await expect.poll(() => server.received.map((one) => one.to), { timeout: 5_000 }).toEqual(['before@example.com'])
    await queue('after@example.com')
    await expect.poll(() => server.received.length, { timeout: 5_000 }).toBe(2)
    await process.stop()
    await queue('late@example.com')
    await sleep(100)
    expect(await mails()).toMatchObject({ late: 'queued 0' })
  })

  it('stops in time although a server never answers', async () => {
    const server = await serve()
    await queue('stall@example.com')
    const process = createSender(createParts(connect(server.port)), { stopTimeoutMs: 200 })
    process.start()
    await expect.poll(() => server.received.length, { timeout: 5_000 }).toBe(1)
    const startedMs = performance.now()
    await process.stop()
    expect(performance.now() - startedMs).toBeLessThan(1_500)
  })
})
