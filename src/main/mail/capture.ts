import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { composeMail } from './compose.ts'
import type { ClosableTransport } from './smtp.ts'

/** In place of a server: each mail becomes a file `<name>.eml` of the folder, which is made when it is first needed. */
export function openCapture(folder: string): ClosableTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { message } = await composer.sendMail(composeMail(mail))
      const name = `${mail.messageId.replace(/@.*$/, '').replace(/[^\w.-]/g, '_')}.eml`
      const file = path.join(folder, name)
      // Whole or not at all, whoever looks on.
      await writeFile(`${file}.part`, message, { mode: 0o600 })
      await rename(`${file}.part`, file)
      return { kind: 'accepted', code: 'CAPTURED', message: `Captured as ${file}.` }
    },
    close: () => {},
  }
}
