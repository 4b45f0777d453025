/**
 * Brings a directory of Traefik's into step with the database: one pass.
 *
 * Trigger: the agent's part `routing`, at NOTIFY and every minute (main/agent/routing/routing-part.ts).
 * Guarantees: the directory is valid at every instant, and no hostname of a project is without a router in between. A router
 * to the blocked page is there before the platform's file is set aside; the platform's file is back before that router
 * goes. So a pass may be cut off after any step, and the next one finds what is left. Files are changed only while routing
 * is neither paused nor waits for a person to look at an outage, and only by the directory's keeper.
 * Locks: none while files are written. What came of it is on record after (migrations/functions/confirm-edge.sql).
 */
import type { Context } from '../context.ts'
import { type BlockedFiles, planBlockedFiles } from './blocked-files.ts'
import { confirmEdge, type KeptEdge, leaveHostnames } from './edges.ts'
import { asideFileName, type DirectoryContents, platformFileName, sortNames } from './file-names.ts'
import { decideRestoration, platformFile } from './platform-file.ts'
import {
  type BlockedProject,
  readBlockedProjects,
  readConfirmedButAwake,
  readRoutedProjects,
} from './read-routed-projects.ts'
import type { EdgeSettings, RoutedProject } from './routed-project.ts'
import type { SetAsidePace } from './set-aside-pace.ts'
import { type EdgeError, edgeErrorOf, type TraefikDirectory } from './traefik-directory.ts'
import { createWriteGate, isHeld, type WriteGate } from './write-gate.ts'

export interface ReconcileOptions {
  readonly edge: KeptEdge
  readonly directory: TraefikDirectory
  readonly settings: EdgeSettings
  readonly memory: EdgeMemory
  /** In milliseconds since 1970, as the times of files are. */
  readonly now: () => number
  /**
   * Called before the first change of a pass; resolves when it may be made. `isWaking`: a project is to be served again.
   * What it throws ends the pass, with nothing changed and nothing on record.
   */
  readonly beforeWriting: (pass: { readonly isWaking: boolean }) => Promise<void>
}

/** What is remembered from pass to pass. */
export interface EdgeMemory {
  readonly pace: SetAsidePace
  /** Hostnames that are left to other projects, as far as that was told. */
  toldLeft: ReadonlySet<string>
}

/** What a pass did. */
export interface Pass {
  /** Of Vigie's own, written or removed. */
  readonly ownFiles: number
  readonly setAside: number
  readonly broughtBack: number
  /** Projects that are to be blocked. */
  readonly blocked: number
  /** Projects whose files are not as they should be. */
  readonly outOfStep: number
  /** There is more to do, which waits so that Traefik keeps up. */
  readonly hasMore: boolean
  /** It stopped before its end: a pause, or an outage. */
  readonly isHeld: boolean
  /** What is wrong with the directory. */
  readonly error: EdgeError | null
  /** Projects of which a name was left out, since it is no hostname or the platform's own. */
  readonly unusable: ReadonlySet<string>
  /** Active projects whose hostnames are served again, as far as Vigie's files go, and of which only this pass tells. */
  readonly served: readonly RoutedProject[]
}

/** So many of the platform's files are changed per pass: Traefik reads its whole directory again for each. */
const maxMoves = 500

/** Runs one pass. Errors: CLAIM_LOST, and the database's; a directory that fails is told in the pass and on record. */
export async function reconcileEdge(context: Context, options: ReconcileOptions): Promise<Pass> {
  const { sql } = context
  const { edge, directory, settings, memory } = options
  const progress = new Progress()
  const scope = { edgeId: edge.edgeId, deployDomain: settings.deployDomain }
  const blocked = await readBlockedProjects(sql, scope)
  const awake: Awake = { ids: new Set(await readConfirmedButAwake(sql, edge.edgeId)), projects: [] }
  const gate = createWriteGate(sql, {
    edge,
    now: options.now,
    beforeWriting: () => options.beforeWriting({ isWaking: awake.ids.size > 0 }),
  })
  let plan: BlockedFiles | undefined
  try {
    const found = sortNames(await directory.list())
    for (const id of found.aside) awake.ids.add(id)
    for (const { projectId } of blocked) awake.ids.delete(projectId)
    if (awake.ids.size > 0) awake.projects = await readRoutedProjects(sql, [...awake.ids], settings.deployDomain)

    for (const name of found.unfinished) await gate.pass(() => directory.remove(name))
    for (const name of found.trials) await removeStaleTrial(name, options, gate)
    await bringBack(awake, found, options, gate, progress)
    plan = planBlockedFiles([...blocked, ...progress.waiting], settings)
    await writeOwnFiles(plan, found, directory, gate, progress)
    await setAside(blocked, found, options, gate, progress)
  } catch (error) {
    if (isHeld(error)) progress.isHeld = true
    else progress.error = edgeErrorOf(error)
  }
  const confirmation = progress.hasOwnFiles
    ? confirmationOf(blocked, awake, progress, plan)
    : { blocked: [], unblocked: [], outOfStep: blocked.filter(isUnconfirmed).length + awake.ids.size }
  const served = new Set(await confirmEdge(context, edge, { ...confirmation, error: progress.error }))
  const left = (plan?.left ?? []).map(({ projectId, hostname }) => ({
    projectId,
    hostname,
    key: `${projectId} ${hostname}`,
  }))
  const untold = left.filter(({ key }) => !memory.toldLeft.has(key))
  if (untold.length > 0) await leaveHostnames(context, untold)
  memory.toldLeft = new Set(left.map(({ key }) => key))
  return {
    ownFiles: progress.ownFiles,
    setAside: progress.setAside,
    broughtBack: progress.broughtBack,
    blocked: blocked.length,
    outOfStep: confirmation.outOfStep,
    hasMore: progress.hasMore,
    isHeld: progress.isHeld,
    error: progress.error,
    unusable: plan?.unusable ?? new Set(),
    served: awake.projects.filter(({ projectId }) => served.has(projectId)),
  }
}

