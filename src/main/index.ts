/*
 * The desktop's entry. What Electron wants before it is ready stands here at the top level; everything else waits in
 * runDesktop. Paths are those of the built files: out/main/index.js.
 */
import { fileURLToPath } from 'node:url'
import { app, protocol } from 'electron'
import { createApp } from './app.ts'
import { defaultDataDir } from './database/embedded/embedded.ts'
import { runDesktop } from './desktop/desktop.ts'
import { privilegedScheme } from './desktop/protocol.ts'
import { createLog } from './log.ts'
import { readSettings, writeSettings } from './settings.ts'
import { withUnattended } from './unattended.ts'

/** A sweep's batch and the database's own end fit into this. */
const stopTimeoutMs = 10_000

app.enableSandbox()
app.setAppUserModelId('app.vigie.desktop')
protocol.registerSchemesAsPrivileged([privilegedScheme])

if (app.requestSingleInstanceLock()) {
  const log = createLog('info')
  runDesktop({
    createApp: async () => {
      const app = await createApp({ entry: 'desktop', env: process.env, log, preparation: 'sample' })
      const dataDir = defaultDataDir(process.env)
      const settings = await readSettings(dataDir, log)
      return withUnattended(app, { settings, saveSettings: (chosen) => writeSettings(dataDir, chosen) })
    },
    rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
    preloadPath: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
    log,
    stopTimeoutMs,
  })
} else {
  app.quit()
}
