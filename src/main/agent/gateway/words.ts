import type { Language } from './negotiate.ts'
import { wordsEn } from './words-en.ts'
import { wordsFr } from './words-fr.ts'

/** The English words, any text in their place. */
export type Words = Widen<typeof wordsEn>

type Widen<Value> = Value extends string
  ? string
  : Value extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof Value]: Widen<Value[Key]> }

export const words: Readonly<Record<Language, Words>> = { en: wordsEn, fr: wordsFr }
