import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The native menu: on macOS the shortcuts for copy and paste live in it; elsewhere it is hidden until Alt is pressed.
 * Reload and the developer tools are for development.
 */
export function buildMenu(platform: NodeJS.Platform, isDevelopment: boolean): Menu {
  const development: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ]
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      ...(isDevelopment ? development : []),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const first: MenuItemConstructorOptions = platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' }
  return Menu.buildFromTemplate([first, { role: 'editMenu' }, view, { role: 'windowMenu' }])
}
