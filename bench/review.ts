import { type Stage, stages } from '../src/core/policy.ts'
import { readPolicy } from '../src/core/queries/policy.ts'
import { countDue } from '../src/core/sweep/preview.ts'
import { compareWithLast, listReview, listReviewGroups } from '../src/core/sweep/review.ts'
import { reviewGroupings, reviewScopes } from '../src/core/sweep/review-request.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { measureWarmMs, median } from './statistics.ts'

export interface ReviewTimes {
  /** The counts at thresholds that are given: the policy's own, for the same work as the preview's. */
  readonly whatIfMs: number
  /** Of the groups, whatever the stage, scope and grouping: the slowest. */
  readonly groupsMs: number
  /** How many are new and gone since the last sweep. */
  readonly compareMs: number
  /** The first 200 of what is due, with why: the slower stage. */
  readonly listMs: number
}

const rounds = 5
const limit = 200

/** What people look at before a sweep. */
export async function measureReview(sql: Pool): Promise<ReviewTimes> {
  const { signal } = new AbortController()
  const thresholds = await readPolicy(sql)
  const measure = async (work: () => Promise<unknown>) => median(await measureWarmMs(rounds, work))
  const slowest = async <Case>(cases: readonly Case[], work: (one: Case) => Promise<unknown>) => {
    let slowestMs = 0
    for (const one of cases) slowestMs = Math.max(slowestMs, await measure(() => work(one)))
    return slowestMs
  }
  const requests = stages.flatMap((stage) => reviewScopes.map((scope) => ({ stage, scope })))
  const groupings = requests.flatMap((request) => reviewGroupings.map((by) => ({ ...request, by })))
  return {
    whatIfMs: await measure(() => countDue(sql, thresholds, signal)),
    groupsMs: await slowest(groupings, (one) => listReviewGroups(sql, { ...one, after: null, limit }, signal)),
    compareMs: await measure(() => compareWithLast(sql, signal)),
    listMs: await slowest<Stage>(stages, (stage) =>
      listReview(sql, { stage, scope: 'all', group: null, after: null, limit }, signal),
    ),
  }
}
