import type { App } from '../app.ts'
import { createSender } from '../mail/sender.ts'
import type { Part } from './part.ts'

/** The delivery of mails, as a part. `publicUrl`: where owners' links lead to; null: mails have none. */
export function createMailPart(app: App, publicUrl: string | null = null): Part & { readonly name: 'mail' } {
  const sender = createSender(app, { publicUrl })
  return { name: 'mail', start: () => sender.start(), stop: () => sender.stop() }
}
