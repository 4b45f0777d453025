/* Where Electron's runtime is, and whether it can be used here. Plain Node: this runs before anything is built. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Why the desktop can't be opened on this machine, whatever is installed; null if nothing is in the way.
 * @param {{ platform: string, uid: number | undefined, env: Record<string, string | undefined> }} machine
 * @returns {string | null}
 */
export function findObstacle({ platform, uid, env }) {
  if (platform !== 'linux') return null
  // Root would have to switch Chromium's sandbox off (--no-sandbox).
  if (uid === 0) return 'Electron does not run as root with its sandbox on'
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display for Electron'
  return null
}

/**
 * The path of Electron's executable, as its package finds it, or null if it is not there.
 * @param {{ electronDir: string, platform: string, overrideDir: string | undefined }} place
 * @returns {string | null}
 */
export function findRuntime({ electronDir, platform, overrideDir }) {
  const executable = join(overrideDir || join(electronDir, 'dist'), executablePath(platform))
  if (!existsSync(executable)) return null
  return overrideDir || isComplete(electronDir) ? executable : null
}

/** The package writes path.txt last; another version's runtime is none. */
function isComplete(electronDir) {
  try {
    const { version } = JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8'))
    const installed = readFileSync(join(electronDir, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return installed === version && existsSync(join(electronDir, 'path.txt'))
  } catch {
    return false
  }
}

function executablePath(platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return platform === 'win32' ? 'electron.exe' : 'electron'
}
