import type { TrafficDay } from '../../core/queries/project-traffic.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'

/** What a chart of hits shows, in sentences. */
export function summariseTraffic(
  days: readonly TrafficDay[],
  words: Words['traffic'],
  formats: Pick<Formats, 'day'>,
): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const visited = days.filter(({ hits }) => hits > 0)
  const excluded = sum(days.map((day) => day.excluded))
  const [first, ...rest] = visited
  const most = rest.reduce((best, day) => (best !== undefined && day.hits > best.hits ? day : best), first)
  return [
    words.total(sum(visited.map(({ hits }) => hits)), visited.length, days.length),
    ...(most === undefined ? [] : [words.most(most.hits, formats.day(most.day))]),
    ...(excluded === 0 ? [] : [words.excludedToo(excluded)]),
  ].join(' ')
}
