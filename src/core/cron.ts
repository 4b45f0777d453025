/**
 * Cron expressions of five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Each is a
 * list of `*`, numbers and ranges, the latter two of which may have a step: what node-schedule, POSIX and everybody agree on.
 */
interface Field {
  readonly name: string
  readonly min: number
  readonly max: number
}

const fields: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of the week', min: 0, max: 7 },
]

/** The most days that each month may have. */
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** What is wrong with an expression, to be put after its name ("has no valid hour …"); null: nothing, and it fires. */
export function cronProblem(expression: string): string | null {
  const texts = expression.trim().split(/\s+/)
  if (texts.length !== fields.length) {
    return 'must have five fields: minute, hour, day of the month, month, day of the week'
  }
  const values = fields.map((field, index) => parseField(texts[index] ?? '', field))
  const wrong = fields.find((_, index) => values[index] === null)
  if (wrong !== undefined) return `has no valid ${wrong.name} (${wrong.min} to ${wrong.max}, *, lists, ranges, steps)`
  const [, , days, months] = values
  // With a day of the week too, either of the two days is enough.
  if (texts[2] === '*' || texts[4] !== '*' || !days || !months) return null
  const fires = months.some((month) => days.some((day) => day <= (monthDays[month - 1] ?? 0)))
  return fires ? null : 'never comes: none of these months has such a day'
}

/** The values of a field; null if it is none. */
function parseField(text: string, field: Field): number[] | null {
  const values: number[] = []
  for (const part of text.split(',')) {
    const range = parseRange(part, field)
    if (range === null) return null
    values.push(...range)
  }
  return values
}

function parseRange(text: string, { min, max }: Field): number[] | null {
  const match = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text)
  if (match === null) return null
  const [, star, first, last, step] = match
  // A step of one number means different things to different programs.
  if (step !== undefined && star === undefined && last === undefined) return null
  const from = star === undefined ? Number(first) : min
  const to = star === undefined ? Number(last ?? first) : max
  const by = Number(step ?? 1)
  if (from < min || to > max || from > to || by < 1) return null
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
}
