/** All that the renderer may know of the main process: the type of its router. Erased when it is built. */
export type { AppRouter } from './router.ts'
