import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliverMails } from '../../../core/mail/deliver.ts'
import { readLinkKey } from '../../../core/owners-link/write-links.ts'
import { createRows } from '../../database/testing/platform-rows.ts'
import { sweepNow } from '../../database/testing/sweep-now.ts'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { openSmtp } from '../../mail/smtp.ts'
import { startSmtpServer } from '../../mail/testing/smtp-server.ts'
import { fetchRaw } from './testing/fetch-raw.ts'
import { startGatewayFixture } from './testing/gateway-fixture.ts'

const database = await createTestDatabase({ maxConnections: 8 })
const { sql } = database
const rows = createRows(sql)
const publicUrl = 'https://vigie.example/owners'
const taken: { readonly to: string; readonly text: string; readonly html: string }[] = []
const logged: unknown[] = []
let gateway: Awaited<ReturnType<typeof startGatewayFixture>>
let smtp: Awaited<ReturnType<typeof startSmtpServer>>

beforeAll(async () => {
  gateway = await startGatewayFixture(database, { isForwardAuth: false, publicUrl })
  smtp = await startSmtpServer({
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const { text = '', html = '' } = await PostalMime.parse(Buffer.concat(chunks))
        taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', text, html })
        done()
      })
    },
  })
  await sql`update vigie.policy set mails_per_minute = 10000`
})
afterAll(async () => {
  await smtp.close()
  await gateway.part.stop()
})

async function deliver(isLinked = true) {
  const transport = openSmtp({ host: '127.0.0.1', port: smtp.port, isSecure: false, login: null })
  const keep = (fields: unknown, message: string) => void logged.push(fields, message)
  const context = { ...database, log: { info: keep, warn: keep, error: keep } }
  try {
    await deliverMails(context, transport, {
      sender: { name: 'Platform', address: 'noreply@platform.example' },
      platformUrl: 'https://app.example',
      linkWriter: isLinked ? { key: await readLinkKey(sql), publicUrl } : null,
      signal: new AbortController().signal,
      makeLeaseId: randomUUID,
      nowMs: () => performance.now(),
    })
  } finally {
    transport.close()
  }
}

/** Puts projects of a new owner to sleep and delivers their mails. */
async function fallAsleep({ count = 1, owners = [`${randomUUID()}@example.com`], isLinked = true } = {}) {
  const team = await rows.team({ owners })
  const projects: string[] = []
  for (let n = 0; n < count; n += 1) {
    const hostname = `${randomUUID()}.example`
    projects.push(await rows.project({ team, lastTraffic: { days: 9 }, domains: [{ hostname, status: 'active' }] }))
  }
  await sweepNow(database)
  await deliver(isLinked)
  const mails = taken.filter(({ to }) => owners.includes(to))
  const paths = mails.flatMap(({ text }) => linksIn(text).map((link) => new URL(link).pathname))
  return { team, owners, projects, mails, paths, project: projects[0] ?? '', path: paths[0] ?? '' }
}

const linksIn = (text: string) => [...new Set(text.match(/https:\/\/vigie\.example\/owners\/wake\/[\w.-]+/g) ?? [])]
const open = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
  fetchRaw(gateway.port, { path, method, headers: { Host: 'vigie.example', ...headers } })
const statusOf = async (projectId: string) => {
  const [row] = await sql<{ status: string }[]>`select status from project where id = ${projectId}`
  return row?.status
}

describe('the mail of a project that was put to sleep', () => {
  it('carries a link, in both its parts, that nobody but its recipient ever sees', async () => {
    const { mails, path, owners } = await fallAsleep()
    expect(mails).toHaveLength(1)
    const [link = ''] = linksIn(mails[0]?.text ?? '')
    expect(mails[0]?.html).toContain(`href="${link}"`)
    const token = path.slice(path.lastIndexOf('/') + 1)
    const stored = await sql`select to_jsonb(m)::text as row from vigie.mail m where m.address = ${owners[0] ?? ''}`
    expect(String(stored[0]?.row)).toContain(`${publicUrl}/wake/…`)
    const [, , , , signature = ''] = token.split('.')
    expect(signature).toHaveLength(43)
    for (const text of [JSON.stringify([...stored]), JSON.stringify(logged), JSON.stringify(gateway.lines)]) {
      expect(text).not.toContain(signature)
    }
  })

  it('carries one for each project of a digest', async () => {
    const { mails, paths, projects } = await fallAsleep({ count: 5 })
    expect(mails).toHaveLength(1)
    expect(paths).toHaveLength(5)
    expect(new Set(paths.map((path) => path.split('/').at(-1)?.split('.')[0]))).toEqual(new Set(projects))
    const [kept] = await sql`
      select body_text || body_html as bodies from vigie.mail where template = 'project-disabled-digest'`
    expect(String(kept?.bodies)).not.toMatch(/wake\/[0-9a-f]/)
  })

  it('carries each owner’s own', async () => {
    const { paths } = await fallAsleep({ owners: ['one@links.example', 'two@links.example'] })
    expect(new Set(paths).size).toBe(2)
  })

  it('carries none for whoever may not wake it, and none from an agent without a public address', async () => {
    const creator = await rows.user('creator@links.example')
    const team = await rows.team({ owners: [] })
    await sql`update team set created_by_user_id = ${creator} where id = ${team}`
    await rows.project({ team, lastTraffic: { days: 9 } })
    await sweepNow(database)
    await deliver()
    const mail = taken.find(({ to }) => to === 'creator@links.example')
    expect(mail?.text).toContain('was put to sleep')
    expect(mail?.text).not.toContain('/wake/')
    const plain = await fallAsleep({ isLinked: false })
    expect(plain.mails).toHaveLength(1)
    expect(plain.paths).toEqual([])
  })
})

