import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Context } from '../src/core/context.ts'
import { deliverMails } from '../src/core/mail/deliver.ts'
import type { MailTransport } from '../src/core/mail/transport.ts'
import { runSweep } from '../src/core/sweep/run.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import { openSmtp } from '../src/main/mail/smtp.ts'
import { benchOrigin, settle, withConsolePool, withSetupPool } from './platform.ts'
import { measureMs } from './statistics.ts'

export interface DeliveryTimes {
  readonly mails: number
  readonly deliveryMs: number
  /** The same mails, sent by nodemailer alone. */
  readonly bareLoopMs: number
}

/** Enough for a steady pace; a bench of a million projects would queue a hundred thousand. */
const maxMails = 5_000
const warmUpMails = 400
/** A pass of a sender's takes longer; here both take turns. */
const turnMs = 1_000
const mailsPerTurn = 400
/** Of both: connections to the server, and mails under way at once. */
const connections = 10
const concurrency = 20

/** Delivers the mails of a sweep with the rate limit out of the way, and sends the same ones with a loop of nodemailer's own. */
export async function measureDelivery(copy: DatabaseAddress): Promise<DeliveryTimes> {
  const server = new Worker(path.resolve('bench/smtp-server.mjs'))
  try {
    const [port] = await once(server, 'message')
    await withSetupPool(copy, prepareMails)
    return await withConsolePool(copy, (sql) => deliverAndCompare(context(sql), port))
  } finally {
    await server.terminate()
  }
}

interface BarePool {
  readonly sendMail: (mail: SendMailOptions) => Promise<unknown>
}

/** A mail as it was delivered. */
interface DeliveredMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const context = (sql: Context['sql']): Context => ({
  sql,
  origin: benchOrigin,
  log: { info: () => {}, warn: () => {}, error: () => {} },
})

/** Queues mails, and makes the digests among them. */
async function prepareMails(sql: Parameters<typeof settle>[0]): Promise<void> {
  await sql`update vigie.policy set mails_per_minute = 100000`
  await runSweep(context(sql), {
    signal: new AbortController().signal,
    batchSize: 2_000,
    runner: randomUUID(),
    overrideReason: 'measuring',
  })
  await sql`
    delete from vigie.mail m where m.status = 'queued'
      and m.id not in (select k.id from vigie.mail k where k.status = 'queued' order by k.id limit ${maxMails})`
  await deliverFew(context(sql), { send: async () => ({ kind: 'accepted', code: '250', message: 'OK' }) })
  await settle(sql)
}

/** Stops when some mails were sent, for what is done to warm up; what else it leased is given back. */
async function deliverFew(given: Context, transport: MailTransport): Promise<void> {
  const enough = new AbortController()
  let sent = 0
  const counted: MailTransport = {
    send(mail) {
      sent += 1
      if (sent >= warmUpMails) enough.abort()
      return transport.send(mail)
    },
  }
  await deliverMails(given, counted, deliverOptions(enough.signal))
}

function deliverOptions(signal: AbortSignal) {
  return {
    sender: { name: 'Platform', address: 'noreply@platform.example' },
    platformUrl: 'https://platform.example',
    signal,
    makeLeaseId: randomUUID,
    nowMs: () => performance.now(),
    concurrency,
    passMs: turnMs,
  }
}

/**
 * Both in turns, some hundred mails each, so that what else the machine does slows both down. What became a digest is one
 * mail to send.
 */
async function deliverAndCompare(given: Context, port: number): Promise<DeliveryTimes> {
  const transport = openSmtp({ host: '127.0.0.1', port, isSecure: false, login: null }, { maxConnections: connections })
  const bare = createTransport({ pool: true, host: '127.0.0.1', port, maxConnections: connections })
  const total = { mails: 0, deliveryMs: 0, bareLoopMs: 0 }
  try {
    // The thread of the server has to warm up too, before either of the two.
    await deliverFew(given, transport)
    const sample = await readDelivered(given, warmUpMails)
    for (let round = 0; round < 3; round += 1) await sendBare(bare, sample)
    for (;;) {
      let sent = 0
      const deliveryMs = await measureMs(async () => {
        sent = await deliverSome(given, transport)
      })
      if (sent < mailsPerTurn) break
      const same = await readDelivered(given, sent)
      total.mails += sent
      total.deliveryMs += deliveryMs
      total.bareLoopMs += await measureMs(() => sendBare(bare, same))
    }
    if (total.mails === 0) throw new Error(`fewer than ${mailsPerTurn} mails were delivered`)
    return total
  } finally {
    transport.close()
    bare.close()
  }
}

async function deliverSome(given: Context, transport: MailTransport): Promise<number> {
  let sent = 0
  while (sent < mailsPerTurn) {
    const delivery = await deliverMails(given, transport, deliverOptions(new AbortController().signal))
    if (delivery.leased === 0) break
    sent += delivery.sent
  }
  return sent
}

/** The mails that were delivered last. */
async function readDelivered({ sql }: Context, mails: number): Promise<DeliveredMail[]> {
  return await sql<DeliveredMail[]>`
    select m.subject, m.body_text as text, m.body_html as html from vigie.mail m
    where m.status = 'sent' and m.body_html is not null order by m.ended_at desc, m.id limit ${mails}`
}

async function sendBare(pool: BarePool, mails: readonly DeliveredMail[]): Promise<void> {
  const waiting = mails.entries()
  const send = async () => {
    for (const [index, mail] of waiting) {
      await pool.sendMail({
        from: { name: 'Platform', address: 'noreply@platform.example' },
        to: `owner-${index}@example.com`,
        ...mail,
      })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, send))
}
