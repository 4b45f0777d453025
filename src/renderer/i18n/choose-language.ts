export type Language = 'en' | 'fr'

/** What the reader chose; `system`: whatever the browser or the desktop speaks. */
export type LanguageChoice = Language | 'system'

export const languageChoices = ['system', 'en', 'fr'] as const satisfies readonly LanguageChoice[]

/** What was kept of an earlier choice; anything else than a language follows the system. */
export function readLanguageChoice(kept: string | null): LanguageChoice {
  return kept === 'en' || kept === 'fr' ? kept : 'system'
}

/** The first of the reader's languages (BCP 47 tags, the dearest first) that the console speaks; else English. */
export function resolveLanguage(choice: LanguageChoice, tags: readonly string[]): Language {
  if (choice !== 'system') return choice
  const first = tags.find((tag) => /^(en|fr)\b/i.test(tag)) ?? 'en'
  return /^fr\b/i.test(first) ? 'fr' : 'en'
}

/** The reader's own region of that language, else the European one: 24 hours, day before month. */
export function localeOf(language: Language, tags: readonly string[]): string {
  const own = tags.find((tag) => tag.toLowerCase().startsWith(`${language}-`))
  return own ?? { en: 'en-GB', fr: 'fr-FR' }[language]
}

/** The language that an address asks for by `?lang=fr`, before or after its `#`. */
export function askedLanguage(address: string): Language | undefined {
  const asked = /[?&]lang=(en|fr)\b/.exec(address)?.[1]
  return asked === 'en' || asked === 'fr' ? asked : undefined
}
