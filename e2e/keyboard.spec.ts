import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('the main job is done with the keyboard alone', async ({ vigie, folder }) => {
  const [sleeper] = await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`
      select p.id, p.name from project p join vigie.sleeper s on s.project_id = p.id
      join team_member m on m.team_id = p.team_id and m.role = 'owner'
      join "user" u on u.id = m.user_id and u.status = 'active'
      join team t on t.id = p.team_id and t.status = 'active'
      where p.status = 'inactive' group by p.id having count(*) = 1 order by p.id desc limit 1`,
  )
  if (sleeper === undefined) throw new Error('the sample has no such sleeper')
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
