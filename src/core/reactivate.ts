/**
 * Reactivation: a person wakes an inactive project on behalf of an owner or admin of its team.
 *
 * Trigger: a person (console, command line); a bulk act, for the team's longest-standing active owner.
 * Guarantees: one transaction (migrations/functions/wake.sql); the project, its clock, the domains that Vigie
 * disabled and the event change together. Of two at the same time the first wins, the second is refused.
 * Locks: the project's row, waited for at most the session's lock_timeout.
 */
import type { Context } from './context.ts'
import { type ErrorCode, VigieError } from './errors.ts'
import type { ProjectStatus } from './project.ts'
import { isProjectId } from './queries/project.ts'
import { checkReasonLength } from './reason.ts'

export interface ReactivateRequest {
  readonly projectId: string
  /** E-mail address of an owner or admin of the team, in any case. */
  readonly onBehalfOf: string
  readonly reason: string
}

export interface Reactivation {
  readonly projectId: string
  readonly status: 'active'
  readonly reactivationCount: number
  readonly domainsRestored: number
  /** Hostnames that are active on another project and stay with it. */
  readonly domainsLeft: readonly string[]
  /** Nothing was remembered (asleep since the platform's first version): all disabled domains returned. */
  readonly isFirstVersionSleeper: boolean
}

const refusals = {
  PROJECT_NOT_FOUND: () => 'No project has this id. Check the id and try again.',
  REASON_REQUIRED: () => 'A reactivation needs a reason. Say in a few words why.',
  TEAM_DELETED: () => 'The team of this project was deleted. Its projects can’t be reactivated.',
  PROJECT_PERMANENTLY_DISABLED: () => 'This project is permanently disabled. It can’t be reactivated.',
  PROJECT_NOT_INACTIVE: (status) =>
    `This project is ${status ?? 'not inactive'}. Only inactive projects can be reactivated.`,
  NOT_OWNER_OR_ADMIN: () => 'Nobody with this address owns or administers the team. Name one of its owners or admins.',
  NO_ACTIVE_OWNER: () =>
    'The team has no owner with an account to act for. Reactivate it for one of its admins by name.',
} as const satisfies Partial<Record<ErrorCode, (status: ProjectStatus | undefined) => string>>

type Row = { readonly answer: Answer }
type Answer = Reactivation | { readonly refusal: keyof typeof refusals; readonly status?: ProjectStatus }

/** Reactivates a project. Errors: the codes of `refusals`, in this order; REASON_TOO_LONG. */
export async function reactivateProject(context: Context, request: ReactivateRequest): Promise<Reactivation> {
  const { sql, origin } = context
  const { projectId } = request
  const onBehalfOf = request.onBehalfOf.replaceAll('\0', '').slice(0, maxAddressLength)
  return await reactivate(
    context,
    request,
    (reason) => sql<Row[]>`
      select vigie.reactivate(${projectId}, ${onBehalfOf}, ${reason}, ${sql.json({ ...origin })}) as answer`,
  )
}

/**
 * Reactivates a project on behalf of its team's longest-standing active owner. Errors: as
 * {@link reactivateProject}, with NO_ACTIVE_OWNER for a team that has none.
 */
export async function reactivateForOwner(
  context: Context,
  request: Omit<ReactivateRequest, 'onBehalfOf'>,
): Promise<Reactivation> {
  const { sql, origin } = context
  const { projectId } = request
  return await reactivate(
    context,
    request,
    (reason) => sql<Row[]>`
      select vigie.reactivate_for_owner(${projectId}, ${reason}, ${sql.json({ ...origin })}) as answer`,
  )
}

async function reactivate(
  { log }: Context,
  { projectId, ...given }: Omit<ReactivateRequest, 'onBehalfOf'>,
  askDatabase: (reason: string) => Promise<readonly Row[]>,
): Promise<Reactivation> {
  const answer = await ask()
  if ('refusal' in answer) {
    const { refusal, status } = answer
    log.warn({ projectId: clip(projectId), code: refusal, status }, 'A reactivation was refused.')
    throw new VigieError(refusal, refusals[refusal](status), status === undefined ? undefined : { status })
  }
  log.info({ projectId: answer.projectId, reactivationCount: answer.reactivationCount }, 'A project was reactivated.')
  return answer

  async function ask(): Promise<Answer> {
    if (!isProjectId(projectId)) return { refusal: 'PROJECT_NOT_FOUND' }
    const [row] = await askDatabase(checkReasonLength(given.reason))
    if (row === undefined) throw new Error('the reactivation returned nothing')
    return row.answer
  }
}

/** `"user".email` holds 320 characters; one more never matches. */
const maxAddressLength = 321

function clip(text: string): string {
  return text.slice(0, 64)
}
