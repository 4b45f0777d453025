/** What a client would rather have, by its headers Accept and Accept-Language (RFC 9110, 12.5). */
export type Language = 'en' | 'fr'

/** How much of a header is looked at: what comes after is no browser's. */
const maxHeaderLength = 1_000

/** French if it is preferred to English; English for everybody else. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 }
  for (const { name, quality } of readPreferences(acceptLanguage)) {
    const [primary] = name.split('-')
    if ((primary === 'fr' || primary === 'en') && quality > best.quality) best = { language: primary, quality }
  }
  return best.language
}

/**
 * Whether it asks for a page: it names HTML, as browsers do. Programs that take anything (`Accept` with stars alone, or none)
 * get problem+json, which says the same in fields.
 */
export function wantsPage(accept: string | undefined): boolean {
  let page = 0
  let data = 0
  for (const { name, quality } of readPreferences(accept)) {
    if (name === 'text/html' || name === 'application/xhtml+xml') page = Math.max(page, quality)
    if (name === 'application/json' || name === 'application/problem+json') data = Math.max(data, quality)
  }
  return page > 0 && page >= data
}

interface Preference {
  readonly name: string
  readonly quality: number
}

function readPreferences(header: string | undefined): Preference[] {
  if (header === undefined) return []
  return header
    .slice(0, maxHeaderLength)
    .toLowerCase()
    .split(',')
    .map((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
      const quality = weight === undefined ? 1 : /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0
      return { name, quality }
    })
}
