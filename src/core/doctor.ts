/**
 * The doctor: the whole lifecycle on the configured database, with rows of its own, in one transaction that is rolled
 * back. It uses the functions that everything else uses, so what it finds holds for them.
 *
 * Trigger: a person (command line). Needs the owner's login, since it inserts rows of the platform.
 * Locks: its own rows only.
 */
import { createHash } from 'node:crypto'
import type { Context, Database, Origin } from './context.ts'
import { databaseErrorOf } from './database-error.ts'
import { VigieError } from './errors.ts'
import type { Policy, Stage } from './policy.ts'
import type { ProjectStatus } from './project.ts'
import { readPolicy } from './queries/policy.ts'
import { reactivateProject } from './reactivate.ts'
import { recordTraffic } from './traffic/record.ts'
import { inSavepoint, inTransaction } from './transaction.ts'

export interface DoctorStep {
  readonly name: string
  readonly isOk: boolean
  readonly problem?: string
}

class RollBack extends Error {}

/**
 * Tries the lifecycle and returns what held. `seed` is random text, from which the ids of its rows are made, so that they
 * meet nobody's. Errors: those of the database while it makes its rows.
 */
export async function runDoctor(session: Database, origin: Origin, seed: string): Promise<DoctorStep[]> {
  const steps: DoctorStep[] = []
  try {
    await inTransaction(session, async () => {
      await tryLifecycle({ sql: session, origin, log: silentLog }, session, steps, seed)
      throw new RollBack()
    })
  } catch (error) {
    if (!(error instanceof RollBack)) throw error
  }
  return steps
}

const silentLog = { info: () => {}, warn: () => {}, error: () => {} }

async function tryLifecycle(context: Context, tx: Database, steps: DoctorStep[], seed: string): Promise<void> {
  const policy = await readPolicy(tx)
  const rows = await insertRows(tx, seed)
  const { free, paid, visited, owner, hostname } = rows
  // In this transaction alone: a pause would stop the batches that are tried.
  await tx`delete from vigie.pause`
  const run = await openRun(context)
  const sweep = (stage: Stage) =>
    tx`select vigie.sweep_batch(${run}, null, ${stage}, ${[free, paid, visited]}::varchar[])`

  const step = async (name: string, work: () => Promise<void>) => {
    try {
      // A savepoint, so that a step that fails leaves the next ones a usable transaction.
      await inSavepoint(tx, work)
      steps.push({ name, isOk: true })
    } catch (error) {
      steps.push({ name, isOk: false, problem: databaseErrorOf(error).message })
    }
  }

  await step(`deactivate after ${policy.inactiveAfterDays} days without traffic`, async () => {
    await backdate(tx, policy, 'deactivate', [free, paid])
    await sweep('deactivate')
    await expectStatus(tx, free, 'inactive')
    await expectCount(
      'its domain is disabled',
      1,
      tx`
      select from domain where project_id = ${free} and status = 'disabled'`,
    )
    await expectCount('one mail is queued', 1, tx`select from vigie.mail where project_id = ${free}`)
  })
  await step('leave a project with traffic alone', () => expectStatus(tx, visited, 'active'))
  await step('block a sleeping project’s traffic and change nothing', async () => {
    const { decision } = await recordTraffic(context, { hostname, at: null, deployDomain: null })
    if (decision !== 'blocked') throw new Error(`the decision is ${decision}`)
  })
  await step('reactivate on behalf of the owner', async () => {
    await reactivateProject(context, { projectId: free, onBehalfOf: owner, reason: 'doctor' })
    await expectStatus(tx, free, 'active')
    await expectCount(
      'its domain is back',
      1,
      tx`
      select from domain where project_id = ${free} and status = 'active'`,
    )
  })
  await step('restart the clock at the reactivation', async () => {
    await sweep('deactivate')
    await expectStatus(tx, free, 'active')
  })
  await step('record traffic', async () => {
    await backdate(tx, policy, 'deactivate', [free])
    const { decision } = await recordTraffic(context, { hostname, at: null, deployDomain: null })
    if (decision !== 'pass') throw new Error(`the decision is ${decision}`)
    await sweep('deactivate')
    await expectStatus(tx, free, 'active')
  })
  await step(`disable for good after ${policy.disabledAfterDays} more days`, async () => {
    await backdate(tx, policy, 'deactivate', [free])
    await sweep('deactivate')
    await backdate(tx, policy, 'disable', [free])
    await sweep('disable')
    await expectStatus(tx, free, 'permanently_disabled')
  })
  await step('refuse to reactivate what is disabled for good', async () => {
    const refusal = await reactivateProject(context, { projectId: free, onBehalfOf: owner, reason: 'doctor' }).catch(
      (error: unknown) => (error instanceof VigieError ? error.code : Promise.reject(error)),
    )
    if (refusal !== 'PROJECT_PERMANENTLY_DISABLED') throw new Error(`the answer is ${JSON.stringify(refusal)}`)
  })
  await step('never touch a paid plan, at either stage', async () => {
    await expectStatus(tx, paid, 'active')
    await tx`update project set status = 'inactive' where id = ${paid}`
    await backdate(tx, policy, 'disable', [paid])
    await sweep('disable')
    await expectStatus(tx, paid, 'inactive')
  })
}

