import { z } from 'zod'
import type { Context } from '../core/context.ts'
import { VigieError } from '../core/errors.ts'
import { isMailAddress } from '../core/mail/address.ts'
import { messageIdOf } from '../core/mail/message-id.ts'
import type { Hold } from '../core/sweep/holds.ts'
import { tellHold } from '../core/sweep/tell-hold.ts'
import type { Mailer } from './mail/open-mailer.ts'

/** Who is told of what can't wait. Null: nobody. */
export interface AlertConfig {
  /** `ALERT_EMAIL` */
  readonly email: string | null
  /** `ALERT_WEBHOOK`: gets a POST with JSON. */
  readonly webhook: string | null
}

export interface Alerts {
  /**
   * Tells of the sweep that is held, once. Where nobody is configured, that is left to a process that knows whom to tell.
   * Never throws: what could not be told is logged, and the hold is on every page anyway.
   */
  readonly tellHeld: () => Promise<void>
}

const webhookTimeoutMs = 10_000

/** Errors: CONFIG_INVALID, naming the variable and never its value. */
export function readAlertConfig(env: Readonly<Record<string, string | undefined>>): AlertConfig {
  const email = (env.ALERT_EMAIL ?? '').trim()
  if (email !== '' && !isMailAddress(email)) {
    throw new VigieError('CONFIG_INVALID', 'ALERT_EMAIL is no mail address. Correct it and start again.')
  }
  const webhook = (env.ALERT_WEBHOOK ?? '').trim()
  if (webhook !== '' && !z.url({ protocol: /^https?$/ }).safeParse(webhook).success) {
    throw new VigieError('CONFIG_INVALID', 'ALERT_WEBHOOK is no address like https://hooks.example/x. Correct it.')
  }
  return { email: email || null, webhook: webhook || null }
}

export interface AlertWays {
  readonly mailer: Pick<Mailer, 'transport' | 'sender'>
  readonly fetch: typeof globalThis.fetch
}

/** Alerts over the mailer and `fetch`. */
export function createAlerts(context: Context, config: AlertConfig, { mailer, fetch }: AlertWays): Alerts {
  const { log } = context
  const { email, webhook } = config
  const mail = async (to: string, hold: Hold) => {
    const { subject, text } = describe(hold)
    const answer = await mailer.transport.send({
      messageId: messageIdOf(`hold-${hold.id}`, mailer.sender.address),
      from: mailer.sender,
      to,
      subject,
      text,
      html: `<pre>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</pre>`,
    })
    if (answer.kind === 'refused') throw new Error(`${answer.code} ${answer.message}`)
  }
  const post = async (url: string, hold: Hold) => {
    const { id, runId, brakes, deactivated, disabled, expiresAt } = hold
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'hold', holdId: id, runId, brakes, deactivated, disabled, expiresAt }),
      signal: AbortSignal.timeout(webhookTimeoutMs),
    })
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`)
  }
  const orLog = (way: string, telling: Promise<void>, holdId: number) =>
    telling.catch((error: unknown) => {
      log.error({ way, holdId, problem: String(error) }, 'A held sweep could not be told of; it is on every page.')
    })
  return {
    async tellHeld() {
      if (email === null && webhook === null) return
      await tellHold(context, async (hold) => {
        await Promise.all([
          ...(email === null ? [] : [orLog('mail', mail(email, hold), hold.id)]),
          ...(webhook === null ? [] : [orLog('webhook', post(webhook, hold), hold.id)]),
        ])
      })
    },
  }
}

function describe(hold: Hold): { subject: string; text: string } {
  const brakes = hold.brakes.map(({ brake }) => brake).join(', ')
  return {
    subject: `Vigie: sweep ${hold.runId} is held / balayage ${hold.runId} retenu`,
    text: [
      `A sweep was held and nothing was written (${brakes}).`,
      `It would put ${hold.deactivated} projects to sleep and disable ${hold.disabled} for good.`,
      `Look at it in the console, or with “vigie hold show”. It can be released until ${hold.expiresAt}.`,
      '',
      `Un balayage a été retenu et rien n’a été écrit (${brakes}).`,
      `Il mettrait ${hold.deactivated} projets en sommeil et en désactiverait ${hold.disabled} définitivement.`,
      `Examinez-le dans la console, ou avec « vigie hold show ». Il peut être lancé jusqu’au ${hold.expiresAt}.`,
    ].join('\n'),
  }
}
