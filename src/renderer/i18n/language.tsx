import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en, type Words } from './en.ts'
import { createFormats, type Formats } from './formats.ts'
import { fr } from './fr.ts'

export type Language = 'en' | 'fr'

const dictionaries: Record<Language, Words> = { en, fr }
const storageKey = 'vigie.language'

interface LanguageContext {
  readonly language: Language
  readonly words: Words
  readonly formats: Formats
  readonly setLanguage: (language: Language) => void
}

const Context = createContext<LanguageContext | null>(null)

/** Gives the words of the language that was chosen once, else of the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chosenLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo(
    () => ({
      language,
      words: dictionaries[language],
      formats: createFormats(localeOf(language, navigator.languages)),
      setLanguage(next: Language) {
        window.localStorage.setItem(storageKey, next)
        setLanguage(next)
      },
    }),
    [language],
  )
  return <Context value={value}>{children}</Context>
}

/** All that the console says, in the reader's language. */
export function useWords(): Words {
  return useLanguage().words
}

/** Numbers and times in the reader's language. */
export function useFormats(): Formats {
  return useLanguage().formats
}

export function useLanguage(): LanguageContext {
  const context = useContext(Context)
  if (context === null) throw new Error('there is no LanguageProvider around this')
  return context
}

/** `?lang=fr` in the address (before or after the `#`) wins and is kept; then what was kept; then the browser's. */
function chosenLanguage(): Language {
  const asked = /[?&]lang=(en|fr)\b/.exec(window.location.search + window.location.hash)?.[1]
  if (asked !== undefined) window.localStorage.setItem(storageKey, asked)
  const kept = asked ?? window.localStorage.getItem(storageKey)
  if (kept === 'en' || kept === 'fr') return kept
  const first = navigator.languages.find((tag) => /^(en|fr)\b/i.test(tag)) ?? 'en'
  return /^fr\b/i.test(first) ? 'fr' : 'en'
}

/** The reader's own region of that language, else the European one: 24 hours, day before month. */
export function localeOf(language: Language, tags: readonly string[]): string {
  const own = tags.find((tag) => tag.toLowerCase().startsWith(`${language}-`))
  return own ?? { en: 'en-GB', fr: 'fr-FR' }[language]
}
