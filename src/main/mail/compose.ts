import type { SendMailOptions } from 'nodemailer'
import type { OutgoingMail } from '../../core/mail/transport.ts'

/** A mail as nodemailer takes it. Addresses go as objects: text would be parsed, and could name somebody else. */
export function composeMail(mail: OutgoingMail): SendMailOptions {
  return {
    messageId: `<${mail.messageId}>`,
    from: { name: mail.from.name, address: mail.from.address },
    to: { name: '', address: mail.to },
    envelope: { from: mail.from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // RFC 3834, 5: no vacation notices in return.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
