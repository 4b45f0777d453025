import type { Locator, Page } from '@playwright/test'
import type { VigieFolder } from './vigie.ts'

/** Goes to a project by its address, and gives its panel. */
export async function openPanel(page: Page, id: string): Promise<Locator> {
  await page.evaluate((projectId) => {
    window.location.hash = `#/projects?project=${projectId}`
  }, id)
  return page.getByRole('complementary', { name: 'Project' })
}

/** One that sleeps, and has a sole active owner who is preselected. `end`: from which end of the ids. */
export async function findSleeper(folder: VigieFolder, end: 'first' | 'last'): Promise<{ id: string; name: string }> {
  const sleepers = await folder.withSql(
    (sql) => sql<{ id: string; name: string }[]>`
      select p.id, p.name from project p join vigie.sleeper s on s.project_id = p.id
      join team_member m on m.team_id = p.team_id and m.role = 'owner'
      join "user" u on u.id = m.user_id and u.status = 'active'
      join team t on t.id = p.team_id and t.status = 'active'
      where p.status = 'inactive' group by p.id having count(*) = 1 order by p.id`,
  )
  const sleeper = sleepers.at(end === 'first' ? 0 : -1)
  if (sleeper === undefined) throw new Error('the sample has no such sleeper')
  return sleeper
}
