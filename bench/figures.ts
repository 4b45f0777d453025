import type { DeliveryTimes } from './delivery.ts'
import type { EdgeTimes } from './edge.ts'
import type { ForwardAuthTimes } from './forward-auth.ts'
import type { IdleAgent } from './idle-agent.ts'
import type { IntakeTimes } from './intake.ts'
import type { OverviewTimes } from './overview.ts'
import type { PageTimes } from './pages.ts'
import type { PreviewTimes } from './preview.ts'
import type { RendererTimes } from './renderer.ts'
import type { Figure } from './report.ts'
import type { ReviewTimes } from './review.ts'
import type { RowByRowTimes } from './row-by-row.ts'
import type { StageTimes, SweepTimes } from './sweep.ts'

export interface Measurements {
  readonly due: number
  readonly sweep: SweepTimes
  readonly bareUpdate: StageTimes
  readonly rowByRow: RowByRowTimes
  readonly preview: PreviewTimes
  readonly review: ReviewTimes
  /** By their primary keys, as many projects as a page has. */
  readonly lookupMs: number
  readonly overview: OverviewTimes
  readonly pages: PageTimes
  readonly searches: PageTimes
  readonly delivery: DeliveryTimes
  readonly edge: EdgeTimes
  readonly idleAgent: IdleAgent
  readonly intake: IntakeTimes
  readonly forwardAuth: ForwardAuthTimes
  readonly renderer: RendererTimes
}

