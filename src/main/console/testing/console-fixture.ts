import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Console, type ConsoleOptions, startConsole } from '../server.ts'
import { type AppDouble, createAppDouble } from './app-double.ts'
import { openRaw, type RawAnswer, type RawRequest, sendRaw } from './raw-request.ts'

/** The consoles of one test file, with a small renderer of their own and a secret beside it. */
export interface ConsoleFixture {
  start(double: AppDouble, options?: Partial<ConsoleOptions>): Promise<Console>
  /** A console that a browser has entered. */
  startEntered(isDatabaseThere: boolean, options?: Partial<ConsoleOptions>): Promise<EnteredConsole>
  stopAll(): Promise<void>
  remove(): Promise<void>
}

interface EnteredConsole {
  readonly double: AppDouble
  readonly served: Console
  readonly cookie: string
  /** Both send the cookie along. */
  send(raw: RawRequest): Promise<RawAnswer>
  open(raw: RawRequest): Promise<IncomingMessage>
}

export const assetPath = '/assets/index-Bx_1-9aZ.js'

export async function createConsoleFixture(): Promise<ConsoleFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-console-'))
  const rendererDir = join(folder, 'renderer')
  await mkdir(join(rendererDir, 'assets'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"secret":true}')
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><html><head><title>Vigie</title></head></html>')
  await writeFile(join(rendererDir, assetPath), 'export {}')
  const running: Console[] = []

  async function start(double: AppDouble, options: Partial<ConsoleOptions> = {}): Promise<Console> {
    const served = await startConsole({ app: double.app, rendererDir, port: 0, ...options })
    running.push(served)
    return served
  }

  return {
    start,
    async startEntered(isDatabaseThere, options) {
      const double = createAppDouble(isDatabaseThere)
      const served = await start(double, options)
      const cookie = await enterConsole(served)
      const withCookie = (raw: RawRequest) => ({ ...raw, headers: { cookie, ...raw.headers } })
      return {
        double,
        served,
        cookie,
        send: (raw) => sendRaw(served.port, withCookie(raw)),
        open: (raw) => openRaw(served.port, withCookie(raw)),
      }
    },
    async stopAll() {
      await Promise.all(running.splice(0).map((served) => served.stop()))
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The cookie that a browser gets for the printed address, seen under this host. */
export async function enterConsole(served: Console, host = `127.0.0.1:${served.port}`): Promise<string> {
  const answer = await sendRaw(served.port, { path: new URL(served.url).pathname, host })
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

export function ownOrigin(served: Console): string {
  return `http://127.0.0.1:${served.port}`
}

/** A call that must not happen by accident: the double counts it. */
export const mutation = { method: 'POST', path: '/trpc/sweeps.start' } as const
