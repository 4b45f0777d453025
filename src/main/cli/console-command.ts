import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { createApp } from '../app.ts'
import { openBrowser } from '../console/open-browser.ts'
import { startConsole } from '../console/server.ts'
import type { Handle, Output } from './program.ts'
import type { Process } from './session.ts'
import { wholeNumber } from './words.ts'

/** Beside out/main, where this is bundled into: out/renderer. */
const rendererDir = fileURLToPath(new URL('../renderer', import.meta.url))

/** `console`: the console in a browser, until Ctrl-C or SIGTERM. */
export function addConsoleCommand(program: Command, handle: Handle, process: Process, output: Output): void {
  handle(
    program
      .command('console')
      .description('open the console in a browser')
      .option('--port <number>', 'the port to listen on; by default a free one', wholeNumber('The port', 0, 65_535), 0)
      .option('--no-open', 'only print the address'),
    async (command) => {
      const { port, open, json } = command.opts<{ port: number; open: boolean; json?: boolean }>()
      const { env, log, signal } = process
      const app = await createApp({ entry: 'console', env, log, preparation: 'sample' })
      try {
        const server = await startConsole({ app, rendererDir, port })
        output.stdout(json ? `${JSON.stringify({ url: server.url })}\n` : `${server.url}\n`)
        if (open) {
          const outcome = await openBrowser(server.browserUrl)
          if (outcome.kind === 'none') log.info({}, outcome.reason)
        }
        if (!signal.aborted) await once(signal, 'abort')
        await server.stop()
      } finally {
        await app.stop()
      }
      return { text: '' }
    },
  )
}
