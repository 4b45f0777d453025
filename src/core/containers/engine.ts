/** What a container engine is asked for. It never rejects: what went wrong is an answer. */
export interface ContainerEngine {
  /** Whether it answers. Null: it does. */
  readonly ping: (signal: AbortSignal) => Promise<EngineProblem | null>
  readonly inspect: (containerId: string, signal: AbortSignal) => Promise<InspectAnswer>
  readonly start: (containerId: string, signal: AbortSignal) => Promise<EngineAnswer>
  /** Asks it to end and kills it after the engine's own time. */
  readonly stop: (containerId: string, signal: AbortSignal) => Promise<EngineAnswer>
  /** Removes one that is stopped, and never a volume. */
  readonly remove: (containerId: string, signal: AbortSignal) => Promise<EngineAnswer>
}

/** Of what an engine tells about a container, the labels alone: the rest holds its environment, with its secrets. */
export type InspectAnswer =
  | { readonly kind: 'found'; readonly labels: Readonly<Record<string, string>> }
  | Exclude<EngineAnswer, { readonly kind: 'done' }>

/** `done`: it is so, since now or before. `gone`: the engine knows no such container. */
export type EngineAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'failed' } & EngineProblem)

export interface EngineProblem {
  readonly code: EngineProblemCode
  /** In Vigie's own words: an engine's may quote what a container was started with. */
  readonly message: string
}

/**
 * `ENGINE_AWAY`, `ENGINE_REFUSED`, `ENGINE_FOREIGN` (it is not the platform's): of the engine as a whole, any other
 * container would meet it too. `ENGINE_TIMEOUT`,
 * `ENGINE_CONFLICT`, `ENGINE_FAILED`: of one container. `STOPPED`: whoever asked no longer wants to know.
 */
export type EngineProblemCode =
  | 'ENGINE_AWAY'
  | 'ENGINE_REFUSED'
  | 'ENGINE_FOREIGN'
  | 'ENGINE_TIMEOUT'
  | 'ENGINE_CONFLICT'
  | 'ENGINE_FAILED'
  | 'STOPPED'

/** Whether the other containers need not be tried now. */
export function isOfEngine({ code }: EngineProblem): boolean {
  return code === 'ENGINE_AWAY' || code === 'ENGINE_REFUSED' || code === 'ENGINE_FOREIGN' || code === 'STOPPED'
}
