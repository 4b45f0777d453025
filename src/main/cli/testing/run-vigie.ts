import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'

export const builtCli = path.resolve('out/main/cli.js')

export interface VigieResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as the one JSON object that it must be; throws if it is not. */
  readonly json: () => Record<string, unknown>
}

/** Starts the built command line; the environment holds nothing but what is given and PATH. */
export function startVigie(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  return spawn(process.execPath, [builtCli, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: [input, 'pipe', 'pipe'],
  })
}

/** Runs the built command line to its end. */
export async function runVigie(args: readonly string[], env: Readonly<Record<string, string>>): Promise<VigieResult> {
  return readVigie(startVigie(args, env))
}

/** Reads all that a started command line says. */
export async function readVigie(child: ChildProcess): Promise<VigieResult> {
  if (child.stdout === null || child.stderr === null) throw new Error('its output is not piped')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { exitCode: child.exitCode, stdout, stderr, json: () => parseOnlyObject(stdout) }
}

function parseOnlyObject(stdout: string): Record<string, unknown> {
  const value: unknown = JSON.parse(stdout)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a JSON object')
  return { ...value }
}
