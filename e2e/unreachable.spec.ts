import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { chromium, expect } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.mjs'
import { test } from './fixtures.ts'
import { startConsole } from './vigie.ts'

/** A platform's database behind a door that can be shut: what is cut is cut, what knocks is refused. */
async function openDoor(socketPath: string) {
  const sockets = new Set<Socket>()
  let server: Server
  let port = 0
  const open = async () => {
    server = createServer((client) => {
      const database = connect(socketPath)
      for (const socket of [client, database]) {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          sockets.delete(socket)
          client.destroy()
          database.destroy()
        })
      }
      client.pipe(database).pipe(client)
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address !== null) port = address.port
  }
  await open()
  return {
    url: () => `postgresql://vigie@127.0.0.1:${port}/vigie?sslmode=disable`,
    open,
    async shut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

test('a platform’s database that is away is said in one sentence, and the console goes on when it is back', async ({
  folder,
  vigie: _vigie,
  entry,
}) => {
  test.skip(entry === 'desktop', 'It needs a console of its own.')
  const [, , , pgPort = '', socketDir = ''] = (
    await readFile(path.join(folder.dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  ).split('\n')
  const door = await openDoor(`${socketDir}/.s.PGSQL.${pgPort}`)
  await door.shut()
  const console_ = await startConsole({ PATH: process.env.PATH ?? '', DATABASE_URL: door.url() })
  const browser = await chromium.launch({
    executablePath: findBrowser(process.env, process.platform) ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const page = await browser.newPage({ locale: 'en-GB' })
  await page.goto(console_.url)
  await expect(page.getByRole('alert')).toContainText('DATABASE_UNREACHABLE')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await page.getByRole('alert').textContent()).not.toMatch(/\bat .*\.js/)

  await door.open()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('projects in all')).toBeVisible()

  await door.shut()
  // Nobody asked for anything: the light goes out by itself.
  await expect(page.getByText('Live', { exact: true })).toBeHidden({ timeout: 15_000 })
  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await expect(
    page.getByText(/can.t be reached|connection .* was lost|does not answer|No connection/i).first(),
  ).toBeVisible()
  await door.open()
  await expect(page.getByRole('row').nth(1)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 })
  await browser.close()
  await console_.stop()
  await door.shut()
})
