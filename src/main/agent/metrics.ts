import { setTimeout as sleep } from 'node:timers/promises'
import { Gauge, Registry } from 'prom-client'
import type { Figures, IntakeFigures } from '../../core/queries/figures.ts'

export interface MetricsOptions {
  readonly readFigures: () => Promise<Figures>
  /** The shortest question; rejects if the database does not answer. */
  readonly askDatabase: () => Promise<unknown>
  readonly version: string
  /** How old figures may be: a scrape costs a pass over all projects. */
  readonly cacheMs?: number
  /** How long a scrape waits for the database, and then tells what it knew. */
  readonly waitMs?: number
}

export interface Metrics {
  readonly contentType: string
  /** In Prometheus' text format; answers within `waitMs`, whatever the database does. */
  readonly collect: () => Promise<string>
}

/** The agent's metrics. Counts of the database are gauges: any agent tells the same, and rows are pruned. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { cacheMs = 30_000, waitMs = 2_000 } = options
  const registry = new Registry()
  /** Told once they were read: a gauge that was never set would say 0. */
  const figuresRegistry = new Registry()
  const gaugeIn =
    (register: Registry): MakeGauge =>
    (name, help, labelNames = []) =>
      new Gauge({ name, help, labelNames, registers: [register] })
  const gauge = gaugeIn(registry)

  const info = gauge('vigie_info', 'This agent’s version.', ['version'])
  const up = gauge('vigie_database_up', 'Whether the database answers.')
  const age = gaugeIn(figuresRegistry)('vigie_figures_age_seconds', 'How old the figures of the database are.')
  const cpu = gauge('process_cpu_seconds_total', 'CPU time that this process has used, in seconds.')
  const memory = gauge('process_resident_memory_bytes', 'Resident memory of this process, in bytes.')
  const setFigures = createFigureGauges(gaugeIn(figuresRegistry))
  info.set({ version: options.version }, 1)

  let known: { readonly atMs: number } | undefined
  let reading: Promise<void> | undefined
  const read = async () => {
    try {
      setFigures(await options.readFigures())
      known = { atMs: performance.now() }
    } catch {
      // Why is in the log already: the heartbeat asks the same database.
    } finally {
      reading = undefined
    }
  }
  const refresh = async () => {
    if (known !== undefined && performance.now() - known.atMs < cacheMs) return
    reading ??= read()
    await reading
  }
  const ask = () =>
    options.askDatabase().then(
      () => true,
      () => false,
    )
  return {
    contentType: registry.contentType,
    async collect() {
      // Figures are kept for a while; whether the database is there is asked each time.
      const [isUp] = await Promise.all([inTime(ask(), waitMs), inTime(refresh(), waitMs)])
      up.set(isUp === true ? 1 : 0)
      if (known !== undefined) age.set((performance.now() - known.atMs) / 1000)
      const { user, system } = process.cpuUsage()
      cpu.set((user + system) / 1e6)
      memory.set(process.memoryUsage.rss())
      const registries = known === undefined ? [registry] : [registry, figuresRegistry]
      return (await Promise.all(registries.map((each) => each.metrics()))).join('')
    },
  }
}

