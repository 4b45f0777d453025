/** Where the choice of a database is, in the desktop alone; its menu leads there (main/desktop/desktop.ts). */
export const connectionHash = '#/connection'
