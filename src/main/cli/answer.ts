import { databaseErrorOf } from '../../core/database-error.ts'
import { type ErrorShape, errorClasses, VigieError } from '../../core/errors.ts'

/** The exit codes of the command line (README, Command line). */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, held: 4, cancelled: 130 } as const

/** How a run ended, as an exit code. */
export const outcomeCodes = {
  done: exitCodes.done,
  partial: exitCodes.failed,
  failed: exitCodes.failed,
  cancelled: exitCodes.cancelled,
  held: exitCodes.held,
} as const

/** What a command says: one JSON object, or a few lines for people. */
export interface Answer {
  /** Left out by a command that has answered already. */
  readonly json?: object
  readonly text: string
  readonly exitCode?: number
}

/** Any error as an answer: a sentence, its code, and the exit code of its class; never a stack. */
export function answerError(error: unknown): Required<Answer> {
  const shape: ErrorShape = error instanceof VigieError ? error.toShape() : foreign(error)
  const { code, message, details } = shape
  return {
    json: { error: { code, message, ...details } },
    text: `${message} (${code})`,
    exitCode: exitCodes[errorClasses[code]],
  }
}

function foreign(error: unknown): ErrorShape {
  const { code, message } = databaseErrorOf(error)
  return { code, message }
}

/** Names and values in two aligned columns. */
export function lines(rows: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${printable(String(value))}`).join('\n')
}

/** Text of customers, safe for a terminal: no control characters, no change of writing direction. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
