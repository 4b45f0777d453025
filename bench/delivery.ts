import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { createTransport } from 'nodemailer'
import type { Context } from '../src/core/context.ts'
import { deliverMails } from '../src/core/mail/deliver.ts'
import { runSweep } from '../src/core/sweep/run.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import { openSmtp } from '../src/main/mail/smtp.ts'
import { benchOrigin, settle, withConsolePool, withSetupPool } from './platform.ts'
import { measureMs } from './statistics.ts'

export interface DeliveryTimes {
  readonly mails: number
  readonly deliveryMs: number
  /** As many mails of the same size, sent by nodemailer alone. */
  readonly bareLoopMs: number
}

/** Enough for a steady pace; a bench of a million projects would queue a hundred thousand. */
const maxMails = 5_000
const warmUpMails = 200
/** Of both: connections to the server, and mails under way at once. */
const connections = 10
const concurrency = 20

/** Delivers the mails of a sweep with the rate limit out of the way, and then as many with a loop of nodemailer's own. */
export async function measureDelivery(copy: DatabaseAddress): Promise<DeliveryTimes> {
  const server = new Worker(path.resolve('bench/smtp-server.mjs'))
  try {
    const [port] = await once(server, 'message')
    const sample = await withSetupPool(copy, prepareMails)
    const before = await sendBare(port, sample, warmUpMails + 1).then(() => sendBare(port, sample, sample.mails))
    const deliveryMs = await withConsolePool(copy, (sql) => deliverAll(context(sql), port, sample.mails))
    const after = await sendBare(port, sample, sample.mails)
    return { mails: sample.mails, deliveryMs, bareLoopMs: (before + after) / 2 }
  } finally {
    await server.terminate()
  }
}

interface SampleMail {
  readonly mails: number
  readonly subject: string
  readonly text: string
  readonly html: string
}

const context = (sql: Context['sql']): Context => ({
  sql,
  origin: benchOrigin,
  log: { info: () => {}, warn: () => {}, error: () => {} },
})

/** Queues mails, and has one of them rendered as a sample of what they look like. */
async function prepareMails(sql: Parameters<typeof settle>[0]): Promise<SampleMail> {
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
  // One delivery that goes nowhere warms up, makes the digests of its batch and renders.
  await deliverMails(
    context(sql),
    { send: async () => ({ kind: 'accepted', code: '250', message: 'OK' }) },
    deliverOptions(warmUpMails),
  )
  const [mail] = await sql<Omit<SampleMail, 'mails'>[]>`
    select m.subject, m.body_text as text, m.body_html as html from vigie.mail m
    where m.status = 'sent' and m.body_html is not null
    order by m.ended_at desc, length(m.body_html) limit 1`
  await settle(sql)
  const [waiting] = await sql<{ mails: number }[]>`
    select count(*)::integer as mails from vigie.mail m where m.status = 'queued'`
  if (mail === undefined || waiting === undefined || waiting.mails === 0) throw new Error('no mails wait')
  return { ...mail, ...waiting }
}

function deliverOptions(batchSize?: number) {
  return {
    sender: { name: 'Platform', address: 'noreply@platform.example' },
    platformUrl: 'https://platform.example',
    signal: new AbortController().signal,
    makeLeaseId: randomUUID,
    nowMs: () => performance.now(),
    concurrency,
    ...(batchSize && { batchSize }),
  }
}

/** Returns the time for as many mails as the loop sends: what became digests was less to send. */
async function deliverAll(given: Context, port: number, mails: number): Promise<number> {
  const transport = openSmtp({ host: '127.0.0.1', port, isSecure: false, login: null }, { maxConnections: connections })
  try {
    let sent = 0
    const ms = await measureMs(async () => {
      for (let leased = 1; leased > 0; ) {
        const delivery = await deliverMails(given, transport, deliverOptions())
        leased = delivery.leased
        sent += delivery.sent
      }
    })
    if (sent === 0) throw new Error('no mail was delivered')
    return (ms * mails) / sent
  } finally {
    transport.close()
  }
}

async function sendBare(port: number, { subject, text, html }: SampleMail, mails: number): Promise<number> {
  const pool = createTransport({ pool: true, host: '127.0.0.1', port, maxConnections: connections })
  try {
    let next = 0
    const send = async () => {
      for (next += 1; next <= mails; next += 1) {
        await pool.sendMail({
          from: { name: 'Platform', address: 'noreply@platform.example' },
          to: `owner-${next}@example.com`,
          subject,
          text,
          html,
        })
      }
    }
    return await measureMs(() => Promise.all(Array.from({ length: concurrency }, send)))
  } finally {
    pool.close()
  }
}
