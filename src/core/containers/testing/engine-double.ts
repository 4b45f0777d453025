import type { ContainerEngine, EngineAnswer, EngineProblem } from '../engine.ts'

export interface DoubleContainer {
  isRunning: boolean
  readonly labels: Readonly<Record<string, string>>
  /** What the next calls about it answer instead, until it is taken away. */
  failure?: EngineProblem
  /** Happens while it stops, before the engine answers. */
  whileStopping?: () => Promise<unknown>
}

const done: EngineAnswer = { kind: 'done' }

/** A container engine in memory. The real one is talked to in main/agent/containers/. */
export function createEngineDouble() {
  const containers = new Map<string, DoubleContainer>()
  const calls: string[] = []
  const state: { problem: EngineProblem | null } = { problem: null }

  const about = async (
    call: string,
    id: string,
    act: (container: DoubleContainer) => Promise<EngineAnswer> | EngineAnswer,
  ): Promise<EngineAnswer> => {
    calls.push(`${call} ${id}`)
    const container = containers.get(id)
    const problem = state.problem ?? container?.failure
    if (problem) return { kind: 'failed', ...problem }
    return container === undefined ? { kind: 'gone' } : act(container)
  }

  const engine: ContainerEngine = {
    ping: async () => state.problem,
    inspect: async (id) => {
      const answer = await about('inspect', id, () => done)
      return answer.kind === 'done' ? { kind: 'found', labels: containers.get(id)?.labels ?? {} } : answer
    },
    start: (id) =>
      about('start', id, (container) => {
        container.isRunning = true
        return done
      }),
    stop: (id) =>
      about('stop', id, async (container) => {
        container.isRunning = false
        await container.whileStopping?.()
        return done
      }),
    remove: (id) =>
      about('remove', id, (container) => {
        if (container.isRunning) return { kind: 'failed', code: 'ENGINE_CONFLICT', message: 'It runs.' }
        containers.delete(id)
        return done
      }),
  }
  return { engine, containers, calls, state }
}

/** The platform's labels of a deployment's container. */
export function platformLabels(slug: string, deploymentId: string, deployDomain: string): Record<string, string> {
  return {
    'traefik.enable': 'true',
    [`traefik.http.routers.deployment-${deploymentId}.rule`]: `Host(\`${slug}-id-${deploymentId.slice(0, 7)}.${deployDomain}\`)`,
    [`traefik.http.routers.deployment-${deploymentId}.priority`]: '10',
  }
}
