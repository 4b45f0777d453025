import type { App } from '../app.ts'
import { createSender } from '../mail/sender.ts'
import type { Part } from './part.ts'

/** The delivery of mails, as a part. */
export function createMailPart(app: App): Part & { readonly name: 'mail' } {
  const sender = createSender(app)
  return { name: 'mail', start: () => sender.start(), stop: () => sender.stop() }
}
