import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseAddress } from '../config.ts'
import { openPool } from '../database/connect.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../database/embedded/embedded.ts'
import { hasCluster } from '../database/embedded/private-folder.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { launchBrowser, showPage } from './testing/desktop-page.ts'
import { type DesktopProcess, type DesktopWorkbench, makeDesktopWorkbench } from './testing/desktop-process.ts'

/* The choice of a database: the built desktop with its page in a real browser, and a PostgreSQL that asks for a password. */

const password = 'canary-4f1c-password'
const wrongPassword = 'canary-wrong-password'

let bench: DesktopWorkbench
let browser: Browser
let server: EmbeddedDatabase
let address: DatabaseAddress

beforeAll(async () => {
  bench = await makeDesktopWorkbench()
  browser = await launchBrowser()
  server = await openEmbeddedDatabase({ dataDir: bench.newPath(), transport: 'loopback', mayCreateUser: false })
  const { connection } = server
  address = { ...connection, password: connection.password, sslMode: 'disable' }
  const admin = openPool({ address, origin: testOrigin, maxConnections: 1, statementTimeoutMs: 0 })
  await admin.unsafe(`create role operator login superuser password '${password}'`)
  await admin.unsafe('create role stranger login')
  await admin.unsafe(`alter role stranger password '${password}'`)
  await admin.unsafe('create database platform')
  await admin.unsafe('create database bare')
  await admin.end()
  const pool = openPool({
    address: { ...address, database: 'platform' },
    origin: testOrigin,
    maxConnections: 2,
    statementTimeoutMs: 0,
  })
  await migrate(pool, { log: silentLog, wantsSample: false })
  await pool.end()
})

afterAll(async () => {
  await browser.close()
  await server.stop()
  await bench.remove()
})

const patience = { timeout: 60_000, interval: 50 }

interface Opened {
  readonly desktop: DesktopProcess
  readonly page: Page
  readonly errors: string[]
}

async function open(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const desktop = bench.start({ VIGIE_DATA_DIR: dataDir, ...env })
  const errors: string[] = []
  const page = await showPage(desktop, browser, errors)
  page.setDefaultTimeout(patience.timeout)
  return { desktop, page, errors }
}

/** Ends the desktop in order and returns all that it wrote to standard error. */
async function close({ desktop, page, errors }: Opened): Promise<string> {
  expect(errors).toEqual([])
  // What the page still asks for is answered before the desktop ends.
  await page.unrouteAll({ behavior: 'wait' })
  await page.context().close()
  await desktop.ask('quit').catch(() => undefined)
  const [exitCode, errorOutput] = await desktop.exited
  expect(exitCode).toBe(0)
  return errorOutput
}

const first = (page: Page) => page.getByRole('heading', { name: 'Where should Vigie look?' })
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

async function fill(page: Page, values: Readonly<Record<string, string>> = {}): Promise<void> {
  const typed = {
    'Hostname or address': address.host,
    Port: String(address.port),
    Database: 'platform',
    User: 'operator',
    Password: password,
    ...values,
  }
  for (const [name, value] of Object.entries(typed)) await field(page, name).fill(value)
  await field(page, 'Encryption (TLS)').selectOption('disable')
}

async function look(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // axe-core is put into each document by evaluating it, which the page's content policy does not concern.
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes])).toEqual([])
  }
}

