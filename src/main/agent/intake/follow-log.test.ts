import { existsSync, rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { waitUntil } from '../testing/agent-fixture.ts'
import { followLog } from './follow-log.ts'
import type { LogPlace } from './log-files.ts'
import { createLogWriter, type LogWriter } from './testing/log-writer.ts'

const writers: LogWriter[] = []
afterEach(() => {
  for (const writer of writers.splice(0)) writer.remove()
})
const createWriter = () => {
  const writer = createLogWriter()
  writers.push(writer)
  return writer
}
const visit = { hostname: 'a.example' }

/** Reads a log until it is stopped; the numbers of its lines, in the order in which they came. */
function startReading(writer: LogWriter, place: LogPlace | null = null, pollMs = 2) {
  const stopping = new AbortController()
  const reading = { counts: [] as number[], place, gaps: 0, missing: 0, caughtUp: 0 }
  const work = async () => {
    const options = { path: writer.file, place, pollMs, signal: stopping.signal, nowMs: () => performance.now() }
    for await (const block of followLog(options)) {
      if ('missing' in block) {
        reading.missing += 1
        continue
      }
      const lines = block.lines.map((line) => JSON.parse(line))
      reading.counts.push(...lines.map((line) => line.RequestCount))
      const last = lines.at(-1)
      reading.place = block.placeAfter(last === undefined ? null : Date.parse(last.StartUTC))
      if (block.hasGap) reading.gaps += 1
      if (block.caughtUpMs !== null) reading.caughtUp += 1
    }
  }
  const working = work()
  return Object.assign(reading, {
    stop: () => {
      stopping.abort()
      return working
    },
  })
}

/** The first time, what was rotated before is left alone: the log has to be open before it is. */
async function startReadingFirst(writer: LogWriter) {
  writer.visit(visit)
  const reading = startReading(writer)
  await waitUntil(() => reading.counts.length === 1)
  return reading
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** Reads what is there from a place on, and stops. */
async function readOn(writer: LogWriter, place: LogPlace | null) {
  const reading = startReading(writer, place)
  await waitUntil(() => reading.caughtUp > 0)
  await reading.stop()
  return reading
}

describe('following a log', () => {
  it('gives each line once, and the rest of a line when it is there', async () => {
    const writer = createWriter()
    writer.visit(visit)
    const reading = startReading(writer)
    await waitUntil(() => reading.counts.length === 1)
    writer.append('{"RequestCount":')
    await waitUntil(() => reading.caughtUp > 3)
    writer.append('2,"StartUTC":"2026-03-01T12:00:00Z"}\n')
    await waitUntil(() => reading.counts.length === 2)
    await reading.stop()
    expect(reading).toMatchObject({ counts: [1, 2], gaps: 1, missing: 0 })
  })

  it('waits for a log that is not there yet', async () => {
    const writer = createWriter()
    const reading = startReading(writer)
    await waitUntil(() => reading.missing > 0)
    writer.visit(visit)
    await waitUntil(() => reading.counts.length === 1)
    await reading.stop()
  })

  it('reads a renamed file to its end, also what comes late, before the next one', async () => {
    const writer = createWriter()
    const reading = await startReadingFirst(writer)
    for (let round = 0; round < 20; round += 1) {
      writer.visit(visit, visit)
      writer.rename()
      writer.visit(visit)
      if (round % 3 === 0) await waitUntil(() => reading.counts.length === writer.count)
      writer.reopen()
      writer.visit(visit)
    }
    await waitUntil(() => reading.counts.length >= writer.count)
    await reading.stop()
    expect(reading.counts).toEqual(upTo(writer.count))
    expect(reading.gaps).toBe(1)
  })

  it('finds in the copy what was not read when a log was truncated', async () => {
    const writer = createWriter()
    const reading = await startReadingFirst(writer)
    for (let round = 0; round < 20; round += 1) {
      writer.visit(visit, visit, visit)
      if (round % 3 === 0) await waitUntil(() => reading.counts.length === writer.count)
      writer.visit(visit)
      writer.copyAndTruncate()
      // As long as before, or longer: the size alone tells nothing.
      writer.visit(...Array.from({ length: round % 2 === 0 ? 5 : 1 }, () => visit))
    }
    await waitUntil(() => reading.counts.length >= writer.count)
    await reading.stop()
    expect(reading.counts).toEqual(upTo(writer.count))
  })

  it('begins anew when a log was truncated without a copy', async () => {
    const writer = createWriter()
    writer.visit(visit, visit)
    const reading = startReading(writer)
    await waitUntil(() => reading.counts.length === 2)
    writer.copyAndTruncate()
    writer.compress(1)
    writer.visit(visit)
    await waitUntil(() => reading.counts.length === 3)
    await reading.stop()
    expect(reading.counts).toEqual([1, 2, 3])
  })
})

describe('going on from a place', () => {
  it('reads what was missed, from rotated files, plain and compressed', async () => {
    const writer = createWriter()
    writer.visit(visit, visit)
    const { place } = await readOn(writer, null)
    for (let round = 0; round < 4; round += 1) {
      writer.visit(visit, visit)
      writer.rename()
      writer.reopen()
      writer.visit(visit)
      if (round > 0) writer.compress(2)
    }
    expect(existsSync(`${writer.file}.4.gz`)).toBe(true)
    const { counts, gaps } = await readOn(writer, place)
    expect([1, 2, ...counts]).toEqual(upTo(writer.count))
    expect(gaps).toBe(0)
  })

  it('reads on in the copy of a truncated log, although its file is the same', async () => {
    const writer = createWriter()
    writer.visit(visit, visit)
    const { place } = await readOn(writer, null)
    writer.visit(visit)
    writer.copyAndTruncate()
    writer.visit(visit, visit, visit, visit)
    const { counts } = await readOn(writer, place)
    expect(counts).toEqual([3, 4, 5, 6, 7])
  })

  it('says that lines may be missing when the file of the place is gone', async () => {
    const writer = createWriter()
    writer.visit({ ...visit, at: 1_767_225_600_000 })
    writer.rename()
    writer.reopen()
    writer.visit({ ...visit, at: 1_767_225_700_000 })
    const { place } = await readOn(writer, null)
    writer.rename()
    writer.reopen()
    writer.visit({ ...visit, at: 1_767_225_800_000 })
    writer.rename()
    writer.reopen()
    writer.visit({ ...visit, at: 1_767_225_900_000 })
    // Of the four files, the third is the one of the place.
    rmSync(`${writer.file}.2`)
    const { counts, gaps } = await readOn(writer, place)
    expect(counts).toEqual([3, 4])
    expect(gaps).toBe(1)
  })

  it('reads nothing twice, wherever it was stopped', async () => {
    const writer = createWriter()
    const counts: number[] = []
    let place: LogPlace | null = null
    for (let round = 0; round < 30; round += 1) {
      writer.visit(visit, visit)
      if (round % 4 === 1) writer.rename()
      if (round % 4 === 2) writer.reopen()
      if (round % 7 === 3) writer.copyAndTruncate()
      const reading = await readOn(writer, place)
      counts.push(...reading.counts)
      place = reading.place
    }
    expect(counts).toEqual(upTo(writer.count))
  })
})
