/** A project that was opened, as the palette names it. */
export interface RecentProject {
  readonly id: string
  readonly name: string
}

const kept = 8

/**
 * The projects that were opened in this window, the last one first. In memory alone: what an operator looked at for a
 * customer is nobody's after the window is closed.
 */
let recent: readonly RecentProject[] = []

export function readRecentProjects(): readonly RecentProject[] {
  return recent
}

export function noteOpenedProject({ id, name }: RecentProject): void {
  recent = [{ id, name }, ...recent.filter((other) => other.id !== id)].slice(0, kept)
}
