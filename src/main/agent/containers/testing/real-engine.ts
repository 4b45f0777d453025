import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import Docker from 'dockerode'

const run = promisify(execFile)
const script = path.resolve('scripts/container-engine')

/** Why there can be no real engine here; null: there can. */
export function whyNoEngine(): string | null {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'this is no Debian'
  return process.getuid?.() === 0 ? null : 'it needs root'
}

export interface ContainerOrder {
  readonly labels?: Readonly<Record<string, string>>
  /** In its environment, where no trace of it may leave it. */
  readonly secret?: string
  /** An unnamed volume at /data, as images declare them. */
  readonly hasVolume?: boolean
  /** It ignores the request to end. */
  readonly isStubborn?: boolean
  /** It is a web server on this port of loopback, whose page is its text. */
  readonly site?: { readonly port: number; readonly text: string }
}

const sleepUntilTold = 'trap "exit 0" TERM; while true; do busybox sleep 0.1; done'

/** It ends at once when it is told to, as the first process of a container. */
function serveUntilTold({ port, text }: { port: number; text: string }): string {
  const page = `busybox mkdir /site; echo '${text}' > /site/index.html`
  return `${page}; trap "exit 0" TERM; busybox httpd -f -p 127.0.0.1:${port} -h /site & wait`
}

/** A real container engine of a test's own (scripts/container-engine), with its images and containers. */
export async function startRealEngine() {
  const dir = await mkdtemp(path.join(tmpdir(), 'vigie-engine-'))
  const tell = async (command: 'start' | 'serve' | 'pause' | 'stop') =>
    (await run(script, [command, dir])).stdout.trim()
  const dockerHost = await tell('start')
  const docker = new Docker({ socketPath: path.join(dir, 'docker.sock') })

  return {
    dockerHost,
    /** The API is away; containers go on. */
    pause: () => tell('pause'),
    serve: () => tell('serve'),

    /** Creates a container that sleeps, or serves a site, starts it, and returns its id. */
    async runSleeper({
      labels = {},
      secret = '',
      hasVolume = false,
      isStubborn = false,
      site,
    }: ContainerOrder = {}): Promise<string> {
      const Ulimits = ['nofile', 'nproc'].map((Name) => ({ Name, Soft: 1024, Hard: 1024 }))
      const container = await docker.createContainer({
        Image: 'localhost/vigie-sleeper',
        // The first process of a container ignores what it has no handler for.
        Cmd: isStubborn ? ['sleep', '600'] : ['sh', '-c', site ? serveUntilTold(site) : sleepUntilTold],
        Env: [`SECRET=${secret}`, 'PATH=/bin'],
        Labels: { ...labels },
        HostConfig: { NetworkMode: 'host', Ulimits },
        ...(hasVolume && { Volumes: { '/data': {} } }),
      })
      await container.start()
      return container.id
    },

    async isRunning(id: string): Promise<boolean> {
      const { State } = await docker.getContainer(id).inspect()
      return State.Running
    },

    async exists(id: string): Promise<boolean> {
      const all = await docker.listContainers({ all: true })
      return all.some(({ Id }) => Id === id)
    },

    /** Of the containers that run. */
    async readRunningLabels(): Promise<Readonly<Record<string, string>>[]> {
      const running = await docker.listContainers()
      return running.map(({ Labels }) => Labels)
    },

    async volumeNames(): Promise<string[]> {
      const { Volumes } = await docker.listVolumes()
      return Volumes.map(({ Name }) => Name)
    },

    stopContainer: (id: string) => docker.getContainer(id).stop({ t: 0 }),
    removeContainer: (id: string) => docker.getContainer(id).remove({ force: true }),

    async close() {
      await tell('stop')
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export type RealEngine = Awaited<ReturnType<typeof startRealEngine>>
