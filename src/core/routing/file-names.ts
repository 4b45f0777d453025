/**
 * The names in Traefik's directory that concern Vigie. Traefik loads files that end in .yml, .yaml or .toml, and no others.
 * Everything else in the directory is somebody else's: never opened, and never named anywhere.
 */

/** So many files of Vigie's own at most: blocking one more project rewrites one of them. */
export const blockedFileCount = 64

const asideEnding = '.vigie-aside'
/** Of a file that is being written. */
export const unfinishedEnding = '.vigie-new'

export function platformFileName(projectId: string): string {
  return `project_${projectId}.yml`
}

/** The platform's file while its project is blocked. */
export function asideFileName(projectId: string): string {
  return `${platformFileName(projectId)}${asideEnding}`
}

export function blockedFileName(bucket: number): string {
  return `vigie-blocked-${String(bucket).padStart(2, '0')}.yml`
}

/** In which of Vigie's files a project's routers stand (FNV-1a). */
export function bucketOf(projectId: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < projectId.length; index += 1) {
    hash = Math.imul(hash ^ projectId.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash % blockedFileCount
}

/** What a directory holds that concerns Vigie. */
export interface DirectoryContents {
  /** Ids of projects whose file of the platform's is in place. */
  readonly inPlace: ReadonlySet<string>
  /** Ids of projects whose file is set aside. */
  readonly aside: ReadonlySet<string>
  /** Names of Vigie's own files. */
  readonly blocked: ReadonlySet<string>
  /** Names that a crash has left. */
  readonly unfinished: readonly string[]
  /** Names of files of the doctor's, of one that looks now or that was killed. */
  readonly trials: readonly string[]
}

const projectFile = /^project_([0-9a-f]{1,32})\.yml(\.vigie-aside)?$/
const ownFile = /^vigie-blocked-\d\d\.yml$/
const trialFile = /^vigie-doctor\.(?:yml|try)(?:\.vigie-new)?$/
const unfinishedFile = /^(?:project_[0-9a-f]{1,32}|vigie-blocked-\d\d)\.yml\.vigie-new$/

/** Sorts the names of a directory; foreign ones are dropped. */
export function sortNames(names: Iterable<string>): DirectoryContents {
  const inPlace = new Set<string>()
  const aside = new Set<string>()
  const blocked = new Set<string>()
  const unfinished: string[] = []
  const trials: string[] = []
  for (const name of names) {
    const [, projectId, isAside] = projectFile.exec(name) ?? []
    if (projectId !== undefined) (isAside === undefined ? inPlace : aside).add(projectId)
    else if (ownFile.test(name)) blocked.add(name)
    else if (unfinishedFile.test(name)) unfinished.push(name)
    else if (trialFile.test(name)) trials.push(name)
  }
  return { inPlace, aside, blocked, unfinished, trials }
}
