import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const intervalMs = 100
const bytesPerMegabyte = 1024 * 1024

/**
 * Watches the memory of this process; `stop` returns by how many megabytes it grew at its peak. What counts is the
 * resident memory, or what is in use if that grew more: it may fit into pages that earlier work has left resident.
 */
export function watchMemory(): { stop: () => number } {
  collectGarbage()
  const before = readMemory()
  let grown = 0
  const look = () => {
    const now = readMemory()
    grown = Math.max(grown, now.resident - before.resident, now.used - before.used)
  }
  const timer = setInterval(look, intervalMs)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return grown / bytesPerMegabyte
    },
  }
}

function readMemory(): { resident: number; used: number } {
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss, used: heapUsed + external }
}

/** What earlier work has left would hide growth. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
