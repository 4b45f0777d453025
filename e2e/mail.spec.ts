import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import type { VigieFolder } from './vigie.ts'

test.describe.configure({ mode: 'serial' })

const list = (page: Page) => page.getByRole('grid', { name: 'Mails' })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Mail' })
const filter = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Mails by status' }).getByRole('link', { name })

interface QueuedMail {
  readonly id: number
  readonly address: string
  readonly projectId: string
  readonly projectName: string
}

/** The mails that wait, each about one project, one per recipient. */
function queuedMails(folder: VigieFolder): Promise<QueuedMail[]> {
  return folder.withSql(
    (sql) => sql<QueuedMail[]>`
      select distinct on (m.address) m.id::integer as id, m.address, p.id as "projectId", p.name as "projectName"
      from vigie.mail m join project p on p.id = m.project_id
      where m.status = 'queued' and length(p.name) < 30 order by m.address, m.id`,
  )
}

test.beforeAll(async ({ folder, openWindow }) => {
  // The window starts the database; a sweep of its sample queues mails.
  const page = await openWindow()
  await folder.run('sweep', '--override-brakes', '--reason', 'Mails to look at')
  await page.context().close()
})

test.beforeEach(async ({ vigie }) => {
  await vigie.getByRole('link', { name: 'Mail', exact: true }).click()
  await expect(list(vigie).getByRole('row').nth(1)).toBeVisible()
})

test('the mails of a sweep are listed, opened, and shown as HTML and as text', async ({ vigie, folder }) => {
  const reports: string[] = []
  vigie.on('console', (message) => reports.push(message.text()))
  const [mail] = await queuedMails(folder)
  if (mail === undefined) throw new Error('the sweep queued no mail')
  await expect(vigie.getByText('No mail server is set: mails are captured into')).toBeVisible()
  await filter(vigie, /^Queued/).click()
  await expect(vigie).toHaveURL(/status=queued/)
  await list(vigie).getByRole('row').filter({ hasText: mail.address }).filter({ hasText: mail.projectName }).click()
  await expect(panel(vigie).getByText('It waits to be sent.')).toBeVisible()
  await expect(panel(vigie).getByText(`<vigie.${mail.id}@vigie.invalid>`)).toBeVisible()

  const frame = vigie.frameLocator('iframe')
  const heading = frame.getByRole('heading', { name: mail.projectName }).first()
  await expect(heading).toBeVisible()
  await expect(heading).toHaveCSS('font-size', '20px')
  await expect(vigie.locator('iframe')).toHaveAttribute('sandbox', '')
  await panel(vigie).getByText('Text', { exact: true }).click()
  await expect(panel(vigie).locator('pre')).toContainText(mail.projectName)
  await expect(vigie.locator('iframe')).toHaveCount(0)
  expect(reports.filter((text) => text.includes('Content Security Policy'))).toEqual([])
})

test('what a sweep queues meanwhile appears by itself', async ({ vigie, folder }) => {
  await filter(vigie, /^Queued/).click()
  const countShown = async () => Number(/(\d+)$/.exec((await filter(vigie, /^Queued/).textContent()) ?? '')?.[1])
  await expect.poll(countShown).toBeGreaterThan(0)
  const before = await countShown()
  await folder.withSql(
    (sql) => sql`
      update project p set last_traffic_at = now() at time zone 'utc' - interval '6 days'
      where p.id in (select p.id from project p
        left join team_subscription s on s.team_id = p.team_id join team t on t.id = p.team_id
        where p.status = 'active' and s.id is null and t.status = 'active' order by p.id limit 5)`,
  )
  const { mailsQueued } = await folder.run('sweep', '--override-brakes', '--reason', 'More mails')
  expect(mailsQueued).toBeGreaterThan(0)
  await expect.poll(countShown).toBe(before + Number(mailsQueued))
})

