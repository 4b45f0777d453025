import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('a window that is no longer signed in says so, and what to do', async ({ vigie, entry }) => {
  test.skip(entry === 'desktop', 'The desktop has no sign-in.')
  await vigie.context().clearCookies()
  // Not a click: a question of the page itself may have been refused first, and then the navigation is gone.
  await vigie.evaluate(() => {
    window.location.hash = '#/projects'
  })
  // What asked says so itself for a moment, until the sentence takes the whole window.
  await expect(vigie.getByRole('alert').first()).toContainText('Open the address that it printed at its start.')
  await expect(vigie.getByRole('alert').first()).toContainText('UNAUTHORIZED')
  await expect(vigie.getByRole('alert')).toHaveCount(1)
})

test('a page whose file can no longer be read says so, and the rest of the window stays', async ({ vigie, entry }) => {
  test.skip(entry === 'desktop', 'Its files lie beside the program.')
  await vigie.route(/assets\/policy-/, (route) => route.abort())
  await vigie.getByRole('link', { name: 'Policy', exact: true }).click()
  const alert = vigie.getByRole('alert').filter({ hasText: 'This part of Vigie could not be shown.' })
  await expect(alert).toContainText('Load the page again')
  await vigie.getByRole('link', { name: 'Projects', exact: true }).click()
  await expect(vigie.getByRole('grid', { name: 'Projects' })).toBeVisible()
  await vigie.getByRole('link', { name: 'Policy', exact: true }).click()
  await vigie.unroute(/assets\/policy-/)
  await alert.getByRole('button', { name: 'Load the page again' }).click()
  await expect(vigie.getByRole('heading', { name: 'Policy', level: 1 })).toBeVisible()
  await expect(alert).toHaveCount(0)
})

test('nothing of another origin is asked for, and no script or style breaks the content policy', async ({
  openWindow,
  entry,
}) => {
  test.skip(entry === 'desktop', 'Its first window is open before a test can listen.')
  const page = await openWindow()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.url()).origin) complaints.push(request.url())
  })
  await page.reload()
  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('complementary', { name: 'Project' }).getByRole('heading').first()).toBeVisible()
  await page.getByRole('link', { name: 'Sweeps' }).click()
  await expect(page.getByRole('grid', { name: /Preview/ })).toBeVisible()
  expect(complaints).toEqual([])
  await page.context().close()
})