/** Projects that were blocked and are so no longer, and those of them that still exist. */
interface Awake {
  readonly ids: Set<string>
  projects: readonly RoutedProject[]
}

/** How far a pass has come. */
class Progress {
  ownFiles = 0
  /** Vigie's own files are as they should be. */
  hasOwnFiles = false
  setAside = 0
  broughtBack = 0
  /** Woken projects that stay on the blocked page until their file is back. */
  readonly waiting: RoutedProject[] = []
  /** Files of blocked projects that are left in place for now. */
  leftInPlace = 0
  hasMore = false
  isHeld = false
  error: EdgeError | null = null
}

/** No doctor looks for so long: it was killed. */
const staleTrialMs = 60_000

async function removeStaleTrial(name: string, { directory, now }: ReconcileOptions, gate: WriteGate): Promise<void> {
  const trial = await directory.read(name)
  if (trial !== null && now() - trial.modifiedAtMs > staleTrialMs) await gate.pass(() => directory.remove(name))
}

async function bringBack(
  { ids, projects }: Awake,
  found: DirectoryContents,
  options: ReconcileOptions,
  gate: WriteGate,
  progress: Progress,
): Promise<void> {
  const byId = new Map(projects.map((project) => [project.projectId, project]))
  let changed = 0
  for (const id of ids) {
    const project = byId.get(id)
    try {
      if (changed >= maxMoves) progress.hasMore = true
      else {
        changed += await restore(id, project, found.aside.has(id), options, gate, progress)
        continue
      }
    } catch (error) {
      if (isHeld(error)) throw error
      // The others need not wait for it.
      progress.error = edgeErrorOf(error)
    }
    if (project !== undefined) progress.waiting.push(project)
  }
}

/** The platform's file of one project comes back, or what was set aside goes. Returns how many files it changed. */
async function restore(
  id: string,
  project: RoutedProject | undefined,
  isAside: boolean,
  { directory, settings, now }: ReconcileOptions,
  gate: WriteGate,
  progress: Progress,
): Promise<number> {
  const name = platformFileName(id)
  const asideName = asideFileName(id)
  const aside = isAside ? await directory.read(asideName) : null
  const inPlace = await directory.read(name)
  const restoration = decideRestoration(project === undefined ? null : platformFile(project, settings), {
    inPlace: inPlace && { text: inPlace.text, ageMs: now() - inPlace.modifiedAtMs },
    aside: aside?.text ?? null,
  })
  if (restoration.kind === 'bring_back') {
    await gate.pass(() => directory.move(asideName, name))
    progress.broughtBack += 1
    return 1
  }
  if (restoration.kind === 'write') {
    await gate.pass(() => directory.write(name, restoration.text))
    progress.broughtBack += 1
  }
  if (aside !== null) await gate.pass(() => directory.remove(asideName))
  return restoration.kind === 'write' || aside !== null ? 1 : 0
}

async function writeOwnFiles(
  { contents }: BlockedFiles,
  { blocked: existing }: DirectoryContents,
  directory: TraefikDirectory,
  gate: WriteGate,
  progress: Progress,
): Promise<void> {
  for (const [name, text] of contents) {
    if (existing.has(name) && (await directory.read(name))?.text === text) continue
    await gate.pass(() => directory.write(name, text))
    progress.ownFiles += 1
  }
  for (const name of existing) {
    if (contents.has(name)) continue
    // Without routers there must be no file: Traefik refuses empty maps.
    await gate.pass(() => directory.remove(name))
    progress.ownFiles += 1
  }
  progress.hasOwnFiles = true
}

async function setAside(
  blocked: readonly BlockedProject[],
  { inPlace }: DirectoryContents,
  { directory, memory, now }: ReconcileOptions,
  gate: WriteGate,
  progress: Progress,
): Promise<void> {
  const present = blocked.filter(({ projectId }) => inPlace.has(projectId))
  progress.leftInPlace = present.length
  for (const { projectId } of present) {
    if (!memory.pace.isDue(projectId, now())) continue
    if (progress.setAside >= maxMoves) {
      progress.hasMore = true
      return
    }
    await gate.pass(() => directory.move(platformFileName(projectId), asideFileName(projectId)))
    memory.pace.note(projectId, now())
    progress.setAside += 1
    progress.leftInPlace -= 1
  }
}

/** A woken project that waits for its containers is on the blocked page, and yet not blocked. */
function isUnconfirmed({ isConfirmed, status }: BlockedProject): boolean {
  return !isConfirmed && status !== 'active'
}

function confirmationOf(
  blocked: readonly BlockedProject[],
  { ids }: Awake,
  { waiting, leftInPlace }: Progress,
  plan: BlockedFiles | undefined,
) {
  const isWaiting = new Set(waiting.map(({ projectId }) => projectId))
  return {
    blocked: blocked.filter(isUnconfirmed).map(({ projectId, deactivatedAt }) => ({
      projectId,
      deactivatedAt,
      hostnames: plan?.hostnames.get(projectId) ?? 0,
    })),
    unblocked: [...ids].filter((id) => !isWaiting.has(id)),
    outOfStep: leftInPlace + waiting.length,
  }
}
