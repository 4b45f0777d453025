import { VigieError } from '../../core/errors.ts'
import { withAdvisoryLock } from './advisory-lock.ts'
import type { Pool } from './connect.ts'
import { inspectPlatform } from './platform.ts'
import { createSample } from './sample/create-sample.ts'

export const defaultSampleProjects = 1_200

/**
 * Fills a database that Vigie's baseline made and that has no project yet. With `onlyIfWanted`, only where the first
 * start asked for it and nobody has done it meanwhile. Errors: DATABASE_NOT_EMPTY for any other database.
 */
export function fillSample(
  pool: Pool,
  options: { projects: number; onlyIfWanted?: boolean; onProgress?: (text: string) => void },
): Promise<void> {
  return withAdvisoryLock(pool, 'sample', async (sql) => {
    const [record] = await sql<{ exists: boolean }[]>`select to_regclass('vigie.migration') is not null as exists`
    if (record?.exists !== true) throw (await inspectPlatform(sql)) === 'empty' ? notMigrated() : notEmpty()
    const [state] = await sql<{ isBaseline: boolean; isEmpty: boolean; isWanted: boolean }[]>`
      select exists (select from vigie.migration where name = 'baseline') as "isBaseline",
        not exists (select from project) and not exists (select from team)
          and not exists (select from vigie.migration where name = 'sample') as "isEmpty",
        exists (select from vigie.migration where name = 'sample-wanted') as "isWanted"`
    if (options.onlyIfWanted && state?.isWanted !== true) return
    if (state?.isBaseline !== true || !state.isEmpty) throw notEmpty()
    await createSample(sql, options)
    await sql`delete from vigie.migration where name = 'sample-wanted'`
    await sql`insert into vigie.migration (name) values ('sample') on conflict do nothing`
  })
}

function notMigrated(): VigieError {
  return new VigieError('NOT_MIGRATED', 'This database is empty. Run “vigie migrate” first, then make the sample.')
}

function notEmpty(): VigieError {
  return new VigieError(
    'DATABASE_NOT_EMPTY',
    'A sample can only be made in an empty database that Vigie itself prepared. This one was left as it is.',
  )
}
