import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Node 20 is the oldest runtime of the console, the agent and the command line; Electron's own Node is newer. */
const nodeTarget = 'node20'

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      sourcemap: true,
      rollupOptions: { input: { index: 'src/main/index.ts', cli: 'src/main/cli.ts' } },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload is one CommonJS file: ES modules and requires of packages do not load there.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      minify: true,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
    plugins: [react()],
  },
})