describe('the page of a link', () => {
  it('asks, and changes nothing: neither a scanner that follows links nor one that looks at heads wakes a project', async () => {
    const { path, project } = await fallAsleep()
    for (const method of ['GET', 'HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const { status, headers } = await open(path, method)
      expect([method, status]).toEqual([method, method === 'GET' || method === 'HEAD' ? 200 : 405])
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    }
    expect(await statusOf(project)).toBe('inactive')
    const { body, headers } = await open(path, 'GET', { 'Accept-Language': 'fr' })
    expect(body).toContain('<form method="post"><button type="submit">Réactiver</button></form>')
    expect(headers['content-security-policy']).toContain("form-action 'self'")
  })

  it('wakes the project when it is told to, once, and says what came back', async () => {
    const { path, project } = await fallAsleep()
    const done = await open(path, 'POST')
    expect(done.status).toBe(200)
    expect(done.body).toContain('is active again')
    expect(done.body).toContain('1 custom domain was switched on again.')
    expect(await statusOf(project)).toBe('active')
    expect(await open(path, 'POST')).toMatchObject({ status: 409 })
    expect((await open(path)).body).toContain('This project is not asleep')
    const [row] = await sql`select reactivation_count as count from project where id = ${project}`
    expect(row).toEqual({ count: 1 })
  })

  it('says plainly why it does nothing', async () => {
    const { path, project, team } = await fallAsleep()
    const expectRefusal = async (status: number, text: string) => {
      for (const method of ['GET', 'POST']) {
        const answer = await open(path, method)
        expect([method, answer.status, answer.body.includes(text)]).toEqual([method, status, true])
      }
    }
    await sql`update team_member set role = 'member' where team_id = ${team}`
    await expectRefusal(403, 'no longer yours to use')
    await sql`update project set deactivated_at = deactivated_at + interval '1 microsecond' where id = ${project}`
    await expectRefusal(410, 'was used already')
    await sql`update project set status = 'permanently_disabled' where id = ${project}`
    await expectRefusal(410, 'permanently disabled')
    await sql`update project set status = 'deleted' where id = ${project}`
    await expectRefusal(404, 'This project is gone')
  })

  it('knows none of what was guessed, cut off or put together, and says nothing of any project', async () => {
    const one = await fallAsleep()
    const other = await fallAsleep()
    const token = one.path.slice('/owners/wake/'.length)
    const [projectId = '', ...rest] = token.split('.')
    const forged = [
      '',
      'x',
      token.slice(0, -1),
      `${token}=`,
      [other.project, ...rest].join('.'),
      [projectId, '1', ...rest.slice(1)].join('.'),
      token.toUpperCase(),
      `../wake/${token}`,
      'a'.repeat(10_240),
      '%00',
      "' or 1=1 --".replaceAll(' ', '%20'),
    ]
    for (const text of forged) {
      for (const method of ['GET', 'POST']) {
        const { status, body } = await open(`/owners/wake/${text}`, method)
        expect([text, method, status, body.includes('This is no valid link')]).toEqual([text, method, 404, true])
      }
    }
    expect(await statusOf(one.project)).toBe('inactive')
    expect(await statusOf(other.project)).toBe('inactive')
  })

  it('is found at the public address alone', async () => {
    const { path, project } = await fallAsleep()
    const elsewhere = await open(path, 'POST', { Host: 'evil.example' })
    expect(elsewhere).toMatchObject({ status: 404, body: 'Nothing is here.\n' })
    expect((await open(path.replace('/owners', ''), 'POST')).status).toBe(404)
    expect(await statusOf(project)).toBe('inactive')
  })

  it('of many answers at the same time one wakes it', async () => {
    const { path, project } = await fallAsleep()
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(path, 'POST')))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 409)])
    expect(await statusOf(project)).toBe('active')
  })
})
