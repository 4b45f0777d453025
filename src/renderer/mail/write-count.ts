import { mailCountLimit } from '../../core/queries/mails.ts'
import type { Words } from '../i18n/en.ts'

/** A count that stopped at its limit says so. */
export function writeCount(mails: number, words: Words['mail'], number: (value: number) => string): string {
  return mails >= mailCountLimit ? words.atLeast(mailCountLimit) : number(mails)
}
