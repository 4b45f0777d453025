import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Where a browser would open. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
  /** The path of an executable given by name or by path; null if there is none. */
  readonly findExecutable: (nameOrPath: string) => string | null
}

/** `window`: a browser's window without tabs and address bar; `tab`: whatever the default browser does. */
export type BrowserChoice =
  | { readonly kind: 'window' | 'tab'; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string }

export type BrowserOutcome = Exclude<BrowserChoice, { command: string }> | { readonly kind: 'window' | 'tab' }

/** Decides how to open the address, or says why not. No shell is involved on any platform. */
export function chooseBrowserCommand(surroundings: Surroundings, url: string): BrowserChoice {
  const reason = findObstacle(surroundings)
  if (reason !== null) return { kind: 'none', reason }
  for (const browser of appWindowBrowsers(surroundings)) {
    const command = surroundings.findExecutable(browser)
    if (command !== null) return { kind: 'window', command, args: [`--app=${url}`] }
  }
  const [opener, ...args] = defaultBrowserOpener(surroundings)
  const command = surroundings.findExecutable(opener)
  if (command === null) return { kind: 'none', reason: 'No browser was found on this machine.' }
  return { kind: 'tab', command, args: [...args, url] }
}

/**
 * Opens the address in a process of its own, which outlives this one. Never throws: what went wrong is the reason.
 * Waits `graceMs` for a start that fails, at most.
 */
export async function openBrowser(
  url: string,
  surroundings: Surroundings = currentSurroundings(),
  graceMs = 1_500,
): Promise<BrowserOutcome> {
  const choice = chooseBrowserCommand(surroundings, url)
  if (choice.kind === 'none') return choice
  const failure = await startDetached(choice.command, choice.args, surroundings.env, graceMs)
  if (failure === null) return { kind: choice.kind }
  return { kind: 'none', reason: `The browser could not be opened: ${choice.command} ${failure}.` }
}

function findObstacle({ platform, env, isRoot }: Surroundings): string | null {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = env
  if (platform === 'darwin' || platform === 'win32') {
    // There is a display, but it is in front of somebody else.
    return SSH_CONNECTION ? 'This is an SSH session: the browser belongs on your own machine.' : null
  }
  if (!DISPLAY && !WAYLAND_DISPLAY) return 'There is no display to open a browser on.'
  // Chromium would need --no-sandbox, and xdg-open may lead to it too.
  return isRoot ? 'Browsers do not run safely as root.' : null
}

const linuxBrowsers = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'brave',
]

const macBrowsers = ['Google Chrome', 'Microsoft Edge', 'Brave Browser', 'Chromium']

const windowsBrowsers = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Chromium\\Application\\chrome.exe',
]

/** Browsers that know `--app`, by name or by path, in the order in which they are looked for. */
function appWindowBrowsers({ platform, env }: Surroundings): string[] {
  if (platform === 'darwin') {
    return macBrowsers.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  }
  if (platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': ProgramFilesX86, LOCALAPPDATA } = env
    const folders = [ProgramFiles, ProgramFilesX86, LOCALAPPDATA].filter((folder) => folder !== undefined)
    return windowsBrowsers.flatMap((path) => folders.map((folder) => `${folder}\\${path}`))
  }
  return linuxBrowsers
}

function defaultBrowserOpener({ platform, env }: Surroundings): [string, ...string[]] {
  if (platform === 'darwin') return ['/usr/bin/open']
  if (platform !== 'win32') return ['xdg-open']
  const { SystemRoot = 'C:\\Windows' } = env
  // Unlike "cmd /c start" it reads the address as an address, never as a command line.
  return [`${SystemRoot}\\System32\\rundll32.exe`, 'url.dll,FileProtocolHandler']
}

function currentSurroundings(): Surroundings {
  const { platform, env } = process
  const { PATH = '' } = env
  return {
    platform,
    env,
    isRoot: process.getuid?.() === 0,
    findExecutable: (nameOrPath) => findOnPath(nameOrPath, PATH),
  }
}

/** Looks a name up in the absolute folders of a PATH; a path is looked at alone. */
export function findOnPath(nameOrPath: string, path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder))
  const candidates = isAbsolute(nameOrPath) ? [nameOrPath] : folders.map((folder) => join(folder, nameOrPath))
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Null once the command ended well or still runs after `graceMs`; else what became of it. */
function startDetached(
  command: string,
  args: readonly string[],
  env: Surroundings['env'],
  graceMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, graceMs, null)
    const settle = (failure: string | null) => {
      clearTimeout(timer)
      resolve(failure)
    }
    try {
      const child = spawn(command, args, { detached: true, stdio: 'ignore', env })
      child.on('error', (error) => settle(`did not start (${error.message})`))
      child.once('exit', (code, signal) => settle(code === 0 ? null : `ended at once (${signal ?? code})`))
      child.unref()
    } catch (error) {
      settle(`did not start (${error instanceof Error ? error.message : String(error)})`)
    }
  })
}
