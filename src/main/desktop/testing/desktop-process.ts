import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import type { Commands, DoubleEvent, DoubleMessage } from './double-messages.ts'

/** What `npm test` has built. */
const entry = resolve('out/main/index.js')

type Answer<N extends keyof Commands> = Awaited<ReturnType<Commands[N]>>

/** The built desktop in a process of its own, with the double in place of Electron. */
export interface DesktopProcess {
  readonly ask: <N extends keyof Commands>(name: N, ...args: Parameters<Commands[N]>) => Promise<Answer<N>>
  /** The next event of a kind, from those that nobody has taken yet. */
  readonly nextEvent: <K extends DoubleEvent['kind']>(kind: K) => Promise<DoubleEvent & { kind: K }>
  /** Called for every message to the page. */
  readonly onSend: (listener: (channel: string, args: readonly unknown[]) => void) => void
  readonly signal: (signal: NodeJS.Signals) => void
  /** The exit code; what it wrote to standard error is in the second place. */
  readonly exited: Promise<readonly [exitCode: number | null, errorOutput: string]>
}

export interface DesktopWorkbench {
  /** A path in a folder that every user may pass through, where nothing is yet. */
  readonly newPath: () => string
  /** A data folder whose person has chosen the sample already. */
  readonly newDataDir: () => Promise<string>
  /** Starts with this environment alone beside PATH and HOME. */
  readonly start: (env: Readonly<Record<string, string>>) => DesktopProcess
  /** Ends what still runs and removes everything. */
  readonly remove: () => Promise<void>
}

export async function makeDesktopWorkbench(): Promise<DesktopWorkbench> {
  await access(entry).catch(() => {
    throw new Error('There is no out/main/index.js: run "npm run build" first.')
  })
  const root = await mkdtemp(join(tmpdir(), 'vigie-desktop-'))
  await chmod(root, 0o755)
  const preparation = await bundleDouble(root)
  const children: ChildProcess[] = []
  let paths = 0
  const newPath = () => join(root, `data-${++paths}`)
  return {
    newPath,
    async newDataDir() {
      const dataDir = newPath()
      await mkdir(dataDir, { mode: 0o755 })
      await writeFile(join(dataDir, 'settings.json'), '{ "connection": { "kind": "sample" } }')
      return dataDir
    },
    start(env) {
      const { PATH = '', HOME = root } = process.env
      const child = fork(entry, {
        env: { PATH, HOME, ...env },
        execArgv: ['--import', preparation],
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      })
      children.push(child)
      return converse(child)
    },
    async remove() {
      await Promise.all(children.map(endProcess))
      await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Bundles the double and returns a module that puts it in the place of `electron`. */
async function bundleDouble(root: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'electron-double.ts'),
      outDir: root,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'electron.mjs' } },
    },
  })
  const url = pathToFileURL(join(root, 'electron.mjs')).href
  const hook = `export const resolve = (name, context, next) =>
    name === 'electron' ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(name, context)`
  return dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))})`)
}

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`
}

function converse(child: ChildProcess): DesktopProcess {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  const untaken: DoubleEvent[] = []
  const takers = new Map<() => void, (error: Error) => void>()
  const sendListeners = new Set<(channel: string, args: readonly unknown[]) => void>()
  let lastId = 0

  child.on('message', (message: DoubleMessage) => {
    if (message.kind === 'answer') waiting.get(message.id)?.resolve(message.value)
    else if (message.kind === 'failure') waiting.get(message.id)?.reject(new Error(message.message))
    else if (message.kind === 'send') for (const listener of sendListeners) listener(message.channel, message.args)
    else {
      untaken.push(message)
      for (const take of takers.keys()) take()
    }
  })
  const { stderr } = child
  if (stderr === null) throw new Error('The process has no standard error.')
  const exited = Promise.all([once(child, 'exit').then(([exitCode]: number[]) => exitCode ?? null), text(stderr)])
  exited.then(([exitCode, errorOutput]) => {
    const error = new Error(`The desktop ended with exit code ${exitCode}. ${errorOutput}`)
    for (const { reject } of waiting.values()) reject(error)
    for (const reject of takers.values()) reject(error)
  })

  return {
    ask: (name, ...args) =>
      new Promise((resolveAnswer, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve: resolveAnswer, reject })
        child.send({ id: lastId, name, args }, (error) => error && reject(error))
      }),
    nextEvent: (kind) =>
      new Promise((resolveEvent, reject) => {
        const take = () => {
          const index = untaken.findIndex((event) => event.kind === kind)
          const [event] = index < 0 ? [] : untaken.splice(index, 1)
          if (event === undefined || !isOfKind(event, kind)) return
          takers.delete(take)
          resolveEvent(event)
        }
        takers.set(take, reject)
        take()
      }),
    onSend: (listener) => sendListeners.add(listener),
    signal: (signal) => child.kill(signal),
    exited,
  }
}

function isOfKind<K extends DoubleEvent['kind']>(event: DoubleEvent, kind: K): event is DoubleEvent & { kind: K } {
  return event.kind === kind
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
