import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

/** The team with most projects. */
async function findTeam(folder: VigieFolder) {
  const [team] = await folder.withSql(
    (sql) => sql<{ id: string; name: string; slug: string }[]>`
      select t.id, t.name, t.slug from team t join project p on p.team_id = t.id
      group by t.id order by count(*) desc, t.id limit 1`,
  )
  if (team === undefined) throw new Error('The sample has no team.')
  return team
}

async function goTo(page: Page, hash: string) {
  await page.evaluate((to) => {
    window.location.hash = to
  }, hash)
}

test('a project leads to its team: counts as the command line says, plan, members without addresses', async ({
  vigie,
  folder,
}) => {
  const team = await findTeam(folder)
  const stats = await folder.run('stats', '--team', team.slug)
  await goTo(vigie, `#/projects?team=${team.id}`)
  await vigie.getByRole('row').nth(1).getByRole('link').first().click()
  await vigie.getByRole('complementary').getByRole('link', { name: team.name }).click()
  await expect(vigie).toHaveURL(new RegExp(`#/team\\?id=${team.id}`))
  await expect(vigie.getByRole('heading', { name: team.name })).toBeVisible()
  const counts = vigie.getByRole('region', { name: 'Projects by status' })
  await expect(counts.getByRole('link', { name: /^Active/ })).toContainText(String(stats.active))
  await expect(counts.getByRole('link', { name: /^Permanently disabled/ })).toContainText(
    String(stats.permanentlyDisabled),
  )
  await expect(vigie.getByRole('region', { name: 'Team', exact: true })).toContainText(/Plan/)
  await expect(vigie.getByRole('region', { name: /^Members/ })).toContainText('owner')
  await expect(vigie.getByRole('main')).not.toContainText('@')
  await counts.getByRole('link', { name: /^Active/ }).click()
  await expect(vigie).toHaveURL(new RegExp(`#/projects\\?status=active&team=${team.id}`))
})

test('the list leads to a team, and its projects open beside the list of them', async ({ vigie, folder }) => {
  const team = await findTeam(folder)
  await goTo(vigie, `#/projects?team=${team.id}`)
  await vigie.getByRole('row').nth(1).getByRole('link', { name: team.name }).click()
  await expect(vigie).toHaveURL(new RegExp(`#/team\\?id=${team.id}`))
  const grid = vigie.getByRole('main').getByRole('grid', { name: 'Projects' })
  await expect(vigie.getByRole('heading', { name: team.name })).toBeVisible()
  await grid.getByRole('row').nth(1).waitFor()
  await grid.focus()
  await vigie.keyboard.press('ArrowDown')
  await vigie.keyboard.press('Enter')
  await expect(vigie).toHaveURL(new RegExp(`#/projects\\?team=${team.id}.*project=`))
  await vigie.goBack()
  await expect(vigie.getByRole('heading', { name: team.name })).toBeVisible()
})

test('a team of 2,000 projects, with a name of 100 wide characters and an exemption', async ({ vigie, folder }) => {
  const id = 'fe'.repeat(16)
  await folder.withSql(async (sql) => {
    const [installation] = await sql`select installation_id as id from github_installation limit 1`
    await sql`insert into team (id, name, slug, status) values (${id}, ${'漢'.repeat(100)}, 'large-team', 'active')`
    await sql`
      insert into project (
        id, name, slug, repo_id, repo_full_name, github_installation_id, team_id, environments, env_vars, config, status)
      select md5('large' || n), 'large-' || lpad(n::text, 4, '0'), 'large-' || n, n, 'large/repo', ${installation?.id}, ${id}, '[]', '', '{}', 'active'
      from generate_series(1, 2000) n`
    await sql`insert into vigie.exemption (team_id, reason) values (${id}, 'They pay by invoice.')`
  })
  await goTo(vigie, `#/team?id=${id}`)
  await expect(vigie.getByText('2,000 projects in all')).toBeVisible()
  await expect(vigie.getByText('Exempt for good')).toBeVisible()
  await expect(vigie.getByText('They pay by invoice.')).toBeVisible()
  await expect(vigie.getByText('The team has no members.')).toBeVisible()
  const grid = vigie.getByRole('grid', { name: 'Projects' })
  await expect(grid).toHaveAttribute('aria-rowcount', '2001')
  expect(await grid.getByRole('row').count()).toBeLessThan(100)
  const overflow = await vigie.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('a team that there is not says so, and an address without one leads nowhere', async ({ vigie }) => {
  await goTo(vigie, `#/team?id=${'0'.repeat(32)}`)
  await expect(
    vigie
      .getByText(/team/i)
      .and(vigie.getByText(/TEAM_NOT_FOUND|There is no|No team/))
      .first(),
  ).toBeVisible()
  await goTo(vigie, '#/team')
  await expect(vigie.getByText('There is no such page.')).toBeVisible()
})
