import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { findSleeper } from './project-stories.ts'

test('the main job is done with the keyboard alone', async ({ vigie, folder }) => {
  const sleeper = await findSleeper(folder, 'last')
  const { keyboard } = vigie
  await vigie.getByRole('link', { name: 'Projects', exact: true }).focus()
  await keyboard.press('Enter')
  await expect(vigie.getByRole('grid', { name: 'Projects' })).toBeVisible()
  await keyboard.press('/')
  await expect(vigie.getByRole('textbox', { name: 'Search projects' })).toBeFocused()
  await keyboard.type(sleeper.id)
  await keyboard.press('Enter')
  await expect(vigie.getByText('1 project', { exact: true })).toBeVisible()
  const panel = vigie.getByRole('complementary', { name: 'Project' })
  await expect(panel).toBeFocused()
  const reason = panel.getByRole('textbox', { name: 'Reason' })
  await expect(reason).toBeVisible()
  for (let presses = 0; presses < 40; presses += 1) {
    if (await reason.evaluate((element) => element === document.activeElement)) break
    await keyboard.press('Tab')
  }
  await expect(reason).toBeFocused()
  await keyboard.type('By keyboard')
  await keyboard.press('Tab')
  await expect(panel.getByRole('button', { name: 'Reactivate' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(panel.getByText('The project is active again.')).toBeVisible()
  await keyboard.press('Escape')
  await expect(panel).toBeHidden()
})
