/*
 * The desktop's entry. What Electron wants before it is ready stands here at the top level; everything else waits in
 * runDesktop. Paths are those of the built files: out/main/index.js.
 */
import { fileURLToPath } from 'node:url'
import { app, protocol } from 'electron'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { machineName } from './database/connect.ts'
import { defaultDataDir } from './database/embedded/embedded.ts'
import { hasCluster } from './database/embedded/private-folder.ts'
import { tryConnection } from './database/try-connection.ts'
import { runDesktop } from './desktop/desktop.ts'
import { privilegedScheme } from './desktop/protocol.ts'
import { systemSecrets } from './desktop/secrets.ts'
import { createLog } from './log.ts'
import { readSettings, type Settings, writeSettings } from './settings.ts'
import { withUnattended } from './unattended.ts'
import { readVersion } from './version.ts'

/** A sweep's batch and the database's own end fit into this. */
const stopTimeoutMs = 10_000

app.enableSandbox()
app.setAppUserModelId('app.vigie.desktop')
protocol.registerSchemesAsPrivileged([privilegedScheme])

if (app.requestSingleInstanceLock()) {
  const log = createLog('info')
  const dataDir = defaultDataDir(process.env)
  const saveSettings = (chosen: Partial<Settings>) => writeSettings(dataDir, chosen)
  runDesktop({
    connection: {
      isConfigured: () => readConfig(process.env).database !== null,
      readSettings: () => readSettings(dataDir, log),
      saveSettings,
      hasEmbeddedData: () => hasCluster(dataDir),
      secrets: systemSecrets(process.platform),
      whenReady: () => app.whenReady(),
      openApp: async (database) => {
        const opened = await createApp({ entry: 'desktop', env: process.env, log, preparation: 'sample', database })
        return withUnattended(opened, { settings: await readSettings(dataDir, log), saveSettings })
      },
      tryConnection: (connection) =>
        tryConnection(connection, { entry: 'desktop', machine: machineName(), version: readVersion() }),
      log,
    },
    rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
    preloadPath: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
    log,
    stopTimeoutMs,
  })
} else {
  app.quit()
}
