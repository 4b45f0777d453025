import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRows } from '../main/database/testing/platform-rows.ts'
import { sweepNow } from '../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { noticeChanges } from './notice-changes.ts'
import { reactivateProject } from './reactivate.ts'
import { checkRevert, revertSweep } from './sweep/revert.ts'

const database = await createTestDatabase({ maxConnections: 4 })
const { sql } = database
const rows = createRows(sql)
const signal = new AbortController().signal
const sweep = () => sweepNow(database)
const notice = () => noticeChanges(database)

const act = fc.constantFrom('sweep', 'wake', 'pause', 'sleep', 'upgrade', 'downgrade', 'date', 'reactivate', 'revert')

it('whatever is done in and outside Vigie, it is told once and then all is in step (property)', async () => {
  const team = await rows.team({ owners: ['owner@example.com'] })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      await sql`truncate project cascade`
      await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.seen`
      const id = await rows.project({ team, lastTraffic: { days: 6 } })
      await notice()
      let lastRun = 0
      for (const one of acts) {
        const before = await outsideEvents(id)
        const isOurs = await perform(one)
        const { changed } = await notice()
        expect(await outsideEvents(id)).toBe(before + changed)
        if (isOurs) expect(changed).toBe(0)
        expect(await sql`select from vigie.changed()`).toHaveLength(0)
      }

      async function perform(one: (typeof acts)[number]): Promise<boolean> {
        if (one === 'sweep') lastRun = (await sweep()).id
        else if (one === 'revert') {
          // Refused where nothing of it is left.
          const isPossible = lastRun > 0 && (await checkRevert(sql, lastRun)).refusal === null
          if (isPossible) await revertSweep(database, { runId: lastRun, reason: 'Wrong' }, { signal })
        } else if (one === 'reactivate') {
          await reactivateProject(database, { projectId: id, onBehalfOf: 'owner@example.com', reason: 'Back' }).catch(
            () => undefined,
          )
        } else if (one === 'upgrade') await rows.plan(id, 'paid')
        else if (one === 'downgrade') await rows.plan(id, 'free')
        else if (one === 'date') await sql`update project set deactivated_at = deactivated_at - interval '8 days'`
        else {
          const status = { wake: 'active', pause: 'paused', sleep: 'inactive' }[one]
          const at = one === 'sleep' ? sql`now() at time zone 'utc'` : sql`null`
          await sql`update project set status = ${status}::project_status, deactivated_at = ${at}`
        }
        return one === 'sweep' || one === 'reactivate' || one === 'revert'
      }
    }),
    { numRuns: 40 },
  )
})

async function outsideEvents(id: string): Promise<number> {
  return (
    await sql`select from vigie.event where project_id = ${id} and kind in ('changed_outside', 'woken_by_upgrade')`
  ).length
}
