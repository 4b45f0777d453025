import { defineConfig } from 'vitest/config'

/** What takes minutes: `npm run soak`. */
export default defineConfig({
  test: {
    include: ['src/**/*.soak.test.ts'],
    globalSetup: ['src/main/database/testing/global-setup.ts'],
    pool: 'forks',
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
})
