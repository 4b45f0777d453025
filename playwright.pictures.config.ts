import { defineConfig } from '@playwright/test'

/** The pictures of the README (`npm run screenshots`), in one window after the other. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: 'pictures.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 180_000,
  reporter: [['list']],
  projects: [{ name: 'console' }],
})
