import type { Pool } from '../src/main/database/connect.ts'

/** What the sample has none of: sleepers that were pushed to, a fiftieth, and given-up mails about the latest transition. */
export async function makeFindable(sql: Pool): Promise<void> {
  await sql`
    insert into deployment
      (id, project_id, environment_id, branch, commit_sha, repo_id, repo_full_name, status, conclusion, created_at)
    select md5('pushed ' || p.id), p.id, 'prod', 'main', left(md5(p.id), 40), p.repo_id, p.repo_full_name, 'completed',
      'succeeded', p.deactivated_at + interval '1 hour'
    from project p
    where p.status in ('inactive', 'permanently_disabled') and hashtext(p.id) % 50 = 0`
  await sql`
    update vigie.mail m set status = 'dead'
    from project p
    where p.id = m.project_id and p.status in ('inactive', 'permanently_disabled') and hashtext(p.id) % 20 = 0`
}
