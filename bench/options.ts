import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly projects: number
  /** Whether the plans of the slowest pages and searches are printed to stderr. */
  readonly isExplaining: boolean
}

export const usage = 'usage: npm run bench -- [--projects N] [--explain]   (N: 1,000 or more; default 1,000,000)'

/** Reads the command line; null when it can't be understood. */
export function readOptions(argv: readonly string[]): BenchOptions | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { projects: { type: 'string', default: '1000000' }, explain: { type: 'boolean', default: false } },
    })
    const projects = Number(values.projects)
    return Number.isInteger(projects) && projects >= 1_000 ? { projects, isExplaining: values.explain } : null
  } catch {
    // parseArgs throws on unknown options only.
    return null
  }
}
