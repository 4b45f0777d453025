/** How a language writes numbers and the things that are counted. */
interface Counting {
  /** "2,000". */
  readonly number: (value: number) => string
  /** "1 project", "2,000 projects". */
  readonly count: (value: number, one: string, many: string) => string
}

function createCounting(locale: string, isSingular: (value: number) => boolean): Counting {
  const { format: number } = new Intl.NumberFormat(locale)
  return { number, count: (value, one, many) => `${number(value)} ${isSingular(value) ? one : many}` }
}

export const english = createCounting('en', (value) => value === 1)
export const french = createCounting('fr', (value) => value < 2)