async function openRun({ sql, origin }: Context): Promise<number> {
  const [row] = await sql<{ run: number }[]>`select vigie.start_run('sweep', ${sql.json({ ...origin })}) as run`
  if (row === undefined) throw new Error('start_run returned nothing')
  return row.run
}

/** Moves the rows back in time: policy and now are the database's, so only the rows can be old. */
async function backdate(tx: Database, policy: Policy, stage: Stage, ids: string[]): Promise<void> {
  if (stage === 'deactivate') {
    await tx`
      update project set
        created_at = vigie.idle_cutoff(${policy.inactiveAfterDays}),
        last_traffic_at = vigie.idle_cutoff(${policy.inactiveAfterDays})
      where id = any (${ids}::varchar[])`
  } else {
    await tx`
      update project set
        deactivated_at = vigie.idle_cutoff(${policy.disabledAfterDays})
      where id = any (${ids}::varchar[])`
  }
}

async function expectStatus(tx: Database, id: string, wanted: ProjectStatus): Promise<void> {
  const [row] = await tx<{ status: ProjectStatus }[]>`select status from project where id = ${id}`
  if (row?.status !== wanted) throw new Error(`the status is ${row?.status ?? 'unknown'}, not ${wanted}`)
}

async function expectCount(what: string, wanted: number, query: PromiseLike<readonly unknown[]>) {
  const { length } = await query
  if (length !== wanted) throw new Error(`${what}: found ${length}, not ${wanted}`)
}

async function insertRows(tx: Database, seed: string) {
  const newId = (name: string) => createHash('md5').update(`${seed} ${name}`).digest('hex')
  const owner = `doctor-${newId('owner')}@vigie.invalid`
  const hostname = `${newId('hostname')}.vigie.invalid`
  const ids = { free: newId('free'), paid: newId('paid'), visited: newId('visited') }
  const installation = -1 - Number.parseInt(newId('installation').slice(0, 7), 16)

  await tx`insert into github_installation (installation_id, status) values (${installation}, 'active')`
  const [user] = await tx<{ id: number }[]>`
    insert into "user" (email, username, email_verified, has_avatar, status, created_at, updated_at)
    values (${owner}, ${newId('owner')}, false, false, 'active', now() at time zone 'utc', now() at time zone 'utc')
    returning id`
  const plan = newId('plan')
  await tx`
    insert into subscription_plan (id, name, display_name, max_teams, max_team_members, max_projects,
      custom_domains_allowed, is_active, created_at, updated_at)
    values (${plan}, ${plan}, 'Doctor', 1, 1, 1, false, false, now() at time zone 'utc', now() at time zone 'utc')`
  for (const [name, id] of Object.entries(ids)) {
    const team = newId(`${name} team`)
    await tx`
      insert into team (id, name, has_avatar, status, created_at, updated_at)
      values (${team}, 'Doctor', false, 'active', now() at time zone 'utc', now() at time zone 'utc')`
    await tx`
      insert into team_member (team_id, user_id, role, created_at)
      values (${team}, ${user?.id ?? null}, 'owner', now() at time zone 'utc')`
    await tx`
      insert into project (id, name, has_avatar, repo_id, repo_full_name, repo_status, github_installation_id,
        environments, env_vars, config, team_id, created_at, updated_at, status, last_traffic_at)
      values (${id}, 'Doctor', false, 0, 'vigie/doctor', 'active', ${installation}, '[]', '', '{}', ${team},
        now() at time zone 'utc', now() at time zone 'utc', 'active', now() at time zone 'utc')`
    if (name === 'paid') {
      await tx`
        insert into team_subscription (id, team_id, plan_id, status, created_at, updated_at)
        values (${newId('subscription')}, ${team}, ${plan}, 'active', now() at time zone 'utc', now() at time zone 'utc')`
    }
  }
  await tx`
    insert into domain (project_id, hostname, type, status, created_at, updated_at)
    values (${ids.free}, ${hostname}, 'route', 'active', now() at time zone 'utc', now() at time zone 'utc')`
  return { ...ids, owner, hostname }
}
