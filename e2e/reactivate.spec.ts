import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { openPanel } from './project-stories.ts'
import type { VigieFolder } from './vigie.ts'

interface Sleeper {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly domains: number
}

/** A sleeper of ours with a sole owner; each test takes another one. */
async function findSleeper(folder: VigieFolder, skip: number): Promise<Sleeper> {
  const [found] = await folder.withSql(
    (sql) => sql<Sleeper[]>`
      select p.id, p.name, max(u.email) as email,
        (select count(*)::int from vigie.disabled_domain x join domain d on d.id = x.domain_id
          where x.project_id = p.id and d.status = 'disabled'
            and not exists (select from domain o where o.hostname = d.hostname and o.id <> d.id)) as domains
      from project p
      join vigie.sleeper s on s.project_id = p.id and s.deactivated_at = p.deactivated_at
      join team t on t.id = p.team_id and t.status = 'active'
      join team_member m on m.team_id = p.team_id and m.role = 'owner'
      join "user" u on u.id = m.user_id and u.status = 'active'
      where p.status = 'inactive' and length(p.name) < 40
      group by p.id having count(*) = 1
      order by 4 desc, p.id offset ${skip} limit 1`,
  )
  if (found === undefined) throw new Error('the sample has no such sleeper')
  return found
}

async function openProject(page: Page, id: string) {
  const panel = await openPanel(page, id)
  await expect(panel.getByRole('button', { name: 'Reactivate' })).toBeVisible()
  return panel
}

test('a project is reactivated on its owner’s behalf, with a reason, and says so', async ({ vigie, folder }) => {
  const sleeper = await findSleeper(folder, 0)
  const panel = await openProject(vigie, sleeper.id)
  await expect(panel.getByText(/Inactive since/).first()).toBeVisible()
  await expect(panel.getByRole('combobox', { name: 'On behalf of' })).toHaveValue(sleeper.email)
  await panel.getByRole('textbox', { name: 'Reason' }).fill('The owner called and <b>wants</b> it back')
  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(panel.getByText('The project is active again.')).toBeVisible()
  await expect(panel.getByText('The owner called and <b>wants</b> it back')).toBeVisible()
  expect(await folder.run('project', sleeper.id)).toMatchObject({
    status: 'active',
    reactivationCount: expect.any(Number),
    timeline: {
      events: expect.arrayContaining([
        expect.objectContaining({ kind: 'reactivated', entry: expect.stringMatching(/console|desktop/) }),
      ]),
    },
  })
})

test('without a reason nothing happens, and the field says why', async ({ vigie, folder }) => {
  const sleeper = await findSleeper(folder, 1)
  const panel = await openProject(vigie, sleeper.id)
  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(panel.getByText('Say in a few words why.')).toBeVisible()
  await expect(panel.getByRole('textbox', { name: 'Reason' })).toBeFocused()
  expect(await folder.run('project', sleeper.id)).toMatchObject({ status: 'inactive' })
})

test('when somebody else was faster, it is refused in words and what was typed stays', async ({ vigie, folder }) => {
  const sleeper = await findSleeper(folder, 2)
  const panel = await openProject(vigie, sleeper.id)
  await panel.getByRole('textbox', { name: 'Reason' }).fill('Asked by mail')
  // Done behind Vigie's back, as the platform's own button would: nobody notifies.
  await folder.withSql((sql) => sql`update project set status = 'paused' where id = ${sleeper.id}`)
  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(panel.getByRole('alert')).toContainText('Only inactive projects can be reactivated.')
  await expect(panel.getByRole('alert')).toContainText('PROJECT_NOT_INACTIVE')
  await expect(panel.getByRole('textbox', { name: 'Reason' })).toHaveValue('Asked by mail')
  await expect(panel.getByRole('button', { name: 'Reactivate' })).toBeDisabled()
})

test('a hostname that another project has by now stays there, and that is said before and after', async ({
  vigie,
  folder,
}) => {
  const [taken] = await folder.withSql(
    (sql) => sql<{ id: string; hostname: string }[]>`
      select p.id, d.hostname from vigie.disabled_domain x join domain d on d.id = x.domain_id
      join project p on p.id = d.project_id
      where p.status = 'inactive' and exists (
        select from domain o where o.hostname = d.hostname and o.project_id <> p.id and o.status = 'active')`,
  )
  if (taken === undefined) throw new Error('the sample has no such project')
  const panel = await openProject(vigie, taken.id)
  await expect(panel.getByText(`Not ${taken.hostname}: another project has it now.`)).toBeVisible()
  await panel.getByRole('textbox', { name: 'Reason' }).fill('Its owner asked for the rest')
  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(panel.getByText(`Left with another project: ${taken.hostname}.`)).toBeVisible()
})

test('another window sees it at once, without being asked', async ({ vigie, folder, openWindow, entry }) => {
  test.skip(entry === 'desktop', 'The desktop has one window.')
  const sleeper = await findSleeper(folder, 3)
  const other = await openWindow()
  await openProject(other, sleeper.id)
  const panel = await openProject(vigie, sleeper.id)
  await panel.getByRole('textbox', { name: 'Reason' }).fill('Asked on the phone')
  await panel.getByRole('button', { name: 'Reactivate' }).click()
  await expect(other.getByRole('complementary', { name: 'Project' }).getByText('Asked on the phone')).toBeVisible()
  await other.context().close()
})

test('what can’t be reactivated says why', async ({ vigie, folder }) => {
  const [final] = await folder.withSql(
    (sql) => sql<{ id: string }[]>`
      select p.id from project p join team t on t.id = p.team_id
      where p.status = 'permanently_disabled' and t.status = 'active' order by p.id limit 1`,
  )
  await vigie.evaluate((id) => {
    window.location.hash = `#/projects?project=${id}`
  }, final?.id)
  await expect(
    vigie.getByText(/^It was permanently disabled on .+ This is final\. It can’t be reactivated\.$/),
  ).toBeVisible()
})
