/** A mail as a server gets it. */
export interface OutgoingMail {
  /** Without angle brackets; the same at each attempt. */
  readonly messageId: string
  readonly from: MailSender
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailSender {
  readonly name: string
  readonly address: string
}

/** What became of one attempt; `code` and `message` are the server's own, or the system's. */
export type MailAnswer =
  | { readonly kind: 'accepted'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'refused'
      /** It makes no sense to try again. */
      readonly isPermanent: boolean
      /** The server could not be reached or lets nobody in: other mails would fare no better now. */
      readonly isServerAway: boolean
      readonly code: string
      readonly message: string
    }

/** The way out. An adapter of main/mail, or a double in tests. `send` never throws for what a server says. */
export interface MailTransport {
  readonly send: (mail: OutgoingMail) => Promise<MailAnswer>
}
