import { readVersion } from '../version.ts'
import { digestFunctions } from './scripts.ts'

/** What the record of migrations keeps of the functions: their digest, and the version of the program that made them. */
export function describeFunctions(): string {
  return `${digestFunctions()} ${readVersion()}`
}

/**
 * Whether a program can work with the functions that a database has, by what is on record of both: they are its own, or
 * those of a later version, since the release before works on each schema. Pure. A record without a version is an old one.
 */
export function canWorkWith(recorded: string | null, own: string): boolean {
  const [digest, version = '0'] = (recorded ?? '').split(' ')
  const [ownDigest, ownVersion = '0'] = own.split(' ')
  return digest === ownDigest || isLater(version, ownVersion)
}

/** Of versions like 1.10.2. */
function isLater(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number))
  for (const [index, number] of (left ?? []).entries()) {
    const other = right?.[index] ?? 0
    if (number !== other) return number > other
  }
  return false
}
