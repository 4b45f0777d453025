import { VigieError } from '../../core/errors.ts'
import { printable } from './answer.ts'

/**
 * Reads a word of the command line, or refuses it by its name and by what it must be: commander’s own refusal speaks of
 * its arguments and not of the user’s. `read` returns undefined for what is none. Errors: USAGE.
 */
export function wordOf<T>(name: string, rule: string, read: (text: string) => T | undefined): (text: string) => T {
  return (text) => {
    const value = read(text)
    if (value !== undefined) return value
    throw new VigieError('USAGE', `${name} can’t be “${printable(text.slice(0, 64))}”: it is ${rule}.`)
  }
}

export function wholeNumber(name: string, min: number, max: number): (text: string) => number {
  return wordOf(name, `a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : -1
    return value >= min && value <= max ? value : undefined
  })
}

export function oneOf<T extends string>(name: string, choices: readonly T[]): (text: string) => T {
  return wordOf(name, `one of ${choices.join(', ')}`, (text) => choices.find((choice) => choice === text))
}
