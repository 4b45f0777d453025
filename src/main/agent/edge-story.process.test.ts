import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platformLabels } from '../../core/containers/testing/engine-double.ts'
import { formatPlatformFile, platformFile } from '../../core/routing/platform-file.ts'
import { readRoutedProjects } from '../../core/routing/read-routed-projects.ts'
import { runVigie } from '../cli/testing/run-vigie.ts'
import { createContainerRows } from '../database/testing/container-rows.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { startSmtpServer } from '../mail/testing/smtp-server.ts'
import { type RealEngine, startRealEngine, whyNoEngine } from './containers/testing/real-engine.ts'
import { fetchRaw, type RawRequest } from './gateway/testing/fetch-raw.ts'
import { findFreePort } from './gateway/testing/proxies.ts'
import { createLogWriter } from './intake/testing/log-writer.ts'
import { type AgentFixture, type AgentProcess, createAgentFixture, waitUntil } from './testing/agent-fixture.ts'
import { smtpEnv } from './testing/recording-smtp-server.ts'
import { moveSchedule } from './testing/sleepy-platform.ts'
import { startTraefikDouble } from './testing/traefik-double.ts'

const obstacle = whyNoEngine()
if (obstacle !== null) process.stderr.write(`SKIPPED: the story of a project at the edge, since ${obstacle}.\n`)

