import { beforeEach, describe, expect, it } from 'vitest'
import type { Pool } from '../../main/database/connect.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'

const feeder = '00000000-0000-4000-8000-000000000001'
const { sql } = await createTestDatabase()

beforeEach(() => sql`truncate vigie.intake, vigie.watch_span restart identity`)

async function enrol(source = '/var/log/access.log', by = feeder): Promise<number> {
  const [row] = await sql<{ id: number }[]>`select vigie.enrol_intake('edge-1', 'access_log', ${source}, ${by}) as id`
  return row?.id ?? 0
}

/** Watches from so many minutes ago to so many minutes ago. */
const watch = (intake: number, from: number, to: number) => sql`
  select vigie.extend_watch(${intake}, now() - ${from} * interval '1 minute', now() - ${to} * interval '1 minute')`

/** In minutes before now. */
const spans = (pool: Pool = sql) => pool<{ from: number; to: number }[]>`
  select round(extract(epoch from now() - span_from) / 60)::integer as "from",
    round(extract(epoch from now() - span_to) / 60)::integer as "to"
  from vigie.watch_span order by span_from`

const spells = () => sql<{ from: number; to: number }[]>`
  select round(extract(epoch from now() - spell_from) / 60)::integer as "from",
    round(extract(epoch from now() - spell_to) / 60)::integer as "to"
  from vigie.blind_spells() order by spell_from`

describe('an intake', () => {
  it('is one by machine, kind and source, whoever feeds it', async () => {
    const first = await enrol()
    const other = '00000000-0000-4000-8000-000000000002'
    expect(await enrol('/var/log/access.log', other)).toBe(first)
    expect(await enrol('/var/log/other.log')).not.toBe(first)
    expect(await sql`select feeder from vigie.intake where id = ${first}`).toEqual([{ feeder: other }])
  })

  it('watches on over breaks of up to a minute, and anew after longer ones', async () => {
    const intake = await enrol()
    await watch(intake, 60, 50)
    await watch(intake, 49.5, 40)
    expect(await spans()).toEqual([{ from: 60, to: 40 }])
    await watch(intake, 38, 30)
    expect(await spans()).toEqual([
      { from: 60, to: 40 },
      { from: 38, to: 30 },
    ])
  })

  it('never watches backwards, and never past now', async () => {
    const intake = await enrol()
    await watch(intake, 60, 30)
    await watch(intake, 90, 40)
    expect(await spans()).toEqual([{ from: 60, to: 30 }])
    await watch(intake, 30, -600)
    expect(await spans()).toEqual([{ from: 60, to: 0 }])
    const [row] = await sql<{ isPast: boolean }[]>`
      select covered_until <= clock_timestamp() and flushed_at is not null as "isPast" from vigie.intake`
    expect(row).toEqual({ isPast: true })
  })
})

describe('blind spells', () => {
  it('are none before anybody ever watched', async () => {
    await enrol()
    expect(await spells()).toEqual([])
  })

  it('are the breaks of all intakes together that are long enough, and the one that lasts', async () => {
    const [one, two] = [await enrol('one'), await enrol('two')]
    await watch(one, 1_000, 900)
    await watch(one, 500, 400)
    await watch(two, 950, 700)
    await watch(two, 340.5, 300)
    // From 700 to 500 and from 300 to now; from 400 to 340.5 is under an hour.
    expect(await spells()).toEqual([
      { from: 700, to: 500 },
      { from: 300, to: 0 },
    ])
  })
})
