import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { VigieError } from '../../core/errors.ts'
import { isMailAddress } from '../../core/mail/address.ts'
import { type Delivery, deliverMails } from '../../core/mail/deliver.ts'
import { cancelMail, type MailStatus, mailStatuses, retryMail, retryMails } from '../../core/mail/outbox.ts'
import { sendTestMails } from '../../core/mail/send-test-mails.ts'
import { listMails, type MailRow } from '../../core/queries/mails.ts'
import type { App } from '../app.ts'
import { type Answer, exitCodes, lines, printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp } from './session.ts'
import { oneOf, wholeNumber, wordOf } from './words.ts'

const readMailId = wholeNumber('The number of a mail', 1, 999_999_999_999_999)
const readAddress = wordOf('The recipient', 'a mail address', (text) => (isMailAddress(text) ? text : undefined))

/** `mail list|retry|cancel|deliver|test`. */
export function addMailCommands(program: Command, handle: Handle, process: Process): void {
  const mail = program.command('mail').description('the mails that Vigie sends')

  handle(
    mail
      .command('list')
      .description('list mails, latest first')
      .option('--status <status>', `of one status: ${mailStatuses.join(', ')}`, oneOf('A status', mailStatuses))
      .option('--limit <number>', 'how many at most', wholeNumber('The limit', 1, 500), 100),
    async (command) => {
      const { status, limit } = command.opts<{ status?: MailStatus; limit: number }>()
      const { mails } = await withApp(process, (app) =>
        listMails(app.sql, { status: status ?? null, before: null, limit }),
      )
      return { json: { mails }, text: mails.length === 0 ? 'No mails.' : mails.map(describeMail).join('\n') }
    },
  )

  handle(
    mail
      .command('retry')
      .description('send again what was refused or given up')
      .argument('[mail id]', 'one mail', readMailId)
      .option('--failed', 'all that were refused')
      .option('--dead', 'all that were given up'),
    async (command) => {
      const [mailId] = command.processedArgs as [number | undefined]
      const flags = command.opts<{ failed?: boolean; dead?: boolean }>()
      const statuses = (['failed', 'dead'] as const).filter((status) => flags[status] === true)
      if (statuses.length > 0 === (mailId !== undefined)) {
        throw new VigieError('USAGE', 'Name either one mail, or --failed, --dead or both.')
      }
      const retried = await withApp(process, async (app) => {
        if (mailId === undefined) return retryMails(app.sql, statuses)
        await retryMail(app.sql, mailId)
        return 1
      })
      return { json: { retried }, text: `Mails that wait again: ${retried}.` }
    },
  )

  handle(
    mail.command('cancel').description('cancel a mail that waits').argument('<mail id>', 'which', readMailId),
    async (command) => {
      const [mailId] = command.processedArgs as [number]
      await withApp(process, (app) => cancelMail(app.sql, mailId))
      return { json: { mailId, status: 'cancelled' }, text: `Mail ${mailId} was cancelled.` }
    },
  )

  handle(
    mail
      .command('deliver')
      .description('deliver what waits, and end')
      .requiredOption('--once', 'until nothing more is due'),
    () => withApp(process, (app) => deliverAll(app, process.signal), { endsItself: true }),
  )

  handle(
    mail
      .command('test')
      .description('send both mails of a sweep with sample data, and say what the server answered')
      .requiredOption('--to <address>', 'to whom', readAddress),
    (command) => withApp(process, (app) => sendTest(app, command.opts<{ to: string }>().to)),
  )
}

const counted = ['sent', 'failed', 'retried', 'dead', 'cancelled', 'digested'] as const

async function deliverAll(app: App, signal: AbortSignal): Promise<Answer> {
  const { sender, platformUrl, transport, target } = app.mailer
  const total = { sent: 0, failed: 0, retried: 0, dead: 0, cancelled: 0, digested: 0 }
  let pass: Delivery
  do {
    pass = await deliverMails(app, transport, {
      sender,
      platformUrl,
      signal,
      makeLeaseId: randomUUID,
      nowMs: () => performance.now(),
    })
    for (const key of counted) total[key] += pass[key]
  } while (pass.leased > 0 && pass.stoppedBy === null && !pass.isServerAway && !signal.aborted)
  const { stoppedBy, isServerAway } = pass
  const report = { ...total, stoppedBy, isServerAway, target }
  const text = lines([
    ['Sent', report.sent],
    ['Refused for good', report.failed],
    ['Tried again later', report.retried],
    ['Given up', report.dead],
    ['Cancelled, no longer true', report.cancelled],
    ['Told by digests', report.digested],
    [target.kind === 'smtp' ? 'Server' : 'Folder', target.label],
    ...(isServerAway ? ([['Stopped', 'the server does not take mails now']] as const) : []),
    ...(stoppedBy === null ? [] : ([['Stopped', stopWords[stoppedBy]]] as const)),
  ])
  const hasFailed = isServerAway || report.failed + report.dead > 0
  // Whoever asks for the end after the last mail has got all of it.
  const isCancelled = signal.aborted && pass.leased > 0
  return {
    json: report,
    text,
    exitCode: isCancelled ? exitCodes.cancelled : hasFailed ? exitCodes.failed : exitCodes.done,
  }
}

const stopWords = {
  pause: 'mail is paused',
  gap: 'a gap waits for somebody to look at it',
  rate: 'the rate of this minute is used up',
} as const

async function sendTest(app: App, to: string): Promise<Answer> {
  const { transport, sender, platformUrl, target } = app.mailer
  const mails = await sendTestMails(app.sql, transport, { to, sender, platformUrl, testId: randomUUID() })
  const isRefused = mails.some((mail) => mail.kind === 'refused')
  return {
    json: { to, target, mails },
    text: lines([
      [target.kind === 'smtp' ? 'Server' : 'Folder', target.label],
      ...mails.map((mail): [string, string] => [mail.template, `${mail.kind}: ${mail.message}`]),
    ]),
    exitCode: isRefused ? exitCodes.failed : exitCodes.done,
  }
}

function describeMail(mail: MailRow): string {
  const about = mail.projectName === null ? mail.template : `${mail.template}  ${printable(mail.projectName)}`
  const answer = mail.answer === null ? '' : `  ${printable(mail.answer.message)}`
  return `${mail.id}  ${mail.createdAt}  ${mail.status}  ${printable(mail.address)}  ${about}${answer}`
}
