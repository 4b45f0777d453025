import os from 'node:os'
import path from 'node:path'
import type { MailSender, MailTransport } from '../../core/mail/transport.ts'
import { defaultDataDir } from '../database/embedded/embedded.ts'
import { openCapture } from './capture.ts'
import type { MailConfig } from './mail-config.ts'
import { openSmtp } from './smtp.ts'

/** The way out for mails, as it is configured. */
export interface Mailer {
  readonly transport: MailTransport
  readonly sender: MailSender
  readonly platformUrl: string | null
  /** Where mails go, in words that may be shown: the server's name, or the folder. */
  readonly target: { readonly kind: 'smtp' | 'capture'; readonly label: string }
  /** Breaks off what is under way. */
  readonly close: () => void
}

/** Opens it; a server is first spoken to when a mail is sent. */
export function openMailer(config: MailConfig, env: Readonly<Record<string, string | undefined>>): Mailer {
  const { smtp, sender, platformUrl } = config
  if (smtp !== null) {
    const transport = openSmtp(smtp)
    const target = { kind: 'smtp', label: `${smtp.host}:${smtp.port}` } as const
    return { transport, sender, platformUrl, target, close: transport.close }
  }
  const dataDir = defaultDataDir(env, process.platform, os.homedir(), process.getuid?.() === 0)
  const folder = path.join(dataDir, 'mails')
  const transport = openCapture(folder)
  return { transport, sender, platformUrl, target: { kind: 'capture', label: folder }, close: transport.close }
}
