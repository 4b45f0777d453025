import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopWords } from './words.ts'

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  /** Reload and the developer tools are for development. */
  readonly isDevelopment: boolean
  readonly words: DesktopWords
  readonly onAbout: () => void
  /** Leads back to the choice of a database; null where there is none. */
  readonly onConnection: (() => void) | null
  /** Opens a page, by its hash. */
  readonly onPage: (hash: string) => void
}

const pages = [
  ['overview', '#/'],
  ['projects', '#/projects'],
  ['sweeps', '#/sweeps'],
  ['mail', '#/mail'],
  ['agents', '#/agents'],
  ['policy', '#/policy'],
] as const

/**
 * The native menu. On macOS the shortcuts for copy and paste live in it; elsewhere it is hidden until Alt is pressed. Each
 * item has its label here, since those that Electron gives to roles are English everywhere.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, isDevelopment, words, onAbout, onConnection, onPage } = options
  const isMac = platform === 'darwin'
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const about: MenuItemConstructorOptions = { label: words.about, click: onAbout }
  const quit: MenuItemConstructorOptions = { label: words.quit, role: 'quit' }
  const close: MenuItemConstructorOptions = { label: words.close, role: 'close' }
  const connection: MenuItemConstructorOptions[] =
    onConnection === null ? [] : [{ label: words.connection, click: onConnection }, line]
  const first: MenuItemConstructorOptions = isMac
    ? {
        label: 'Vigie',
        submenu: [
          about,
          line,
          ...connection,
          { label: words.services, role: 'services' },
          line,
          { label: words.hide, role: 'hide' },
          { label: words.hideOthers, role: 'hideOthers' },
          { label: words.unhide, role: 'unhide' },
          line,
          quit,
        ],
      }
    : { label: words.file, submenu: [...connection, close, line, quit] }
  const help: MenuItemConstructorOptions = { label: words.help, role: 'help', submenu: [about] }
  return [
    first,
    {
      label: words.edit,
      submenu: [
        { label: words.undo, role: 'undo' },
        { label: words.redo, role: 'redo' },
        line,
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.selectAll, role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        ...pages.map(([page, hash], index) => ({
          label: words[page],
          accelerator: `CmdOrCtrl+${index + 1}`,
          click: () => onPage(hash),
        })),
        line,
        ...(isDevelopment ? ([{ role: 'reload' }, { role: 'toggleDevTools' }, line] as const) : []),
        { label: words.resetZoom, role: 'resetZoom' },
        { label: words.zoomIn, role: 'zoomIn' },
        { label: words.zoomOut, role: 'zoomOut' },
        line,
        { label: words.fullscreen, role: 'togglefullscreen' },
      ],
    },
    {
      label: words.window,
      role: 'window',
      submenu: [
        { label: words.minimize, role: 'minimize' },
        ...(isMac
          ? ([{ label: words.zoomWindow, role: 'zoom' }, close, line, { label: words.front, role: 'front' }] as const)
          : []),
      ],
    },
    ...(isMac ? [] : [help]),
  ]
}
