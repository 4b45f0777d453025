/** Without case and accents, so that "reglages" finds "Réglages". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** Whether each word of the query begins one of the text. An empty query matches everything. */
export function matchesWords(query: string, text: string): boolean {
  const words = plain(text)
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
  return plain(query)
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)))
}
