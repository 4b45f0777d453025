/* Which Chromium-family browser the end-to-end tests drive. Plain Node: the tests and what installs for them share it. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/**
 * The path of an installed browser, or null. `CHROME_PATH` wins.
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @returns {string | null}
 */
export function findBrowser(env, platform) {
  const folders = (env.PATH ?? '').split(delimiter)
  const candidates = [
    ...(env.CHROME_PATH ? [env.CHROME_PATH] : []),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(elsewhere[platform] ?? []),
  ]
  return candidates.find(isExecutable) ?? null
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