describe('a first start', () => {
  let opened: Opened
  let dataDir: string

  beforeAll(async () => {
    dataDir = bench.newPath()
    opened = await open(dataDir)
  })

  it('asks before anything is started', async () => {
    const { page } = opened
    await first(page).waitFor()
    expect(await hasCluster(dataDir)).toBe(false)
    await expect(readFile(join(dataDir, 'settings.json'))).rejects.toThrow('ENOENT')
    await look(page)
  })

  it('says what is wrong where it is typed, and puts the cursor there', async () => {
    const { page } = opened
    await field(page, 'Hostname or address').fill('postgres://db.example')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('Only the hostname or address').waitFor()
    expect(await field(page, 'Hostname or address').evaluate((input) => input === document.activeElement)).toBe(true)
    await field(page, 'Hostname or address').fill('db.example')
    await field(page, 'Encryption (TLS)').selectOption('disable')
    await page.getByText('Unencrypted only to this machine').waitFor()
    await look(page)
  })

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a wrong password', { Password: wrongPassword }, 'The server refused the password.'],
    ['a user that is not there', { User: 'nobody' }, 'The server refused the password.'],
    ['a database that is not there', { Database: 'nowhere' }, 'The server has no database of this name.'],
    ['a port where nobody is', { Port: '1' }, 'The machine refused the connection at this port.'],
    ['a user without rights', { User: 'stranger' }, 'This user may not read'],
  ])('tells of %s in a sentence, and keeps what was typed', async (_what, values, sentence) => {
    const { page } = opened
    await fill(page, values)
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText(sentence).waitFor()
    for (const [name, value] of Object.entries(values)) expect(await field(page, name).inputValue()).toBe(value)
    expect(await page.getByRole('button', { name: 'Use this database' }).count()).toBe(0)
  })

  it('tells of a server without TLS, and of a hostname that nobody knows', async () => {
    const { page } = opened
    await fill(page)
    await field(page, 'Encryption (TLS)').selectOption('verify-full')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('The server broke off when encryption was to begin.').waitFor()
    await field(page, 'Hostname or address').fill('nowhere.invalid')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('Nobody knows this hostname.').waitFor()
    await look(page)
  })

  it('names the level of an empty database', async () => {
    const { page } = opened
    await fill(page, { Database: 'bare' })
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('The database is empty').waitFor()
  })

  it('tests by keyboard, tells what it found, and loses nothing by another language', async () => {
    const { page } = opened
    await fill(page)
    await field(page, 'Password').press('Enter')
    await page.getByText('The connection works').waitFor()
    await page.getByText(/^PostgreSQL \d[^ ]* answers\.$/).waitFor()
    await page.getByText('ready for this Vigie').waitFor()
    await page.getByText('It takes changes.').waitFor()
    await page.getByText('Its clock agrees').waitFor()
    await look(page)
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByText('La connexion fonctionne').waitFor()
    expect(await field(page, 'Mot de passe').inputValue()).toBe(password)
    await look(page)
    await page.getByRole('button', { name: 'English' }).click()
  })

  it('opens what was tested, and keeps it without the password in clear', async () => {
    const { page } = opened
    await page.getByRole('button', { name: 'Use this database' }).click()
    await page.getByRole('link', { name: 'Projects', exact: true }).waitFor()
    await page.getByText(`platform @ ${address.host}:${address.port}`).waitFor()
    const settings = await readFile(join(dataDir, 'settings.json'), 'utf8')
    expect(JSON.parse(settings)).toMatchObject({
      connection: { kind: 'platform', user: 'operator', database: 'platform', sealedPassword: expect.any(String) },
    })
    const log = await close(opened)
    for (const text of [settings, log]) {
      expect(text).not.toContain(password)
      expect(text).not.toContain(wrongPassword)
    }
    expect(await hasCluster(dataDir)).toBe(false)
  })

  it('is followed by starts that go on with it; the menu leads back, and the sample takes its place', async () => {
    opened = await open(dataDir)
    const { desktop, page } = opened
    await page.getByText(`platform @ ${address.host}:${address.port}`).waitFor()
    await desktop.ask('clickMenu', 'Change the Connection…')
    // The double shows no page by itself: what the menu asked for is shown here.
    await page.evaluate(() => window.location.assign('#/connection'))
    await page.getByRole('heading', { name: 'Change the connection' }).waitFor()
    expect(await field(page, 'Database').inputValue()).toBe('platform')
    expect(await field(page, 'Password').inputValue()).toBe('')
    await look(page)
    await page.getByRole('button', { name: 'Use the sample data' }).click()
    await page.getByText('Embedded database').waitFor()
    expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toContain('"sample"')
    expect(await close(opened)).not.toContain('could not be ended in order')
  })

  it('and the sample is gone on with as well', async () => {
    opened = await open(dataDir)
    await opened.page.getByText('Embedded database').waitFor()
    await close(opened)
  })
})

describe('without a keyring', () => {
  it('the password is kept in no file and asked for again', async () => {
    const dataDir = bench.newPath()
    const env = { ELECTRON_DOUBLE_KEYRING: 'basic_text' }
    let opened = await open(dataDir, env)
    await opened.page.getByText('This system has no keyring').waitFor()
    await fill(opened.page)
    await field(opened.page, 'Password').press('Enter')
    await opened.page.getByRole('button', { name: 'Use this database' }).click()
    await opened.page.getByText(`platform @ ${address.host}:${address.port}`).waitFor()
    const settings = await readFile(join(dataDir, 'settings.json'), 'utf8')
    expect(JSON.parse(settings)).toMatchObject({ connection: { hasPassword: true, sealedPassword: null } })
    expect(await close(opened)).not.toContain(password)

    opened = await open(dataDir, env)
    await opened.page.getByRole('heading', { name: 'The password is needed again' }).waitFor()
    expect(await field(opened.page, 'User').inputValue()).toBe('operator')
    await close(opened)
  })
})

it('a database in the environment is not asked about, and the menu offers no other', async () => {
  const url = `postgresql://operator:${password}@${address.host}:${address.port}/platform?sslmode=disable`
  const opened = await open(bench.newPath(), { DATABASE_URL: url })
  await opened.page.getByText(`platform @ ${address.host}:${address.port}`).waitFor()
  await expect
    .poll(async () => (await opened.desktop.ask('inspect')).menuLabels, patience)
    .not.toContain('Change the Connection…')
  expect(await close(opened)).not.toContain(password)
})
