/** The reason of the bulk act that is being asked about, kept while the window lives: a look elsewhere does not lose it. */
let kept = ''

export function readReason(): string {
  return kept
}

export function keepReason(reason: string): void {
  kept = reason
}
