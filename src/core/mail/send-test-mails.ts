import type { Database } from '../context.ts'
import { addDays, type Instant } from '../instant.ts'
import { messageIdOf } from './message-id.ts'
import { readMailSettings } from './read-facts.ts'
import type { MailProject, MailTemplate } from './templates/mail-facts.ts'
import { renderMail } from './templates/render-mail.ts'
import type { MailAnswer, MailSender, MailTransport } from './transport.ts'

export interface TestMailRequest {
  readonly to: string
  readonly sender: MailSender
  readonly platformUrl: string | null
  /** Tells one test from the next in the Message-ID. */
  readonly testId: string
}

export type TestMailResult = { readonly template: MailTemplate } & MailAnswer

/**
 * Sends both mails of a sweep with sample data, one after the other and past the outbox, in the policy's language, and
 * returns what the server said to each.
 */
export async function sendTestMails(
  sql: Database,
  transport: MailTransport,
  request: TestMailRequest,
): Promise<TestMailResult[]> {
  const settings = await readMailSettings(sql, request.platformUrl)
  const [row] = await sql<{ now: Instant; disabledAfterDays: number }[]>`
    select now(), disabled_after_days as "disabledAfterDays" from vigie.policy`
  if (row === undefined) throw new Error('vigie.policy has no row')
  const sample: MailProject = {
    id: 'sample',
    name: 'Sample project',
    teamName: 'Sample team',
    teamSlug: null,
    actedAt: row.now,
    nextStageAt: null,
    isOverdue: false,
  }
  const asleep = { ...sample, nextStageAt: addDays(row.now, row.disabledAfterDays) }
  const results: TestMailResult[] = []
  for (const [template, project] of [
    ['project-disabled', asleep],
    ['project-permanently-disabled', sample],
  ] as const) {
    const answer = await transport.send({
      ...renderMail({ template, projects: [project] }, settings),
      messageId: messageIdOf(`test-${request.testId}-${template}`, request.sender.address),
      from: request.sender,
      to: request.to,
    })
    results.push({ template, ...answer })
  }
  return results
}
