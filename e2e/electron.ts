import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The path of Electron's runtime, or null where it is not installed. */
export function findElectron(): string | null {
  const folder = path.resolve('node_modules/electron')
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(executable) ? executable : null
}

/** Why the desktop can't be tested here; null if it can. */
export function findDesktopObstacle(): string | null {
  if (findElectron() === null) return 'no Electron runtime is installed'
  const isBlind = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  return isBlind ? 'there is no display' : null
}