test('what a mail’s HTML holds does nothing and loads nothing', async ({ vigie, folder }) => {
  const [mail] = await queuedMails(folder)
  if (mail === undefined) throw new Error('the sweep queued no mail')
  const html = `<!doctype html><html><head><style>body{display:none}</style></head>
    <body style="color:rgb(1, 2, 3);background:url(https://remote.example/style.png)">
    <p id="told">Hostile</p><script>parent.document.title = 'ran'</script>
    <img src="https://remote.example/pixel.png" onerror="parent.document.title = 'ran'">
    <img src="/icon.svg?mail"><iframe src="https://remote.example/frame"></iframe>
    <a href="https://remote.example/away" style="color:red}*{display:none">A link</a></body></html>`
  await folder.withSql(
    (sql) => sql`
      update vigie.mail set status = 'sent', ended_at = now(), attempts = 1, subject = 'S', body_text = 'T',
        body_html = ${html}, answer = '{"code": "250", "message": "250 2.0.0 accepted"}' where id = ${mail.id}`,
  )
  // Of what a frame without an origin asks for, Playwright sees not all; the browser says what it stopped.
  const reports: string[] = []
  vigie.on('console', (message) => reports.push(message.text()))
  await vigie.evaluate((id) => {
    window.location.hash = `#/mail?mail=${id}`
  }, mail.id)
  const frame = vigie.frameLocator('iframe')
  await expect(frame.locator('#told')).toBeVisible()
  await expect(frame.locator('#told')).toHaveCSS('color', 'rgb(1, 2, 3)')
  await expect(frame.locator('body')).toHaveCSS('background-image', /url/)
  await frame.getByText('A link').click()
  await expect(frame.locator('#told')).toBeVisible()
  await expect(vigie).toHaveTitle(/Mail/)
  await expect(panel(vigie).getByText('250 2.0.0 accepted')).toBeVisible()
  const stopped = (what: string) =>
    reports.some((text) => text.includes(what) && text.includes(`directive: "default-src 'none'"`))
  for (const what of ['/icon.svg?mail', 'remote.example/pixel.png', 'remote.example/style.png']) {
    await expect.poll(() => stopped(what)).toBe(true)
  }
})

test('a dead mail says why, and is sent again; all of them at once too', async ({ vigie, folder }) => {
  const [one, two, three] = await queuedMails(folder)
  if (one === undefined || two === undefined || three === undefined) throw new Error('the sweep queued too few mails')
  await folder.withSql(
    (sql) => sql`
      update vigie.mail set status = 'dead', attempts = 10, ended_at = now(),
        answer = '{"code": "451", "message": "451 4.7.1 greylisted, try again later"}'
      where id in ${sql([one.id, two.id, three.id])}`,
  )
  await vigie.evaluate(() => {
    window.location.hash = '#/mail?status=dead'
  })
  // Nobody is notified of what a test writes by itself.
  await vigie.reload()
  await expect(list(vigie).getByRole('row')).toHaveCount(4)
  await list(vigie).getByRole('row').filter({ hasText: one.address }).click()
  await expect(panel(vigie).getByText(/given up on .*, after 10 attempts/)).toBeVisible()
  await expect(panel(vigie).getByText('451 4.7.1 greylisted, try again later')).toBeVisible()
  await panel(vigie).getByRole('button', { name: 'Send again' }).click()
  await expect(panel(vigie).getByText('It waits to be sent.')).toBeVisible()
  await expect(list(vigie).getByRole('row')).toHaveCount(3)

  await vigie.getByRole('button', { name: 'Send the 2 dead again' }).click()
  await expect(vigie.getByText('2 mails are queued again.')).toBeVisible()
  await expect(vigie.getByText('No mail has this status.')).toBeVisible()
  const mails = await folder.withSql(
    (sql) => sql`select status, attempts from vigie.mail where id in ${sql([one.id, two.id, three.id])}`,
  )
  expect(mails).toEqual(Array.from({ length: 3 }, () => ({ status: 'queued', attempts: 0 })))
})

test('a queued mail is cancelled, which its project’s timeline tells', async ({ vigie, folder }) => {
  const mail = (await queuedMails(folder)).at(-1)
  if (mail === undefined) throw new Error('the sweep queued no mail')
  await vigie.evaluate((id) => {
    window.location.hash = `#/mail?status=queued&mail=${id}`
  }, mail.id)
  await expect(panel(vigie).getByText(`${mail.address} will not be told.`)).toBeVisible()
  await panel(vigie).getByRole('button', { name: 'Cancel this mail' }).click()
  await expect(panel(vigie).getByText(/cancelled on .* and is not sent/)).toBeVisible()
  await expect(panel(vigie).getByRole('button', { name: /Send again|Cancel/ })).toHaveCount(0)

  await panel(vigie).getByRole('link', { name: mail.projectName }).click()
  const mails = vigie.getByRole('complementary', { name: 'Project' }).getByRole('list', { name: 'Mails' }).first()
  const told = mails.getByRole('listitem').filter({ hasText: mail.address })
  await expect(told).toContainText('Cancelled')
  await told.getByRole('link').click()
  await expect(panel(vigie).getByText(/and is not sent/)).toBeVisible()
})
