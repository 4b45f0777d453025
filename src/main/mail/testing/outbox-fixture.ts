import { randomUUID } from 'node:crypto'
import { leaseMails, type MailOutcome, settleMails } from '../../../core/mail/outbox.ts'
import { createRows, type ProjectSpec } from '../../database/testing/platform-rows.ts'
import { sweepNow } from '../../database/testing/sweep-now.ts'
import type { TestDatabase } from '../../database/testing/test-database.ts'

interface MailState {
  readonly id: number
  readonly status: string
  readonly template: string
  readonly attempts: number
  readonly digestId: number | null
  readonly code: string | null
}

/** For a project that the next sweep puts to sleep. */
export const due: ProjectSpec = { lastTraffic: { days: 9 } }

/** Fills and empties the outbox of a test database as sweeps and senders do; times are moved, never waited for. */
export function createOutboxFixture(database: TestDatabase) {
  const { sql } = database
  const rows = createRows(sql)
  const sweep = () => sweepNow(database)

  return {
    rows,
    sweep,

    async empty() {
      await sql`delete from vigie.mail`
      await sql`delete from vigie.job_run`
      await sql`update project set status = 'paused' where status in ('active', 'inactive')`
      await sql`delete from vigie.pause`
      await sql`delete from vigie.gap`
      await sql`update vigie.policy set mails_per_minute = 300`
    },

    /** Projects of one owner that a sweep has just put to sleep, with their mails. */
    async fallAsleep(count: number, email = `owner-${randomUUID()}@example.com`) {
      const team = await rows.team({ owners: [email] })
      const projects: string[] = []
      for (let n = 0; n < count; n += 1) projects.push(await rows.project({ ...due, team }))
      await sweep()
      return { team, email, projects }
    },

    mails: () => sql<MailState[]>`
      select id, status, template, attempts, digest_id as "digestId", answer ->> 'code' as code
      from vigie.mail order by id`,

    lease: (max = 100) => leaseMails(sql, randomUUID(), max),

    async leaseAndSettle(outcome: Omit<MailOutcome, 'id'>) {
      const leaseId = randomUUID()
      const { ids } = await leaseMails(sql, leaseId, 100)
      return settleMails(
        sql,
        leaseId,
        ids.map((id) => ({ ...outcome, id })),
      )
    },

    /** Ends all waiting and all leases. */
    makeDue: () => sql`
      update vigie.mail set due_at = now(), leased_until = case when lease is not null then now() end
      where status = 'queued'`,
  }
}
