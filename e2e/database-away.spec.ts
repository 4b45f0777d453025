import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('when the database goes, the console says so in a sentence and goes on by itself when it is back', async ({
  vigie,
  folder,
  entry,
}) => {
  test.skip(entry === 'desktop', 'It ends the worker’s own database; the console covers it.')
  await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
  await expect(vigie.getByRole('row').nth(1)).toBeVisible()
  await folder.crashDatabase()
  // The console owns the embedded database, so it starts it again: what was shown stays, and new questions are answered.
  await vigie.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(vigie.getByText('1,200 projects in all')).toBeVisible({ timeout: 30_000 })
  await expect(vigie.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 })
})
