import os from 'node:os'
import { listProjects } from '../src/core/queries/projects.ts'
import { measureDelivery } from './delivery.ts'
import { measureEdge } from './edge.ts'
import { explain } from './explain.ts'
import { figuresOf, type Measurements } from './figures.ts'
import { listFilteredPages } from './filtered-pages.ts'
import { measureForwardAuth } from './forward-auth.ts'
import { measureIdleAgent } from './idle-agent.ts'
import { measureIntake } from './intake.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import { measureOverview } from './overview.ts'
import { listPages, measureLookups, measurePages, type PageTimes } from './pages.ts'
import {
  type BenchPlatform,
  fillPlatform,
  startBenchServer,
  withConsolePool,
  withCopy,
  withSetupPool,
} from './platform.ts'
import { measurePreview } from './preview.ts'
import { measureRenderer } from './renderer.ts'
import { describeFigure, formatTable, isWithinBudget } from './report.ts'
import { measureReview } from './review.ts'
import { measureRowByRow } from './row-by-row.ts'
import { listSearches } from './search.ts'
import { measureBareUpdate, measureSweep } from './sweep.ts'

/**
 * Measures the speed budgets on a platform of a million projects, each beside its reference in the same run, on a server
 * of its own. Prints a table, and on the last line the same as JSON. Returns the exit code: 1 when a budget is missed.
 */
export async function runBench(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv)
  if (options === null) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const server = await startBenchServer()
  const release = stopOnSignal(server.stop)
  try {
    const platform = await fillPlatform(server.address, options.projects, say)
    const figures = figuresOf(await measureAll(platform, options))
    const machine = await describeMachine(platform)
    process.stdout.write(`${formatTable(figures)}\n\n`)
    process.stdout.write(`${JSON.stringify({ ...machine, figures: figures.map(describeFigure) })}\n`)
    return figures.every((figure) => isWithinBudget(figure) !== false) ? 0 : 1
  } finally {
    release()
    await server.stop()
  }
}

/** The copies come first: they are made while the platform is as it was filled. What writes to it comes last. */
async function measureAll(platform: BenchPlatform, options: BenchOptions): Promise<Measurements> {
  say('Measuring the sweep')
  const sweep = await withCopy(platform, 'bench_sweep', (copy) => measureSweep(copy, platform.due))
  say('Measuring a bare update')
  const bareUpdate = await withCopy(platform, 'bench_update', measureBareUpdate)
  say('Measuring the delivery of mails')
  const delivery = await withCopy(platform, 'bench_delivery', measureDelivery)
  say('Measuring Traefik’s files')
  const edge = await withCopy(platform, 'bench_edge', measureEdge)
  say('Measuring an idle agent')
  const idleAgent = await withCopy(platform, 'bench_idle', measureIdleAgent)
  say('Measuring the intake')
  const intake = await withCopy(platform, 'bench_intake', measureIntake)
  say('Measuring forward auth')
  const forwardAuth = await withCopy(platform, 'bench_forward', measureForwardAuth)
  const reads = await withConsolePool(platform.address, async (sql) => {
    say('Measuring the preview')
    const preview = await measurePreview(sql, platform.due)
    say('Measuring the review')
    const review = await measureReview(sql)
    say('Measuring pages')
    const lookupMs = await measureLookups(sql)
    const listed = await withSetupPool(platform.address, async (setup) => [
      ...(await listPages(setup)),
      ...(await listFilteredPages(setup)),
    ])
    const pages = await measurePages(sql, listed)
    say('Measuring the overview')
    const overview = await measureOverview(sql)
    say('Measuring the search')
    const searches = await measurePages(sql, await listSearches(sql))
    if (options.isExplaining) for (const times of [pages, searches]) await explainSlowest(platform, times)
    return { preview, review, lookupMs, overview, pages, searches }
  })
  say('Measuring the console in a browser')
  const renderer = await measureRenderer(platform.address)
  say('Measuring row by row')
  const rowByRow = await withSetupPool(platform.address, measureRowByRow)
  const edges = { edge, intake, forwardAuth }
  return { due: platform.due, sweep, bareUpdate, rowByRow, delivery, idleAgent, renderer, ...edges, ...reads }
}

async function explainSlowest(platform: BenchPlatform, { slowest }: PageTimes): Promise<void> {
  for (const { page, medianMs } of slowest.slice(0, 5)) {
    const plan = await withConsolePool(platform.address, (sql) => explain(sql, () => listProjects(sql, page.request)))
    say(`\n${page.name}: ${Math.round(medianMs)} ms\n${plan}`)
  }
}

async function describeMachine(platform: BenchPlatform) {
  const [server] = await withConsolePool(
    platform.address,
    (sql) => sql<{ version: string }[]>`
    select current_setting('server_version') as version`,
  )
  return {
    date: new Date().toISOString(),
    projects: platform.projects,
    due: platform.due,
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model ?? '',
    memoryMegabytes: Math.round(os.totalmem() / 1024 ** 2),
    platform: `${process.platform} ${process.arch}`,
    postgresql: server?.version ?? '',
    node: process.version,
  }
}

/** An interrupted bench leaves no server and no folder. */
function stopOnSignal(stop: () => Promise<void>): () => void {
  const onSignal = () => void stop().finally(() => process.exit(130))
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  return () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
