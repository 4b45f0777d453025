import { appOrigin } from './origin.ts'

interface Frame {
  readonly origin: string
  readonly parent: object | null
  readonly detached: boolean
}

/**
 * Whether a message comes from our page: the main frame of our own window, still there, at exactly our origin. A frame
 * that is gone is not to be trusted. Everything that reaches the main process passes here.
 */
export function isTrustedSender(
  event: { readonly sender: object; readonly senderFrame: Frame | null },
  contents: object,
): boolean {
  const { sender, senderFrame: frame } = event
  return sender === contents && frame !== null && frame.parent === null && !frame.detached && frame.origin === appOrigin
}
