import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export interface LoggedVisit {
  readonly hostname: string
  readonly at?: number
  readonly userAgent?: string
  readonly path?: string
  /** Null: none had it. */
  readonly router?: string | null
  readonly status?: number
}

/** A line as Traefik writes it; lines are told apart by their count. */
export function logLine(visit: LoggedVisit, count: number) {
  const { hostname, at = Date.now(), userAgent = 'curl/8.5.0', path: asked = '/' } = visit
  const { router = 'router-alias-1@file', status = 200 } = visit
  return JSON.stringify({
    ClientAddr: '192.0.2.7:50123',
    ClientHost: '192.0.2.7',
    DownstreamStatus: status,
    Duration: 0,
    RequestAddr: hostname,
    RequestCount: count,
    RequestHost: hostname,
    RequestMethod: 'GET',
    RequestPath: asked,
    ...(router !== null && { RouterName: router }),
    StartUTC: new Date(at).toISOString(),
    entryPointName: 'websecure',
    level: 'info',
    msg: '',
    'request_User-Agent': userAgent,
    time: new Date(at).toISOString(),
  })
}

/** A log in a folder of its own, written and rotated as Traefik and logrotate do. */
export function createLogWriter() {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-log-'))
  const file = path.join(folder, 'access.log')
  /** Where Traefik writes until it is told to open its file again. */
  let opened = file
  let count = 0

  const shift = () => {
    const numbers = readdirSync(folder)
      .flatMap((name) => /^access\.log\.(\d+)(\.gz)?$/.exec(name) ?? [])
      .flatMap((part) => (/^\d+$/.test(part ?? '') ? [Number(part)] : []))
      .sort((a, b) => b - a)
    for (const number of numbers) {
      for (const ending of ['', '.gz']) {
        const name = `${file}.${number}${ending}`
        if (readdirSync(folder).includes(path.basename(name))) renameSync(name, `${file}.${number + 1}${ending}`)
      }
    }
  }

  return {
    file,
    get count() {
      return count
    },
    append: (text: string) => appendFileSync(opened, text),
    /** Writes visits, one line each. */
    visit(...visits: readonly LoggedVisit[]) {
      const lines = visits.map((visit) => {
        count += 1
        return `${logLine(visit, count)}\n`
      })
      appendFileSync(opened, lines.join(''))
    },
    /** By name; what is written next still goes to the old file until `reopen`. */
    rename() {
      shift()
      renameSync(file, `${file}.1`)
      opened = `${file}.1`
      writeFileSync(file, '')
    },
    reopen() {
      opened = file
    },
    copyAndTruncate() {
      shift()
      copyFileSync(file, `${file}.1`)
      truncateSync(file, 0)
    },
    compress(number: number) {
      const name = `${file}.${number}`
      writeFileSync(`${name}.gz`, gzipSync(readFileSync(name)))
      rmSync(name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type LogWriter = ReturnType<typeof createLogWriter>
