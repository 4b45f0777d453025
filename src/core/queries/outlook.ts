import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { type ForecastNight, readForecast } from './forecast.ts'
import { type IdleDays, readIdleDays } from './idle-days.ts'
import { readNow } from './projects.ts'

/** The figures of the overview that look at every project there is, and when they were read. */
export interface Outlook {
  readonly readAt: Instant
  readonly idle: IdleDays
  readonly forecast: readonly ForecastNight[]
}

/** Reads them one after the other, so that they hold one connection of the few that a desktop has. */
export async function readOutlook(sql: Database): Promise<Outlook> {
  const readAt = await readNow(sql)
  const idle = await readIdleDays(sql)
  const forecast = await readForecast(sql)
  return { readAt, idle, forecast }
}
