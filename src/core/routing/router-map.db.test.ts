import { expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { createRouterMap, parseRouter } from './router-map.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)

it('a router is its alias’s, its domain’s or its deployment’s, and its hostname is known', async () => {
  const projectId = await rows.project({ slug: 'shop', domains: [{ hostname: 'shop.example', status: 'active' }] })
  const deployment = await rows.deployment(projectId, 'shop')
  const [ids] = await sql<{ alias: number; domain: number }[]>`
    select (select a.id from alias a) as alias, (select d.id from domain d) as domain`
  const label = `shop-id-${deployment.slice(0, 7)}`
  const expected = {
    [`router-alias-${ids?.alias}@file`]: 'shop.apps.example',
    [`router-domain-${ids?.domain}@file`]: 'shop.example',
    [`router-redirect-${ids?.domain}@file`]: 'shop.example',
    [`deployment-${deployment}@docker`]: `${label}.apps.example`,
    [`${label}@docker`]: `${label}.apps.example`,
    [`websecure-router-alias-${ids?.alias}@file`]: 'shop.apps.example',
    [`web-internal-router-redirect-${ids?.domain}@file`]: 'shop.example',
    [`websecure-deployment-${deployment}@docker`]: `${label}.apps.example`,
    [`websecure-${label}@docker`]: `${label}.apps.example`,
  }
  const nobodys = ['router-alias-999999@file', `deployment-${'0'.repeat(32)}@docker`, 'shop-id-0000000@docker']
  const map = createRouterMap(sql, 'apps.example')
  for (const name of [...Object.keys(expected), ...nobodys]) expect(map.lookup(name)).toBeUndefined()
  await map.resolve([...Object.keys(expected), ...nobodys, 'catch-all@file'])
  for (const [name, hostname] of Object.entries(expected)) expect(map.lookup(name)).toEqual({ projectId, hostname })
  for (const name of nobodys) expect(map.lookup(name)).toBeNull()
  map.forget()
  expect(map.lookup('shop-id-0000000@docker')).toBeUndefined()
})

it('a slug that begins like an entry point is told from the shorter one by its deployment', async () => {
  const ids = [await rows.project({ slug: 'web-store' }), await rows.project({ slug: 'store' })]
  const map = createRouterMap(sql, 'apps.example')
  for (const [index, slug] of ['web-store', 'store'].entries()) {
    const projectId = ids[index] ?? ''
    const prefix = (await rows.deployment(projectId, `${slug}-main`)).slice(0, 7)
    const name = `web-store-id-${prefix}@docker`
    await map.resolve([name])
    expect(map.lookup(name)).toEqual({ projectId, hostname: `${slug}-id-${prefix}.apps.example` })
  }
})

it.each([
  'catch-all@file',
  'router-alias-@file',
  'websecure-vigie-alias-1@file',
  'x router-alias-1@file',
  'router-alias-1',
  'router-alias-99999999999@file',
  "router-alias-1'@file",
  'router-alias-1@docker',
  'vigie-blocked@file',
  'api@internal',
  '',
])('the name %s says nothing of a project', (name) => {
  expect(parseRouter(name)).toBeNull()
  expect(createRouterMap(sql, null).lookup(name)).toBeNull()
})
