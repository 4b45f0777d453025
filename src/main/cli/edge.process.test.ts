import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PreparedDatabase, prepareDatabase } from './testing/prepared-database.ts'
import { runVigie } from './testing/run-vigie.ts'

let database: PreparedDatabase

beforeAll(async () => {
  database = await prepareDatabase()
})
afterAll(() => database.stop())

it('lists the edges, and waits no more for one that a person retires', async () => {
  const { sql, env } = database
  expect((await runVigie(['edge', 'list'], env)).stdout).toBe('No edge was ever enrolled.\n')
  await sql`
    insert into vigie.edge (machine, directory, reconciled_at, error, out_of_step)
    values ('edge-1', '/etc/traefik/dynamic', now(), ${sql.json({ code: 'EDGE_DIRECTORY_FULL', message: 'It is full.' })}, 2)`
  await sql`insert into vigie.edge_block (edge_id, project_id) values (1, 'a'), (1, 'b')`
  const edge = {
    id: 1,
    machine: 'edge-1',
    directory: '/etc/traefik/dynamic',
    blocked: 2,
    outOfStep: 2,
    retiredAt: null,
  }
  expect((await runVigie(['edge', 'list', '--json'], env)).json()).toMatchObject({ edges: [edge] })
  expect((await runVigie(['edge', 'list'], env)).stdout).toMatch(
    /^1 {2}\/etc\/traefik\/dynamic on edge-1 {2}heard of 20\S+ {2}blocks 2 {2}2 out of step {2}It is full\.\n$/,
  )

  const refused = await runVigie(['edge', 'retire', '1', '--json'], env)
  expect([refused.exitCode, refused.json()]).toMatchObject([3, { error: { code: 'REASON_REQUIRED' } }])
  const unknown = await runVigie(['edge', 'retire', '7', '--reason', 'Gone', '--json'], env)
  expect([unknown.exitCode, unknown.json()]).toMatchObject([3, { error: { code: 'EDGE_NOT_FOUND' } }])
  expect((await runVigie(['edge', 'retire', 'one', '--reason', 'Gone', '--json'], env)).exitCode).toBe(2)
  const retired = await runVigie(['edge', 'retire', '1', '--reason', 'Moved away', '--json'], env)
  expect([retired.exitCode, retired.json()]).toEqual([0, { edgeId: 1, isChanged: true }])
  expect((await runVigie(['edge', 'retire', '1', '--reason', 'Again'], env)).stdout).toBe(
    'Edge 1 is retired already.\n',
  )
  expect((await runVigie(['edge', 'list'], env)).stdout).toContain('  retired 20')
})
