import { startSmtpServer } from '../../mail/testing/smtp-server.ts'

export interface TakenMail {
  readonly messageId: string
  readonly to: string
}

/**
 * A real SMTP server that takes everything and remembers nothing but Message-IDs and recipients, in the order in which it
 * took responsibility. Its answer may come a moment later.
 */
export async function startRecordingSmtpServer({ answerAfterMs = 0 }: { answerAfterMs?: number } = {}) {
  const taken: TakenMail[] = []
  const server = await startSmtpServer({
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.setEncoding('latin1')
      stream.on('data', (chunk: string) => {
        text += chunk
      })
      stream.on('end', () => {
        const messageId = /^message-id:\s*<([^>]+)>/im.exec(text)?.[1] ?? ''
        taken.push({ messageId, to: session.envelope.rcptTo[0]?.address ?? '' })
        if (answerAfterMs === 0) done()
        else setTimeout(done, answerAfterMs)
      })
    },
  })
  return { port: server.port, taken, close: server.close }
}

/** What an agent needs to know to send there. */
export function smtpEnv(port: number): Record<string, string> {
  return {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    EMAIL_SENDER_NAME: 'Platform',
    EMAIL_SENDER_ADDRESS: 'noreply@platform.example',
    APP_HOSTNAME: 'platform.example',
  }
}
