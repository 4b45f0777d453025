import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end, passing on the signals that arrive meanwhile.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, isQuiet?: boolean, timeoutMs?: number }} options
 * isQuiet keeps its output to return it; after timeoutMs it is killed.
 * @returns {Promise<{ exitCode: number, output: string, wasSignalled: boolean }>}
 */
export async function runChild(command, args, { cwd, env = process.env, isQuiet = false, timeoutMs }) {
  let wasSignalled = false
  let child
  const forward = (signal) => {
    wasSignalled = true
    child.kill(signal)
  }
  // Before the child is there: it may be known to others, and a signal on its way, before spawn returns.
  for (const signal of forwarded) process.on(signal, forward)
  try {
    child = spawn(command, args, {
      cwd,
      env,
      stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      killSignal: 'SIGKILL',
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) =>
        resolve({ exitCode: code ?? 128 + constants.signals[signal], output, wasSignalled }),
      )
    })
  } finally {
    for (const signal of forwarded) process.off(signal, forward)
  }
}
