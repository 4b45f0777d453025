/*
 * Asks a server on loopback about requests as a proxy does, over connections that last, and says how it was answered. A
 * process of its own, so that it takes nothing from the one that it measures.
 *
 * Arguments: JSON {port, path, hostnamesFile, connections, warmUpMs, durationMs, ratePerSecond | null}; null asks again as
 * soon as it is answered. Answer: JSON {requests, statuses, errors, perSecond, p99Ms, slowestMs} on standard output. Latencies count
 * from when a request was due, also if no connection was free then; those of the warm-up, in which connections are made and
 * code is compiled, are not among them.
 */
import { readFileSync } from 'node:fs'
import net from 'node:net'

const { port, path, hostnamesFile, connections, warmUpMs, durationMs, ratePerSecond } = JSON.parse(
  process.argv[2] ?? '',
)
const requests = JSON.parse(readFileSync(hostnamesFile, 'utf8')).map((/** @type {string} */ hostname) =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n` +
      `X-Forwarded-Host: ${hostname}\r\nX-Forwarded-Uri: /\r\nX-Forwarded-For: 192.0.2.1\r\nUser-Agent: Mozilla/5.0\r\n\r\n`,
  ),
)
const latencies = []
const statuses = {}
let errors = 0
let sent = 0
const startedMs = performance.now()
const warmMs = startedMs + warmUpMs
const endMs = warmMs + durationMs
const idle = []
/** When those requests were due that no connection was free for. */
const waiting = []
let open = 0

for (let n = 0; n < connections; n += 1) connect()
const timer = ratePerSecond === null ? null : setInterval(sendDue, 1)
let due = 0

function sendDue() {
  const now = Math.min(performance.now(), endMs)
  const wanted = Math.floor(((now - startedMs) * ratePerSecond) / 1_000)
  for (; due < wanted; due += 1) {
    const dueMs = startedMs + (due * 1_000) / ratePerSecond
    const connection = idle.pop()
    if (connection === undefined) waiting.push(dueMs)
    else connection.ask(dueMs)
  }
  if (performance.now() > endMs && idle.length === open) finish()
}

function connect() {
  const socket = net.connect(port, '127.0.0.1').setNoDelay(true)
  let askedMs = 0
  let received = ''
  let isAsking = false
  open += 1
  const connection = {
    /** @param {number} dueMs */
    ask(dueMs) {
      askedMs = dueMs
      isAsking = true
      socket.write(requests[sent % requests.length])
      sent += 1
    },
  }
  const goOn = () => {
    isAsking = false
    const dueMs = waiting.shift()
    if (dueMs !== undefined) connection.ask(dueMs)
    else if (ratePerSecond !== null) idle.push(connection)
    else if (performance.now() < endMs) connection.ask(performance.now())
    else {
      idle.push(connection)
      if (idle.length === open) finish()
    }
  }
  socket.on('connect', goOn)
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/^content-length: (\d+)/im.exec(received)?.[1] ?? 0)
    if (received.length < headEnd + 4 + length) return
    if (performance.now() >= warmMs) latencies.push(performance.now() - askedMs)
    const status = received.slice(9, 12)
    statuses[status] = (statuses[status] ?? 0) + 1
    received = ''
    goOn()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    open -= 1
    if (isAsking) errors += 1
    if (performance.now() < endMs) setTimeout(connect, 10)
    else if (idle.length >= open) finish()
  })
}

function finish() {
  if (timer !== null) clearInterval(timer)
  latencies.sort((a, b) => a - b)
  const result = {
    requests: sent,
    statuses,
    errors,
    perSecond: latencies.length / ((performance.now() - warmMs) / 1_000),
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    slowestMs: latencies.at(-1) ?? 0,
  }
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
}
