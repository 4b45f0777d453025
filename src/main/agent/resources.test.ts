import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Figures } from '../../core/queries/figures.ts'
import { createMetrics } from './metrics.ts'

const readResource = (name: string) => readFileSync(path.resolve('resources', name), 'utf8')

/** The settings of a unit by section; a name may come more than once. */
function readUnit(text: string): Map<string, string[]> {
  const settings = new Map<string, string[]>()
  let section = ''
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const header = /^\[(\w+)\]$/.exec(line)
    if (header?.[1] !== undefined) {
      section = header[1]
      continue
    }
    const setting = /^(\w+)=(.*)$/.exec(line)
    if (setting === null || section === '') throw new Error(`no setting: ${line}`)
    const key = `${section}.${setting[1]}`
    settings.set(key, [...(settings.get(key) ?? []), setting[2] ?? ''])
  }
  return settings
}

it('the systemd unit runs the agent, restarts it and gives it the time to end', () => {
  const unit = readUnit(readResource('vigie-agent.service'))
  expect(unit.get('Service.ExecStart')).toEqual(['/usr/bin/node out/main/cli.js agent'])
  expect(unit.get('Service.Restart')).toEqual(['always'])
  expect(unit.get('Service.KillSignal')).toEqual(['SIGTERM'])
  expect(Number(unit.get('Service.TimeoutStopSec')?.[0])).toBeGreaterThan(10)
  expect(unit.get('Install.WantedBy')).toEqual(['multi-user.target'])
})

it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('the systemd unit is one to systemd', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-unit-'))
  try {
    // Only what differs between machines is replaced: where Node lies.
    const text = readResource('vigie-agent.service').replace('ExecStart=/usr/bin/node', `ExecStart=${process.execPath}`)
    const file = path.join(folder, 'vigie-agent.service')
    await writeFile(file, text)
    const { stdout, stderr } = await promisify(execFile)('/usr/bin/systemd-analyze', ['verify', '--man=no', file])
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('vigie-agent.service'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('the compose service runs the agent, restarts it and gives it the time to end', () => {
  const { services, volumes } = parse(readResource('compose.yaml'), { strict: true, uniqueKeys: true })
  const agent = services['vigie-agent']
  expect(agent).toMatchObject({
    command: ['node', 'out/main/cli.js', 'agent'],
    restart: 'unless-stopped',
    stop_signal: 'SIGTERM',
    stop_grace_period: '15s',
  })
  expect(agent.healthcheck.test.at(0)).toBe('CMD')
  for (const volume of agent.volumes) {
    const source = volume.split(':')[0]
    expect(source.startsWith('$') || Object.hasOwn(volumes, source)).toBe(true)
  }
})

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly description: string }
}

const noFigures: Figures = {
  projects: { active: 0, inactive: 0, permanentlyDisabled: 0, paused: 0, deleted: 0, total: 0 },
  reactivations: 0,
  jobs: [],
  mails: { queued: 0, failed: 0, dead: 0 },
  mailSecondsBehind: 0,
  containersFailing: 0,
  agentsAlive: 0,
  openHolds: 0,
  openGaps: 0,
  edgesOutOfStep: 0,
  intakes: [],
  pausedParts: [],
}

it('an alert rule watches the edges, and the containers', () => {
  const rules = readResource('prometheus-rules.yaml')
  for (const metric of ['vigie_edges_out_of_step', 'vigie_containers_failing'])
    expect(rules).toContain(`max(${metric}) > 0`)
})

it('the alert rules are complete and ask for metrics that there are', async () => {
  const { groups } = parse(readResource('prometheus-rules.yaml'), { strict: true, uniqueKeys: true })
  const rules: Rule[] = groups.flatMap((group: { rules: Rule[] }) => group.rules)
  const metrics = createMetrics({
    readFigures: async () => noFigures,
    askDatabase: async () => {},
    version: '0',
  })
  const known = new Set([...(await metrics.collect()).matchAll(/^# TYPE (\w+) /gm)].map((match) => match[1]))
  expect(new Set(rules.map((rule) => rule.alert)).size).toBe(rules.length)
  for (const rule of rules) {
    expect(rule.alert).toMatch(/^Vigie[A-Za-z]+$/)
    expect(['critical', 'warning', 'info']).toContain(rule.labels.severity)
    expect(rule.annotations.summary).toMatch(/\.$/)
    expect(rule.annotations.description).toMatch(/\.$/)
    expect(rule.for ?? '1m').toMatch(/^\d+[smhd]$/)
    for (const [name] of rule.expr.matchAll(/vigie_\w+(?=[{)\s]|$)/g)) {
      if (name !== 'vigie_job') expect(known).toContain(name)
    }
    const opened = rule.expr.match(/[({]/g)?.length ?? 0
    expect(rule.expr.match(/[)}]/g)?.length ?? 0).toBe(opened)
  }
})
