import Docker from 'dockerode'
import type { ContainerEngine, EngineAnswer, EngineProblem, InspectAnswer } from '../../../core/containers/engine.ts'
import type { DockerHost } from './docker-host.ts'

export interface DockerEngineOptions {
  /** For a container to end by itself before it is killed. */
  readonly stopTimeoutSeconds?: number
  /** For any answer, beyond the time that a stop may take. */
  readonly answerTimeoutMs?: number
}

/** An engine as it is reached on a machine. */
export interface DockerEngine extends ContainerEngine {
  /** Which version it says it is. Null: it does not say, as behind a proxy that does not let this pass. */
  readonly readVersion: (signal: AbortSignal) => Promise<string | null>
}

const pingTimeoutMs = 5_000

/** The Docker Engine API, as Docker and podman serve it, also behind a filtering proxy. */
export function createDockerEngine(host: DockerHost, options: DockerEngineOptions = {}): DockerEngine {
  const { stopTimeoutSeconds = 10, answerTimeoutMs = 15_000 } = options
  // All places are named: for what is missing dockerode would look into the environment.
  const timeout = stopTimeoutSeconds * 1000 + answerTimeoutMs
  const docker = new Docker({ host: undefined, port: undefined, socketPath: undefined, ...host, timeout })

  return {
    ping: async (signal) => {
      const answer = await within(pingTimeoutMs, signal, () => docker.ping())
      if (answer.kind === 'done') return null
      // An engine that does not even answer this in time answers nothing.
      const isSpeechless = answer.kind === 'gone' || answer.code === 'ENGINE_TIMEOUT'
      return isSpeechless ? problems.ENGINE_AWAY : answer
    },
    readVersion: async (signal) => {
      let version: unknown
      await within(pingTimeoutMs, signal, async () => {
        version = (await docker.version()).Version
      })
      return typeof version === 'string' ? version : null
    },
    inspect: async (containerId, signal) => {
      let labels: Readonly<Record<string, string>> = {}
      const answer = await within(answerTimeoutMs, signal, async (abortSignal) => {
        const { Config } = await docker.getContainer(containerId).inspect({ abortSignal })
        labels = Config.Labels ?? {}
      })
      return answer.kind === 'done' ? ({ kind: 'found', labels } satisfies InspectAnswer) : answer
    },
    start: (containerId, signal) =>
      within(answerTimeoutMs, signal, (abortSignal) => docker.getContainer(containerId).start({ abortSignal })),
    stop: (containerId, signal) =>
      within(timeout, signal, (abortSignal) =>
        docker.getContainer(containerId).stop({ t: stopTimeoutSeconds, abortSignal }),
      ),
    remove: (containerId, signal) =>
      within(answerTimeoutMs, signal, (abortSignal) =>
        docker.getContainer(containerId).remove({ v: false, force: false, abortSignal }),
      ),
  }
}

/** Asks, and gives up when there is no answer in time or nobody wants it any more. */
async function within(
  timeoutMs: number,
  signal: AbortSignal,
  ask: (abortSignal: AbortSignal) => Promise<unknown>,
): Promise<EngineAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const ended = AbortSignal.any([signal, timeout])
  const givingUp = new Promise<never>((_resolve, reject) => {
    ended.addEventListener('abort', () => reject(ended.reason), { once: true })
  })
  try {
    ended.throwIfAborted()
    await Promise.race([ask(ended), givingUp])
    return { kind: 'done' }
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', ...problems.STOPPED }
    if (timeout.aborted) return { kind: 'failed', ...problems.ENGINE_TIMEOUT }
    return answerOf(error)
  }
}

const problems = {
  ENGINE_AWAY: {
    code: 'ENGINE_AWAY',
    message: 'The container engine can’t be reached. Check that it runs and that DOCKER_HOST is right.',
  },
  ENGINE_REFUSED: {
    code: 'ENGINE_REFUSED',
    message: 'The container engine does not allow this. Let its proxy pass containers and POST (and DELETE to remove).',
  },
  ENGINE_TIMEOUT: { code: 'ENGINE_TIMEOUT', message: 'The container engine did not answer in time.' },
  ENGINE_CONFLICT: { code: 'ENGINE_CONFLICT', message: 'The container engine is busy with this container.' },
  STOPPED: { code: 'STOPPED', message: 'Vigie ended before the container engine answered.' },
} as const satisfies Record<string, EngineProblem>

/** What a failed call means. The engine's own words are dropped: they may quote what a container was started with. */
function answerOf(error: unknown): EngineAnswer {
  const status = numberIn(error, 'statusCode')
  if (status === null) return { kind: 'failed', ...problems.ENGINE_AWAY }
  // Started already, or stopped already.
  if (status === 304) return { kind: 'done' }
  if (status === 404) return { kind: 'gone' }
  if (status === 401 || status === 403 || status === 405) return { kind: 'failed', ...problems.ENGINE_REFUSED }
  if (status === 409) return { kind: 'failed', ...problems.ENGINE_CONFLICT }
  // A proxy before an engine that is away.
  if (status === 502 || status === 503 || status === 504) return { kind: 'failed', ...problems.ENGINE_AWAY }
  return {
    kind: 'failed',
    code: 'ENGINE_FAILED',
    message: `The container engine failed with status ${status}. Its own log says why.`,
  }
}

function numberIn(error: unknown, key: string): number | null {
  if (typeof error !== 'object' || error === null) return null
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'number' ? value : null
}