/** The budgets: what each figure is measured against, and what it may be. */
export function figuresOf(measured: Measurements): Figure[] {
  const { due, sweep, bareUpdate, rowByRow, preview, review, lookupMs, overview, pages, searches } = measured
  const { delivery, edge, idleAgent, intake, forwardAuth, renderer } = measured
  const lookup = { name: 'lookup by ids, median', value: lookupMs }
  const scaled = `${due} rows, scaled from ${rowByRow.sampledRows}`
  const slowest = ({ slowest }: PageTimes) =>
    slowest.slice(0, 5).map(({ page, medianMs }) => `${medianMs.toFixed(1)} ms  ${page.name}`)
  return [
    {
      name: 'sweep, first stage',
      value: sweep.deactivateMs,
      unit: 'ms',
      reference: { name: 'one bare update', value: bareUpdate.deactivateMs },
      budget: { kind: 'at-most-times', ratio: 4 },
    },
    {
      name: 'sweep, second stage',
      value: sweep.disableMs,
      unit: 'ms',
      reference: { name: 'one bare update', value: bareUpdate.disableMs },
      budget: { kind: 'at-most-times', ratio: 4 },
    },
    {
      name: 'sweep, first stage',
      value: sweep.deactivateMs,
      unit: 'ms',
      reference: { name: 'row by row, all effects', value: rowByRow.allEffectsMs * due },
      budget: { kind: 'at-least-times-faster', ratio: 10 },
      notes: [scaled],
    },
    {
      name: 'sweep, first stage',
      value: sweep.deactivateMs,
      unit: 'ms',
      reference: { name: 'row by row, bare update', value: rowByRow.updateMs * due },
      notes: [scaled],
    },
    {
      name: 'sweep, its brakes',
      value: preview.brakesMs,
      unit: 'ms',
      reference: { name: 'sweep, first stage', value: sweep.deactivateMs },
      budget: { kind: 'at-most-times', ratio: 0.1 },
    },
    {
      name: 'sweep, memory growth',
      value: sweep.grownMegabytes,
      unit: 'MB',
      budget: { kind: 'at-most', value: 150 },
    },
    {
      name: 'preview, counts',
      value: preview.countMs,
      unit: 'ms',
      reference: { name: 'bare count', value: preview.bareCountMs },
      budget: { kind: 'at-most-times', ratio: 1.5 },
    },
    {
      name: 'what if, counts',
      value: review.whatIfMs,
      unit: 'ms',
      reference: { name: 'bare count', value: preview.bareCountMs },
      budget: { kind: 'at-most-times', ratio: 1.5 },
    },
    {
      name: 'preview, in groups, the slowest',
      value: review.groupsMs,
      unit: 'ms',
      reference: { name: 'bare count', value: preview.bareCountMs },
      budget: { kind: 'at-most-times', ratio: 2 },
    },
    {
      name: 'preview, new and gone',
      value: review.compareMs,
      unit: 'ms',
      reference: { name: 'bare count', value: preview.bareCountMs },
      budget: { kind: 'at-most-times', ratio: 1 },
    },
    {
      name: 'preview, first 200 with why',
      value: review.listMs,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 300 },
    },
    {
      name: 'preview, first 100 of the list, p95',
      value: preview.listMs,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 100 },
    },
    {
      name: 'pages of projects, p95',
      value: pages.p95Ms,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 50 },
      notes: slowest(pages),
    },
    {
      name: 'search, p95',
      value: searches.p95Ms,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 100 },
      notes: slowest(searches),
    },
    {
      name: 'overview, idle days and forecast',
      value: overview.outlookMs,
      unit: 'ms',
      reference: { name: 'counts by status', value: overview.countMs },
      notes: ['in the background, at most once a minute'],
    },
    {
      name: 'overview, history and reactivations, p95',
      value: overview.lightMs,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 100 },
    },
    {
      name: 'page of the largest team, p95',
      value: overview.teamMs,
      unit: 'ms',
      reference: lookup,
      budget: { kind: 'at-most', value: 100 },
    },
    {
      name: 'delivery of mails',
      value: delivery.deliveryMs,
      unit: 'ms',
      reference: { name: 'bare pooled nodemailer loop', value: delivery.bareLoopMs },
      // At least 0.7 times as many mails a second.
      budget: { kind: 'at-most-times', ratio: 1.428 },
      notes: [`${delivery.mails} mails, each`],
    },
    {
      name: 'access log, its lines counted',
      value: intake.logMs,
      unit: 'ms',
      reference: { name: 'bare loop of readline and JSON.parse', value: intake.bareLoopMs },
      // At least half as many lines a second.
      budget: { kind: 'at-most-times', ratio: 2 },
      notes: [`${intake.lines} lines, each`],
    },
    {
      name: 'flush of hits',
      value: intake.flushMs,
      unit: 'ms',
      reference: { name: 'one bare update', value: intake.bareUpdateMs },
      budget: { kind: 'at-most-times', ratio: 3 },
      notes: [`${intake.flushedProjects} projects, each`],
    },
    {
      name: 'Traefik’s files, nothing to do',
      value: edge.unchangedMs,
      unit: 'ms',
      budget: { kind: 'at-most', value: 2_000 },
      notes: [`${edge.blocked} blocked projects`],
    },
    {
      name: 'Traefik’s files, more to block',
      value: edge.moreMs,
      unit: 'ms',
      notes: [`${edge.more} more projects, ${edge.rewritten} files rewritten`],
    },
    {
      name: 'idle agent, share of a core',
      value: idleAgent.corePercent,
      unit: '%',
      budget: { kind: 'at-most', value: 1 },
    },
    {
      name: 'idle agent, resident memory',
      value: idleAgent.residentMegabytes,
      unit: 'MB',
      budget: { kind: 'at-most', value: 120 },
    },
    {
      name: 'forward auth, 10,000 requests',
      value: forwardAuth.msPer10000,
      unit: 'ms',
      reference: { name: 'bare node:http, 204', value: forwardAuth.bareMsPer10000 },
      // At least 0.8 times as many a second.
      budget: { kind: 'at-most-times', ratio: 1.25 },
      notes: [`${forwardAuth.hostnames} hostnames known`],
    },
    {
      name: 'forward auth, p99 at half load',
      value: forwardAuth.halfLoadP99Ms,
      unit: 'ms',
      reference: { name: 'bare node:http, p99 at as many', value: forwardAuth.bareHalfLoadP99Ms },
      budget: { kind: 'at-most', value: 5 },
    },
    {
      name: 'forward auth, resident memory',
      value: forwardAuth.residentMegabytes,
      unit: 'MB',
      budget: { kind: 'at-most', value: 400 },
    },
    {
      name: 'scrolling all projects, frames, p99',
      value: renderer.frameP99Ms,
      unit: 'ms',
      reference: { name: 'bare virtual list, frames, p99', value: renderer.bareFrameP99Ms },
      budget: { kind: 'at-most-times', ratio: 2 },
    },
    {
      name: 'change of pages, p95',
      value: renderer.pageChangeP95Ms,
      unit: 'ms',
      budget: { kind: 'at-most', value: 100 },
    },
    {
      name: 'console, heap grown by 900 changes',
      value: renderer.grownMegabytes,
      unit: 'MB',
      budget: { kind: 'at-most', value: 5 },
    },
  ]
}
