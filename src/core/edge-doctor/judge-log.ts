/** Judges the end of Traefik's access log. The settings that are named are those of Traefik's manual, Access logs. */
import { type LogFormat, type LoggedRequest, parseLogLine } from '../traffic/log-line.ts'
import { type Finding, failed, ok, skipped } from './edge-step.ts'

/** The end of a log as it was found, or why it could not be read: the system's code. */
export type LogEnd = { readonly lines: readonly string[] } | { readonly problem: string }

/** A request that was just made through Traefik: the log must tell of it. */
export interface LoggedProbe {
  readonly hostname: string
  /** Without Traefik's suffix for the provider. */
  readonly router: string
}

export interface LogFindings {
  readonly format: Finding
  readonly hostnames: Finding
  readonly userAgents: Finding
}

const keepAll = '--accesslog.fields.defaultmode=keep'
const jsonLog = `--accesslog=true --accesslog.format=json ${keepAll}`
const keepHostname = '--accesslog.fields.names.RequestHost=keep'
const keepUserAgent = '--accesslog.fields.headers.names.User-Agent=keep'

/** Judges a log. `format` null: each line tells its own. `probe` null: nothing was asked through Traefik. */
export function judgeLog(end: LogEnd, format: LogFormat | null, probe: LoggedProbe | null): LogFindings {
  if ('problem' in end) return onlyFormat(failed(describeProblem(end.problem)))
  const lines = end.lines.filter((line) => line !== '')
  const requests = readRequests(lines, format)
  if (requests.length === 0) return onlyFormat(failed(describeUseless(lines, format)))
  const probed = probe === null ? [] : requests.filter((request) => isOfProbe(request, probe))
  if (probe !== null && probed.length === 0) {
    return onlyFormat(
      failed(
        'A request that was just made through Traefik is not in it. Let --access-log name the file that this Traefik ' +
          'writes (--accesslog.filepath), without --accesslog.bufferingsize and --accesslog.filters.',
      ),
    )
  }
  // What the doctor asked itself says most: it had a hostname and a user agent.
  const judged = probed.length > 0 ? probed : requests
  return {
    format: ok(describeFormats(lines, requests.length)),
    hostnames: judgeHostnames(judged),
    userAgents: judged.some(({ userAgent }) => userAgent !== null)
      ? ok('They are written.')
      : failed(`No request has one, so monitors can’t be told from visitors. Start Traefik with ${keepUserAgent}.`),
  }
}

/** Whether the log tells of the probe yet. */
export function hasProbe(end: LogEnd, probe: LoggedProbe): boolean {
  return 'lines' in end && readRequests(end.lines, null).some((request) => isOfProbe(request, probe))
}

function readRequests(lines: readonly string[], format: LogFormat | null): LoggedRequest[] {
  return lines.map((line) => parseLogLine(line, format)).filter((request) => request !== null)
}

function isOfProbe({ hostname, router }: LoggedRequest, probe: LoggedProbe): boolean {
  if (hostname !== null) return hostname.toLowerCase() === probe.hostname
  // Behind the name of an entry point, where that has settings for all of its routers.
  return `-${router?.split('@')[0]}`.endsWith(`-${probe.router}`)
}

function onlyFormat(format: Finding): LogFindings {
  const unknown = skipped('The access log has to be readable first.')
  return { format, hostnames: unknown, userAgents: unknown }
}

function judgeHostnames(requests: readonly LoggedRequest[]): Finding {
  if (requests.every(({ hostname }) => hostname !== null)) return ok('They are written.')
  if (requests.some(({ hostname }) => hostname !== null)) {
    return ok('They are written, or else the names of the platform’s routers.')
  }
  return ok(`It has the names of the platform’s routers instead, which do. For hostnames: ${jsonLog} ${keepHostname}.`)
}

function describeFormats(lines: readonly string[], usable: number): string {
  const json = lines.filter(isJson).length
  const name = json === lines.length ? 'JSON' : json === 0 ? 'The common format' : 'JSON and the common format'
  const useless = lines.length - usable
  return useless === 0
    ? `${name}.`
    : `${name}; ${useless} of the last ${lines.length} lines tell of no hostname or router.`
}

function describeUseless(lines: readonly string[], format: LogFormat | null): string {
  if (lines.length === 0) {
    return `It is empty. Start Traefik with ${jsonLog}, and let --accesslog.filepath and --access-log name the same file.`
  }
  if (format !== null && readRequests(lines, null).length > 0) {
    return `Its lines are not ${format}, as --access-log-format says. Leave the flag out, or correct it.`
  }
  if (lines.every(isJson)) {
    return `Its lines lack the hostname or the time of the request. Start Traefik with ${keepAll}, and drop no fields of these.`
  }
  return `None of its last ${lines.length} lines is one of Traefik’s access log. Start Traefik with ${jsonLog}.`
}

function isJson(line: string): boolean {
  return line.startsWith('{')
}

function describeProblem(code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no such file. Start Traefik with ${jsonLog}, and let --accesslog.filepath and --access-log name the same file.`
    case 'EACCES':
    case 'EPERM':
      return `It can’t be read (${code}). Give the agent’s user the right to read it.`
    case 'EISDIR':
      return 'It is no file. Let --access-log name the one that --accesslog.filepath names.'
    default:
      return `It can’t be read (${code}). Look at its disk.`
  }
}
