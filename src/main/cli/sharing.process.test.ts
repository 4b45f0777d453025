import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readVigie, runVigie, startVigie } from './testing/run-vigie.ts'

let folder: string
let env: Readonly<Record<string, string>>
let children: ChildProcess[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-sharing-'))
  // As root the server runs as another user, who has to pass through.
  await chmod(folder, 0o711)
  env = { VIGIE_DATA_DIR: path.join(folder, 'data') }
  children = []
})

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

/** Starts a console and returns it with its address. */
async function startConsole(): Promise<{ child: ChildProcess; url: string }> {
  const child = startVigie(['console', '--no-open'], env)
  children.push(child)
  return { child, url: await nextLine(child, 'stdout', /^http:\/\/127\.0\.0\.1:\d+\/\S+$/) }
}

function nextLine(child: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  const source = child[stream]
  if (source === null) throw new Error(`${stream} is not piped`)
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: source })
    lines.on('line', (line) => pattern.test(line) && resolve(line))
    lines.once('close', () => reject(new Error(`it ended without a line like ${pattern}`)))
  })
}

it('when the owner of the embedded database is killed, another console takes over', async () => {
  const owner = await startConsole()
  const other = await startConsole()
  const takenOver = nextLine(other.child, 'stderr', /started again/)
  owner.child.kill('SIGKILL')
  await takenOver
  expect((await runVigie(['stats', '--json'], env)).json()).toMatchObject({ total: 1_200 })
  expect((await fetch(other.url)).status).toBe(200)
})

it('when the owner ends, a command line says so in one sentence', async () => {
  await runVigie(['migrate', '--json'], env)
  const owner = await startConsole()
  const command = startVigie(['sample', '--projects', '200000', '--json'], env)
  children.push(command)
  const result = readVigie(command)
  // It reports its progress on standard error: it is in the middle of it.
  await nextLine(command, 'stderr', /Inventing/)
  owner.child.kill('SIGKILL')
  const { json, exitCode, stderr } = await result
  expect([json(), exitCode]).toMatchObject([{ error: { code: 'EMBEDDED_DATABASE_ENDED' } }, 1])
  expect(stderr).not.toMatch(/^\s+at /m)
  expect((await runVigie(['stats', '--json'], env)).json()).toMatchObject({ total: 0 })
})

it('SIGTERM ends a console, its server and its database at once', async () => {
  const { child, url } = await startConsole()
  child.kill('SIGTERM')
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(0)
  await expect(fetch(url)).rejects.toThrow()
})
