import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postalMime from 'postal-mime'
import { expect, it } from 'vitest'
import { openCapture } from './capture.ts'

it('without a server, a mail becomes a file that mail programs open, the same one at each attempt', async () => {
  const base = await mkdtemp(path.join(tmpdir(), 'vigie-mails-'))
  try {
    const folder = path.join(base, 'data', 'mails')
    const capture = openCapture(folder)
    const mail = {
      messageId: 'vigie.12@vigie.invalid',
      from: { name: 'Vigie', address: 'vigie@vigie.invalid' },
      to: 'owner@example.com',
      subject: 'Été 🦉',
      text: 'Texte',
      html: '<p>Texte</p>',
    }
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const file = path.join(folder, 'vigie.12.eml')
      expect(await capture.send(mail)).toEqual({ kind: 'accepted', code: 'CAPTURED', message: `Captured as ${file}.` })
    }
    expect(await readdir(folder)).toEqual(['vigie.12.eml'])
    const parsed = await postalMime.parse(await readFile(path.join(folder, 'vigie.12.eml')))
    expect(parsed).toMatchObject({
      subject: 'Été 🦉',
      messageId: '<vigie.12@vigie.invalid>',
      html: expect.stringContaining('Texte'),
    })
    expect((await stat(path.join(folder, 'vigie.12.eml'))).mode & 0o077).toBe(0)
  } finally {
    await rm(base, { recursive: true })
  }
})
