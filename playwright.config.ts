import { defineConfig } from '@playwright/test'
import { findDesktopObstacle } from './e2e/electron.ts'

const obstacle = findDesktopObstacle()
// Every worker reads this file too; it is said once.
if (obstacle !== null && process.env.TEST_WORKER_INDEX === undefined) {
  process.stderr.write(`\n  desktop: SKIPPED, ${obstacle}. The same stories run in the console.\n`)
}

/**
 * The stories in a real window. `console` drives Chromium against `vigie console`; `desktop` runs the same specs in
 * Electron wherever its runtime is installed.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  snapshotPathTemplate: 'e2e/baselines/{arg}-{platform}{ext}',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    trace: 'retain-on-failure',
  },
  projects: ['console', ...(obstacle === null ? ['desktop'] : [])].map((name) => ({ name })),
})
