import { expect, it } from 'vitest'
import { defaultDataDir } from './embedded.ts'

it.each([
  [{}, 'linux', false, '/home/ada/.local/share/vigie'],
  [{ XDG_DATA_HOME: '/data/ada' }, 'linux', false, '/data/ada/vigie'],
  [{ XDG_DATA_HOME: 'relative' }, 'linux', false, '/home/ada/.local/share/vigie'],
  [{ XDG_DATA_HOME: '' }, 'linux', false, '/home/ada/.local/share/vigie'],
  [{ XDG_DATA_HOME: '/data/ada' }, 'linux', true, '/var/lib/vigie'],
  [{}, 'darwin', false, '/home/ada/Library/Application Support/Vigie'],
  [{ VIGIE_DATA_DIR: '/srv/vigie/' }, 'linux', true, '/srv/vigie'],
  [{ VIGIE_DATA_DIR: '' }, 'linux', false, '/home/ada/.local/share/vigie'],
] as const)('with %j on %s (root: %s) is %s', (env, platform, isRoot, expected) => {
  expect(defaultDataDir(env, platform, '/home/ada', isRoot)).toBe(expected)
})

it.each([
  [{ LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\Vigie'],
  [{}, 'C:\\Users\\ada\\AppData\\Local\\Vigie'],
  [{ VIGIE_DATA_DIR: 'E:\\vigie', LOCALAPPDATA: 'D:\\Local' }, 'E:\\vigie'],
])('with %j on Windows is %s', (env, expected) => {
  expect(defaultDataDir(env, 'win32', 'C:\\Users\\ada', false)).toBe(expected)
})