describe.skipIf(obstacle !== null)('a project at the edge', { timeout: 240_000 }, () => {
  const patience = { timeoutMs: 60_000, intervalMs: 50 }
  const deployDomain = 'apps.example'
  const slug = 'owl'
  const name = 'Owl & Sons'
  const owner = 'owner@owl.example'
  const text = 'The owl is here.'
  const publicHostname = 'vigie.example'
  const log = createLogWriter()
  const ended: (() => Promise<unknown>)[] = []
  let directory: string
  let real: RealEngine
  let fixture: AgentFixture
  let smtp: Awaited<ReturnType<typeof startSmtpServer>>
  let traefik: Awaited<ReturnType<typeof startTraefikDouble>>
  let traefikPort: number
  let agent: AgentProcess
  let projectId: string
  let containerId: string
  let hostnames: { alias: string; domain: string; redirect: string; own: string }
  let files: { name: string; text: string }[]
  /** Visitors whom the project's own site or its redirect has answered. */
  let served = 0

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'vigie-story-'))
    real = await startRealEngine()
    ended.push(real.close)
    fixture = await createAgentFixture()
    ended.push(fixture.stop)
    smtp = await startSmtpServer()
    ended.push(smtp.close)
    await deploy()
    const gatewayPort = await findFreePort()
    await writePublicRoute(gatewayPort)
    traefikPort = await findFreePort()
    const { readRunningLabels } = real
    traefik = await startTraefikDouble({ directory, port: traefikPort, readRunningLabels, writeLine: log.visit })
    ended.push(traefik.stop)
    const gateway = `127.0.0.1:${gatewayPort}`
    agent = fixture.startAgent({
      args: [
        ...['--access-log', log.file, '--gateway', gateway, '--gateway-url', `http://${gateway}`],
        ...['--traefik-url', `http://127.0.0.1:${traefikPort}`, '--public-url', `http://${publicHostname}`],
      ],
      env: {
        ...smtpEnv(smtp.port),
        ...{ DEPLOY_DOMAIN: deployDomain, URL_SCHEME: 'http', TRAEFIK_CONFIG_DIR: directory },
        DOCKER_HOST: real.dockerHost,
      },
    })
    await waitUntil(() => agent.log.some(({ msg }) => msg === 'The agent works.'), patience)
  }, 300_000)
  afterAll(async () => {
    for (const end of ended.reverse()) await end()
    log.remove()
    await rm(directory, { recursive: true, force: true })
  })

  /** As the platform does: rows, a container, and a file for Traefik. */
  const deploy = async () => {
    const { sql } = fixture
    await sql`update vigie.migration set applied_at = now() - interval '30 days'`
    for (const job of ['sweep', 'cleanup', 'counts', 'pruning'] as const) await moveSchedule(sql, job, 21 * 60)
    const rows = createRows(sql)
    const team = await rows.team({ owners: [owner] })
    projectId = await rows.project({ team, slug, name })
    const deploymentId = await createContainerRows(sql, rows).container(projectId, { containerId: '', subdomain: slug })
    const sitePort = await findFreePort()
    const labels = {
      ...platformLabels(slug, deploymentId, deployDomain),
      [`traefik.http.services.deployment-${deploymentId}.loadbalancer.server.port`]: String(sitePort),
    }
    containerId = await real.runSleeper({ labels, site: { port: sitePort, text } })
    await sql`update deployment set container_id = ${containerId} where id = ${deploymentId}`
    await sql`update alias set type = 'environment_id', value = 'prod' where deployment_id = ${deploymentId}`
    await sql`
      insert into domain (project_id, hostname, type, environment_id, status)
      values (${projectId}, 'www.owl.example', 'route', 'prod', 'active'),
        (${projectId}, 'owl.example', '308', 'prod', 'active')`
    hostnames = {
      alias: `${slug}.${deployDomain}`,
      domain: 'www.owl.example',
      redirect: 'owl.example',
      own: `${slug}-id-${deploymentId.slice(0, 7)}.${deployDomain}`,
    }
    const [project] = await readRoutedProjects(sql, [projectId], deployDomain)
    const file = project === undefined ? null : platformFile(project, { deployDomain, urlScheme: 'http' })
    if (file === null) throw new Error('the project has no routers')
    await writeFile(path.join(directory, `project_${projectId}.yml`), `# the platform's\n${formatPlatformFile(file)}`)
  }

  /** As an admin does, so that owners reach the gateway. */
  const writePublicRoute = async (gatewayPort: number) => {
    const router = { rule: `Host(\`${publicHostname}\`)`, service: 'owners', entryPoints: ['web'] }
    const owners = { loadBalancer: { servers: [{ url: `http://127.0.0.1:${gatewayPort}` }] } }
    const route = { http: { routers: { owners: router }, services: { owners } } }
    await writeFile(path.join(directory, 'owners.yml'), JSON.stringify(route))
  }

  const visit = async (hostname: string, request: RawRequest = {}) => {
    const answer = await fetchRaw(traefikPort, {
      ...request,
      headers: { host: hostname, 'user-agent': 'Mozilla/5.0 Firefox/130.0', accept: 'text/html' },
    })
    if (answer.body.includes(text) || answer.status === 301) served += 1
    return answer
  }
  const visitAll = async () => ({
    alias: await visit(hostnames.alias),
    domain: await visit(hostnames.domain),
    redirect: await visit(hostnames.redirect, { path: '/nest?of=owls' }),
    own: await visit(hostnames.own),
  })
  const site = { status: 200, body: expect.stringContaining(text) }
  const blocked = {
    status: 503,
    headers: { 'retry-after': expect.any(String), 'x-robots-tag': expect.stringContaining('noindex') },
    body: expect.stringContaining('Owl &amp; Sons'),
  }
  const allServed = () => ({
    alias: site,
    domain: site,
    redirect: { status: 301, headers: { location: `https://${hostnames.alias}/nest?of=owls` } },
    own: site,
  })
  const allBlocked = { alias: blocked, domain: blocked, redirect: blocked, own: blocked }

  const readFiles = async () => {
    const names = (await readdir(directory)).sort()
    return Promise.all(
      names.map(async (file) => ({ name: file, text: await readFile(path.join(directory, file), 'utf8') })),
    )
  }
  const readProject = async () => {
    const [row] = await fixture.sql`
      select p.status, p.last_traffic_at as "lastTrafficAt", p.reactivation_count as "reactivationCount",
        (select coalesce(sum(t.hits), 0)::integer from vigie.traffic_day t where t.project_id = p.id) as hits
      from project p where p.id = ${projectId}`
    if (row === undefined) throw new Error('the project is gone')
    return row
  }
  const readEvents = async () => {
    const events = await fixture.sql<{ kind: string; after: Record<string, unknown> | null }[]>`
      select kind, after from vigie.event where project_id = ${projectId} order by created_at, id`
    return [...events]
  }
  const hasEvents = async (kind: string, count: number) =>
    (await readEvents()).filter((event) => event.kind === kind).length === count
  /** Asks the agent to count what it has seen, until all of it is counted. */
  const untilCounted = async () => {
    await fixture.sql`select vigie.ask_flush()`
    await waitUntil(async () => (await readProject()).hits >= served, patience)
  }
  const sweepUnvisited = async () => {
    await fixture.sql`
      update project set last_traffic_at = (now() at time zone 'utc') - interval '20 days' where id = ${projectId}`
    const swept = await runVigie(['sweep', '--json'], { DATABASE_URL: fixture.databaseUrl })
    expect([swept.exitCode, swept.json(), swept.stderr]).toMatchObject([0, { deactivated: 1 }, expect.any(String)])
  }
  const isRunning = () => real.isRunning(containerId)

  it('counts for a visit on each of its hostnames', async () => {
    files = await readFiles()
    expect(await visitAll()).toMatchObject(allServed())
    await untilCounted()
    const project = await readProject()
    expect(project).toMatchObject({ status: 'active', hits: 4, lastTrafficAt: expect.any(String) })
    const [hit] = await fixture.sql`
      select hostname, client from vigie.last_hit where project_id = ${projectId} and not is_excluded`
    expect(hit).toEqual({ hostname: hostnames.own, client: 'browser' })
  })

  it('is blocked on all of them once it is swept, and rests', async () => {
    await sweepUnvisited()
    await waitUntil(() => hasEvents('blocked', 1), patience)
    expect(await visitAll()).toMatchObject(allBlocked)
    await waitUntil(() => hasEvents('containers_stopped', 1), patience)
    expect(await isRunning()).toBe(false)
    const before = await readProject()
    expect(await visitAll()).toMatchObject(allBlocked)
    await fixture.sql`select vigie.ask_flush()`
    expect(await readProject()).toEqual(before)
    expect(before).toMatchObject({ status: 'inactive', hits: served })
  })

  it('is woken by its owner’s link: its container first, then its hostnames', async () => {
    await waitUntil(() => smtp.received.some(({ to }) => to === owner), patience)
    const [mail] = smtp.received.filter(({ to }) => to === owner)
    const [, link = ''] = new RegExp(`http://${publicHostname}(/wake/[^\\s"<>]+)`).exec(mail?.mail.text ?? '') ?? []
    expect(await visit(publicHostname, { path: link })).toMatchObject({
      status: 200,
      body: expect.stringContaining('<form method="post">'),
    })
    expect(await readProject()).toMatchObject({ status: 'inactive' })
    expect(await isRunning()).toBe(false)

    const postedMs = performance.now()
    expect(await visit(publicHostname, { path: link, method: 'POST' })).toMatchObject({ status: 200 })
    const seen = new Set<string>()
    await waitUntil(async () => {
      const answer = await visit(hostnames.alias)
      const isSite = answer.body.includes(text)
      if (!isSite) seen.add(answer.headers['retry-after'] === undefined ? `${answer.status} ${answer.body}` : 'page')
      return isSite
    }, patience)
    const servedMs = Math.round(performance.now() - postedMs)
    await waitUntil(() => hasEvents('reachable', 1), patience)
    const events = await readEvents()
    const told = events.find(({ kind }) => kind === 'reachable')
    console.log(
      `From the owner's click until served: ${servedMs} ms; the timeline says ${told?.after?.afterSeconds} s.`,
    )
    // Nobody was led to a container that did not run; one that has just begun may not listen yet.
    expect([...seen].filter((each) => each !== 'page' && each !== '502 Bad Gateway')).toEqual([])
    expect(await isRunning()).toBe(true)
    expect(await visitAll()).toMatchObject(allServed())
    expect(await readFiles()).toEqual(files)
    expect(told).toMatchObject({ after: { hostname: hostnames.alias, afterSeconds: expect.any(Number) } })
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['deactivated', 'blocked', 'containers_stopped'],
      ...['reactivated', 'containers_started', 'unblocked', 'reachable'],
    ])
  })

  it('counts once for each visit that was served, and not for probes or the blocked page', async () => {
    await untilCounted()
    expect(await readProject()).toMatchObject({ status: 'active', reactivationCount: 1, hits: served })
    const [row] = await fixture.sql`select report from vigie.agent where stopped_at is null`
    expect(row?.report).toMatchObject({
      intake: { error: null, garbage: 0, dropped: 0 },
      routing: { error: null, blockedProjects: 0, projectsOutOfStep: 0, isHeld: false },
      containers: { error: null, isActing: true, isPaused: false },
    })
    expect(traefik.faults).toEqual([])
  })

  it('sleeps and wakes again although the database restarts in between', async () => {
    await sweepUnvisited()
    await waitUntil(() => hasEvents('containers_stopped', 2), patience)
    await fixture.restartServer(500)
    expect(await visitAll()).toMatchObject(allBlocked)
    const woken = await runVigie(['reactivate', projectId, '--on-behalf-of', owner, '--reason', 'a test', '--json'], {
      DATABASE_URL: fixture.databaseUrl,
    })
    expect([woken.exitCode, woken.stderr]).toEqual([0, expect.any(String)])
    await waitUntil(() => hasEvents('reachable', 2), patience)
    expect(await visitAll()).toMatchObject(allServed())
    expect(await readFiles()).toEqual(files)
    await untilCounted()
    expect(await readProject()).toMatchObject({ status: 'active', hits: served })
    expect(traefik.faults).toEqual([])
  })

  it('is let alone by an agent that ends in time, with all its parts', async () => {
    const askedMs = performance.now()
    const exited = once(agent.child, 'exit')
    agent.child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    console.log(`An agent with all parts ended after ${Math.round(performance.now() - askedMs)} ms.`)
    expect(agent.log.filter(({ msg }) => msg.startsWith('Not everything stopped'))).toEqual([])
    expect(await visit(hostnames.alias)).toMatchObject(site)
  })
})
