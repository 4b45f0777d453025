import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import {
  askedLanguage,
  type Language,
  type LanguageChoice,
  localeOf,
  readLanguageChoice,
  resolveLanguage,
} from './choose-language.ts'
import { en, type Words } from './en.ts'
import { createFormats, type Formats } from './formats.ts'
import { fr } from './fr.ts'

const dictionaries: Record<Language, Words> = { en, fr }
const storageKey = 'vigie.language'

interface LanguageContext {
  readonly language: Language
  readonly choice: LanguageChoice
  readonly words: Words
  readonly formats: Formats
  /** Kept for the next time. */
  readonly setLanguage: (choice: LanguageChoice) => void
}

const Context = createContext<LanguageContext | null>(null)

/** Gives the words of the language that was chosen once, else of the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(firstChoice)
  const system = useSyncExternalStore(subscribeToSystem, readSystem)
  const tags = useMemo(() => system.split(' '), [system])
  const language = resolveLanguage(choice, tags)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo(
    () => ({
      language,
      choice,
      words: dictionaries[language],
      formats: createFormats(localeOf(language, tags)),
      setLanguage(next: LanguageChoice) {
        keepChoice(next)
        setChoice(next)
      },
    }),
    [language, choice, tags],
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

/** `?lang=fr` in the address wins and is kept; then what was kept; then the system's. */
function firstChoice(): LanguageChoice {
  const asked = askedLanguage(window.location.search + window.location.hash)
  if (asked !== undefined) keepChoice(asked)
  return asked ?? readLanguageChoice(window.localStorage.getItem(storageKey))
}

function keepChoice(choice: LanguageChoice): void {
  if (choice === 'system') window.localStorage.removeItem(storageKey)
  else window.localStorage.setItem(storageKey, choice)
}

/** As text: browsers may make a new array for each look. */
function readSystem(): string {
  return navigator.languages.join(' ')
}

function subscribeToSystem(listener: () => void): () => void {
  window.addEventListener('languagechange', listener)
  return () => window.removeEventListener('languagechange', listener)
}
