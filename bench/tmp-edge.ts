import { planBlockedFiles } from '../src/core/routing/blocked-files.ts'
import { readBlockedProjects, readConfirmedButAwake } from '../src/core/routing/read-routed-projects.ts'
import { explain } from './explain.ts'
import { fillPlatform, settle, startBenchServer, withCopy, withSetupPool } from './platform.ts'
export async function run(n: number) {
  const server = await startBenchServer()
  try {
    const platform = await fillPlatform(server.address, n, (t) => console.log(t))
    await withSetupPool(platform.address, async (sql) => {
      await sql`update project p set status='inactive', deactivated_at = now() at time zone 'utc' where id in (select id from project where status='active' order by id limit 50000)`
      await settle(sql)
      const scope = { edgeId: 1, deployDomain: 'apps.example' }
      for (let i = 0; i < 3; i++) {
        let t = performance.now()
        const blocked = await readBlockedProjects(sql, scope)
        console.log('read', performance.now() - t, blocked.length)
        t = performance.now()
        await readConfirmedButAwake(sql, 1)
        console.log('awake', performance.now() - t)
        t = performance.now()
        const plan = planBlockedFiles(blocked, {
          ...scope,
          urlScheme: 'https',
          gatewayUrl: 'http://a',
          reservedHostnames: [],
        })
        console.log(
          'plan',
          performance.now() - t,
          [...plan.contents.values()].reduce((s, x) => s + x.length, 0),
          [...plan.hostnames.values()].reduce((a, b) => a + b, 0),
        )
        t = performance.now()
      }
      console.log(await explain(sql, () => readBlockedProjects(sql, scope)))
    })
  } finally {
    await server.stop()
  }
}
