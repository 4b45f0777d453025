import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('each status says how it changed in a week', async ({ vigie, folder }) => {
  const [before] = await folder.withSql(
    (sql) => sql<{ projects: number }[]>`
      select s.projects from vigie.status_day s
      where s.status = 'paused' and s.day = (now() at time zone 'utc')::date - 8`,
  )
  const { paused } = await folder.run('stats')
  const change = Number(paused) - (before?.projects ?? 0)
  const tile = vigie.getByRole('main').getByRole('link', { name: /^Paused/ })
  await expect(tile.first()).toContainText(
    change === 0 ? 'unchanged in 7 days' : `${change > 0 ? '+' : '−'}${Math.abs(change)} in 7 days`,
  )
})

test('the history is drawn over 30 and 90 days, told in words and as a table', async ({ vigie }) => {
  const card = vigie.getByRole('region', { name: 'Projects over time' })
  await expect(card.locator('svg.recharts-surface').first()).toBeVisible()
  await expect(card.getByRole('button', { name: '30 days' })).toHaveAttribute('aria-pressed', 'true')
  await card.getByText('Show as a table').click()
  await expect(card.getByRole('row')).toHaveCount(31)
  await card.getByRole('button', { name: '90 days' }).click()
  await expect(card.getByRole('row')).toHaveCount(91)
  await expect(card.getByRole('columnheader')).toHaveText([
    'Day (UTC)',
    'Active',
    'Inactive',
    'Permanently disabled',
    'Paused',
  ])
})

test('a chart that is on its way has its place: nothing moves when it is there', async ({ vigie }) => {
  await vigie.route(/history-chart/, async (route) => {
    await release
    await route.continue()
  })
  let letGo = () => {}
  const release = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await vigie.reload()
  const card = vigie.getByRole('region', { name: 'Projects over time' })
  await card.getByText('Show as a table').waitFor()
  const before = await card.boundingBox()
  await expect(card.locator('svg.recharts-surface')).toHaveCount(0)
  letGo()
  await expect(card.locator('svg.recharts-surface').first()).toBeVisible()
  expect(await card.boundingBox()).toEqual(before)
})

test('a bar of idle days leads to as many projects as it says, by keyboard', async ({ vigie }) => {
  const bar = vigie.getByRole('link', { name: /^Idle for 10 days or more: \d+ project/ })
  const name = (await bar.textContent()) ?? ''
  const projects = Number(/(\d+) project/.exec(name)?.[1])
  expect(projects).toBeGreaterThan(0)
  await expect(vigie.getByText('Inactive after 5 days', { exact: true })).toBeVisible()
  await bar.focus()
  await vigie.keyboard.press('Enter')
  await expect(vigie).toHaveURL(/#\/projects\?status=active&plan=free&idle=10/)
  await expect(vigie.getByRole('grid', { name: 'Projects' })).toHaveAttribute('aria-rowcount', String(projects + 1))
})

test('the first night does what a sweep now would do and what falls due until then; it leads to what is due', async ({
  vigie,
  folder,
}) => {
  const preview = await folder.run('sweep', '--preview')
  const nights = vigie.getByRole('list', { name: 'The next 14 nights' }).getByRole('link')
  await expect(nights).toHaveCount(14)
  const [, toSleep, toDisable] =
    /: ([\d,]+) to put to sleep, ([\d,]+) to disable/.exec((await nights.first().textContent()) ?? '') ?? []
  expect(Number(toSleep)).toBeGreaterThanOrEqual(Number(preview.deactivated))
  expect(Number(toDisable)).toBeGreaterThanOrEqual(Number(preview.disabled))
  await nights.first().click()
  await expect(vigie).toHaveURL(/#\/projects\?due=1/)
  await expect(vigie.getByRole('row').nth(1)).toBeVisible()
})

test('reactivations by week lead to the projects that were reactivated', async ({ vigie }) => {
  const weeks = vigie.getByRole('list', { name: 'Reactivations per week' }).getByRole('link')
  await expect(weeks).toHaveCount(12)
  await weeks.last().click()
  await expect(vigie).toHaveURL(/#\/projects\?status=active&reactivated=1/)
})

test('before the first count, the chart says what will stand there and when', async ({ vigie, folder }) => {
  const days = await folder.withSql((sql) => sql`delete from vigie.status_day returning day, status, projects`)
  await vigie.reload()
  const card = vigie.getByRole('region', { name: 'Projects over time' })
  await expect(card).toContainText('No day has been counted yet.')
  await expect(card.locator('time')).toBeVisible()
  await expect(vigie.getByText('in 7 days')).toHaveCount(0)
  await folder.withSql((sql) => sql`insert into vigie.status_day ${sql([...days], 'day', 'status', 'projects')}`)
  await vigie.reload()
  await expect(card.getByText('Show as a table')).toBeVisible()
})

test('figures that look at every project say when they were counted', async ({ vigie }) => {
  for (const name of ['The next 14 nights', 'Idle projects on the free plan'])
    await expect(vigie.getByRole('region', { name })).toContainText(/Counted (now|\d+ \w+ ago)/)
})
