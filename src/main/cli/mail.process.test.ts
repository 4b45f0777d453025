import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPool, type Pool } from '../database/connect.ts'
import { startTemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { startSmtpServer } from '../mail/testing/smtp-server.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: Awaited<ReturnType<typeof startTemporaryCluster>>
let sql: Pool
let server: Awaited<ReturnType<typeof startSmtpServer>>
let dataDir: string
let env: Record<string, string>

const vigie = (...args: string[]) => runVigie([...args, '--json'], env)

beforeAll(async () => {
  cluster = await startTemporaryCluster()
  const { host, port, user, database } = cluster.connection
  const address = { ...cluster.connection, password: cluster.connection.password, sslMode: 'disable' as const }
  sql = openPool({ address, origin: testOrigin, maxConnections: 2, statementTimeoutMs: 0 })
  await migrate(sql, { log: silentLog, wantsSample: false })
  server = await startSmtpServer()
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-mail-'))
  env = {
    DATABASE_URL: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    VIGIE_DATA_DIR: dataDir,
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    EMAIL_SENDER_ADDRESS: 'noreply@platform.example',
    APP_HOSTNAME: 'app.example',
  }
})

afterAll(async () => {
  await server?.close()
  await sql?.end()
  await cluster?.stop()
  if (dataDir) await rm(dataDir, { recursive: true })
})

it('mail test sends both mails and says what the server answered', async () => {
  const sent = await vigie('mail', 'test', '--to', 'owner@example.com')
  expect([sent.json(), sent.exitCode]).toMatchObject([
    {
      to: 'owner@example.com',
      target: { kind: 'smtp', label: `127.0.0.1:${server.port}` },
      mails: [
        { template: 'project-disabled', kind: 'accepted', code: '250' },
        { template: 'project-permanently-disabled', kind: 'accepted', code: '250' },
      ],
    },
    0,
  ])
  expect(server.received.map(({ mail }) => mail.subject)).toEqual([
    expect.stringContaining('put to sleep'),
    expect.stringContaining('permanently disabled'),
  ])
  const refused = await vigie('mail', 'test', '--to', 'unknown@example.com')
  expect([refused.json(), refused.exitCode]).toMatchObject([
    { mails: [{ kind: 'refused', code: '550', message: '550 5.1.1 no such user here', isPermanent: true }, {}] },
    1,
  ])
  const nobody = await vigie('mail', 'test', '--to', 'nobody')
  expect([nobody.json(), nobody.exitCode]).toMatchObject([{ error: { code: 'USAGE' } }, 2])
})

it('mail list, deliver, retry and cancel work on the outbox', async () => {
  const rows = createRows(sql)
  for (const owner of ['owner@example.com', 'unknown@example.com', 'full@example.com']) {
    await rows.project({ team: await rows.team({ owners: [owner] }), lastTraffic: { days: 9 } })
  }
  await vigie('sweep')
  const queued = (await vigie('mail', 'list', '--status', 'queued')).json().mails
  expect(queued).toHaveLength(3)
  const delivered = await vigie('mail', 'deliver', '--once')
  expect([delivered.json(), delivered.exitCode]).toMatchObject([{ sent: 1, failed: 1, retried: 1, stoppedBy: null }, 1])
  const [failed] = (await vigie('mail', 'list', '--status', 'failed')).json().mails as { id: number; answer: object }[]
  expect(failed).toMatchObject({ answer: { code: '550' } })
  expect((await vigie('mail', 'retry', String(failed?.id))).json()).toEqual({ retried: 1 })
  expect((await vigie('mail', 'cancel', String(failed?.id))).json()).toMatchObject({ status: 'cancelled' })
  const again = await vigie('mail', 'cancel', String(failed?.id))
  expect([again.json(), again.exitCode]).toMatchObject([
    { error: { code: 'MAIL_NOT_WAITING', status: 'cancelled' } },
    3,
  ])
  await sql`update vigie.mail set status = 'failed', ended_at = now() where id = ${failed?.id ?? 0}`
  expect((await vigie('mail', 'retry', '--dead')).json()).toEqual({ retried: 0 })
  expect((await vigie('mail', 'retry', '--failed', '--dead')).json()).toEqual({ retried: 1 })
  const both = await vigie('mail', 'retry', '1', '--dead')
  expect([both.json(), both.exitCode]).toMatchObject([{ error: { code: 'USAGE' } }, 2])
})

it('without a server, mails become files of the data folder', async () => {
  const { SMTP_URL: _url, ...rest } = env
  const test = await runVigie(['mail', 'test', '--to', 'owner@example.com', '--json'], rest)
  expect(test.json()).toMatchObject({
    target: { kind: 'capture' },
    mails: [{ code: 'CAPTURED' }, { code: 'CAPTURED' }],
  })
  const files = await readdir(path.join(dataDir, 'mails'))
  expect(files).toHaveLength(2)
  expect(await readFile(path.join(dataDir, 'mails', files[0] ?? ''), 'utf8')).toContain('To: owner@example.com')
})

it('a wrong server is said in its own words', async () => {
  const away = await runVigie(['mail', 'test', '--to', 'owner@example.com', '--json'], {
    ...env,
    SMTP_URL: 'smtp://127.0.0.1:1',
  })
  expect([away.json(), away.exitCode]).toMatchObject([
    { mails: [{ kind: 'refused', isServerAway: true, message: expect.stringContaining('ECONNREFUSED') }, {}] },
    1,
  ])
  const wrong = await runVigie(['mail', 'test', '--to', 'owner@example.com', '--json'], {
    ...env,
    SMTP_URL: 'nonsense',
  })
  expect([wrong.json(), wrong.exitCode]).toMatchObject([{ error: { code: 'CONFIG_INVALID' } }, 2])
})
