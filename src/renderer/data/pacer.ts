export interface Pacer {
  /** Asks for the work: done at once, or when the pace allows it again; many askings in between are one. */
  readonly poke: () => void
  readonly stop: () => void
}

/** Does its work when poked, at most once in `everyMs`; what was asked for in between is not forgotten. */
export function createPacer(everyMs: number, work: () => void): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWanted = false
  const run = () => {
    isWanted = false
    work()
    timer = setTimeout(() => {
      timer = undefined
      if (isWanted) run()
    }, everyMs)
  }
  return {
    poke() {
      if (timer === undefined) run()
      else isWanted = true
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
      isWanted = false
    },
  }
}
