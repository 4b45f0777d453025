import { defineConfig } from 'vitest/config'

/** The zones under which every database test runs: PostgreSQL's `timestamp` must never be read as local time. */
const zones = ['UTC', 'America/New_York', 'Asia/Kolkata']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // For the floods of calls, on a machine that does other things too.
          testTimeout: 30_000,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts', '*.test.ts'],
          exclude: ['src/**/*.{db,process,soak}.test.ts'],
        },
      },
      ...zones.map((zone) => ({
        test: {
          name: `database (${zone})`,
          include: ['src/**/*.db.test.ts'],
          globalSetup: ['src/main/database/testing/global-setup.ts'],
          pool: 'forks' as const,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          env: { TZ: zone },
        },
      })),
      {
        test: {
          name: 'process',
          include: ['src/**/*.process.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
