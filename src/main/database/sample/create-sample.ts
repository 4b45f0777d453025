import type { Database } from '../../../core/context.ts'
import { inTransaction } from '../../../core/transaction.ts'
import blueprint from './blueprint.sql?raw'
import bulkDomains from './bulk-domains.sql?raw'
import bulkProjects from './bulk-projects.sql?raw'
import bulkTeams from './bulk-teams.sql?raw'
import { edgeTeams } from './edge-cases.ts'
import { layOutEdges } from './edge-rows.ts'
import edges from './edges.sql?raw'
import finish from './finish.sql?raw'
import historyEvents from './history-events.sql?raw'
import historyRuns from './history-runs.sql?raw'
import restoreIndexes from './restore-indexes.sql?raw'
import shedIndexes from './shed-indexes.sql?raw'
import sleeps from './sleeps.sql?raw'
import traffic from './traffic.sql?raw'
import words from './words.sql?raw'
import writePlans from './write-plans.sql?raw'
import writePlatform from './write-platform.sql?raw'

export interface SampleOptions {
  /** How many projects to make, at four a team; 0 or more. */
  readonly projects: number
  /** Told what is being made, a few words each. */
  readonly onProgress?: (text: string) => void
  /** From how many projects on indexes and foreign keys are made once at the end: quicker, but locks the tables. */
  readonly largeFrom?: number
}

const defaultLargeFrom = 20_000

const settings = `
  set local timezone = 'UTC';
  set local statement_timeout = 0;
  set local lock_timeout = '60s';
  set local idle_in_transaction_session_timeout = 0;
  set local work_mem = '128MB';
  set local maintenance_work_mem = '256MB';
  set local jit = off;
  set local plan_cache_mode = auto;`

interface Step {
  readonly text: string
  readonly sql: string
  readonly isForLarge?: boolean
}

const steps: readonly Step[] = [
  { text: 'Inventing teams and projects', sql: `${edges}${bulkTeams}${bulkProjects}${bulkDomains}${sleeps}` },
  { text: 'Setting indexes aside', sql: shedIndexes, isForLarge: true },
  { text: 'Writing teams and projects', sql: writePlatform },
  { text: 'Writing plans and exemptions', sql: writePlans },
  { text: 'Making indexes', sql: restoreIndexes, isForLarge: true },
  { text: 'Writing 90 days of history', sql: `${historyEvents}${historyRuns}` },
  { text: 'Writing a month of traffic', sql: traffic },
  { text: 'Gathering statistics', sql: finish },
]

/**
 * Fills an empty platform made by the baseline with a deterministic sample, dated relative to the database's now.
 *
 * The handmade cases (edge-cases.ts) come first, the rest is drawn in believable proportions; a project has the same id,
 * name, status and plan in every sample that has it. Events and mails are written for every project that Vigie put to
 * sleep; sleeps that a project was woken from are on record for the first 100,000 projects alone, the others seem to
 * have been reactivated before Vigie. All is one transaction at any size: PostgreSQL pays nothing for a large one, and a
 * failure leaves nothing behind. Needs the owner's login, and a session rather than a pool.
 * @throws RangeError when `projects` is no whole number from 0 up; the errors of the database.
 */
export async function createSample(session: Database, options: SampleOptions): Promise<void> {
  const { projects, onProgress, largeFrom = defaultLargeFrom } = options
  if (!Number.isSafeInteger(projects) || projects < 0) throw new RangeError(`not a number of projects: ${projects}`)
  const document = JSON.stringify(layOutEdges(edgeTeams, projects))
  await inTransaction(session, async () => {
    await session.unsafe(`${settings}${blueprint}${words}`)
    await session`insert into sample_edges (doc, wanted) values (${document}::text::jsonb, ${projects})`
    for (const step of steps) {
      if (step.isForLarge && projects < largeFrom) continue
      onProgress?.(step.text)
      await session.unsafe(step.sql)
    }
  })
}
