import pino from 'pino'
import type { Log } from '../core/context.ts'

/** The words of ARCHITECTURE.md for pino's levels. */
const levelWords: Readonly<Record<string, string>> = { info: 'INFO', warn: 'WARNING', error: 'ERROR' }

/** Lines of JSON on standard error: standard output belongs to the answer. */
export function createLog(level: 'info' | 'warn'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: levelWords[label] ?? label.toUpperCase() }) },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