/** What the work resolves with, or undefined if it has not in time; it goes on then. */
async function inTime<T>(work: Promise<T>, waitMs: number): Promise<T | undefined> {
  const timer = new AbortController()
  const late = sleep(waitMs, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge

/** Jobs are labelled `vigie_job`, since Prometheus gives every series a `job` of its own. */
function createFigureGauges(gauge: MakeGauge): (figures: Figures) => void {
  const projects = gauge('vigie_projects', 'Projects by status.', ['status'])
  const transitions = gauge('vigie_transitions', 'Projects that sweeps have moved, by the status they got.', ['to'])
  const reverted = gauge('vigie_reverted', 'Projects that reverts have given back, by the status they got.', ['to'])
  const reactivations = gauge('vigie_reactivations_day', 'Reactivations in the last 24 hours.')
  const duration = gauge('vigie_run_duration_seconds', 'How long the latest run of a job took.', ['vigie_job'])
  const outcome = gauge('vigie_run_outcome', 'The outcome of the latest run of a job.', ['vigie_job', 'outcome'])
  const endAge = gauge('vigie_run_age_seconds', 'Since the latest run of a job ended.', ['vigie_job'])
  const tickAge = gauge('vigie_tick_age_seconds', 'Since the latest tick of a job that was claimed.', ['vigie_job'])
  const tickDelay = gauge('vigie_tick_delay_seconds', 'How late the latest tick of a job was begun.', ['vigie_job'])
  const mails = gauge('vigie_mails', 'Mails that are not done with, by status.', ['status'])
  const mailBehind = gauge('vigie_mail_behind_seconds', 'How long the most overdue mail has waited past its time.')
  const containers = gauge('vigie_containers_failing', 'Containers that could not be stopped, started or removed yet.')
  const agents = gauge('vigie_agents_alive', 'Processes that were heard of in the last minute.')
  const holds = gauge('vigie_holds_open', 'Sweeps that wait for a person.')
  const gaps = gauge('vigie_gaps_open', 'Outages that nobody has looked at yet.')
  const setIntakes = createIntakeGauges(gauge)
  const edges = gauge('vigie_edges_out_of_step', 'Enrolled edges whose Traefik files are not as they should be.')
  const paused = gauge('vigie_part_paused', 'Parts that somebody has paused.', ['part'])

  return (figures) => {
    const { active, inactive, permanentlyDisabled, paused: pausedProjects, deleted } = figures.projects
    const byStatus = { active, inactive, permanently_disabled: permanentlyDisabled, paused: pausedProjects, deleted }
    for (const [status, count] of Object.entries(byStatus)) projects.set({ status }, count)
    reactivations.set(figures.reactivations)

    const movedBy = (name: string) => figures.jobs.find(({ job }) => job === name) ?? { deactivated: 0, disabled: 0 }
    const swept = movedBy('sweep')
    transitions.set({ to: 'inactive' }, swept.deactivated)
    transitions.set({ to: 'permanently_disabled' }, swept.disabled)
    const takenBack = movedBy('revert')
    reverted.set({ to: 'active' }, takenBack.deactivated)
    reverted.set({ to: 'inactive' }, takenBack.disabled)
    for (const each of [duration, outcome, endAge, tickAge, tickDelay, paused]) each.reset()
    for (const { job: vigie_job, ...latest } of figures.jobs) {
      if (latest.lastDurationSeconds !== null) duration.set({ vigie_job }, latest.lastDurationSeconds)
      if (latest.lastOutcome !== null) outcome.set({ vigie_job, outcome: latest.lastOutcome }, 1)
      if (latest.lastEndAgeSeconds !== null) endAge.set({ vigie_job }, latest.lastEndAgeSeconds)
      if (latest.lastTickAgeSeconds !== null) tickAge.set({ vigie_job }, latest.lastTickAgeSeconds)
      if (latest.lastTickDelaySeconds !== null) tickDelay.set({ vigie_job }, latest.lastTickDelaySeconds)
    }
    for (const [status, count] of Object.entries(figures.mails)) mails.set({ status }, count)
    mailBehind.set(figures.mailSecondsBehind)
    containers.set(figures.containersFailing)
    agents.set(figures.agentsAlive)
    holds.set(figures.openHolds)
    gaps.set(figures.openGaps)
    setIntakes(figures.intakes)
    edges.set(figures.edgesOutOfStep)
    for (const part of figures.pausedParts) paused.set({ part }, 1)
  }
}

function createIntakeGauges(gauge: MakeGauge): (intakes: readonly IntakeFigures[]) => void {
  const labels = ['machine', 'kind', 'source']
  const hits = gauge('vigie_intake_hits', 'What an intake saw in the last full hour and in this one.', labels)
  const lag = gauge('vigie_intake_lag_seconds', 'How old the traffic is up to which all is counted.', labels)
  const garbage = gauge('vigie_intake_garbage_lines', 'Lines of a log that said nothing of use.', labels)
  const unknown = gauge('vigie_intake_unknown_hits', 'Requests to what is no project’s.', labels)
  return (intakes) => {
    for (const each of [hits, lag, garbage, unknown]) each.reset()
    for (const { machine, kind, source, ...figures } of intakes) {
      hits.set({ machine, kind, source }, figures.recentHits)
      if (figures.lagSeconds !== null) lag.set({ machine, kind, source }, figures.lagSeconds)
      garbage.set({ machine, kind, source }, figures.garbageLines)
      unknown.set({ machine, kind, source }, figures.unknownHits)
    }
  }
}
