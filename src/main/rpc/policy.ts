import { z } from 'zod'
import { changePolicy, previewPolicy } from '../../core/change-policy.ts'
import { readPolicy } from '../../core/queries/policy.ts'
import { listPolicyRecord } from '../../core/queries/policy-record.ts'
import { findTeams, listTeams } from '../../core/queries/teams.ts'
import { readSpells } from '../../core/watch/read-spells.ts'
import { id, pageSize, reason, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

/** Any names and values: core/check-policy.ts refuses what makes no sense and names the field. */
const changes = z.record(text(64), z.unknown())

/** As many as a canary may name (core/check-policy.ts). */
const maxTeams = 1_000

export const policyRouter = router({
  get: procedure.query(({ ctx }) => readPolicy(ctx.app.sql)),

  /** When nobody watched, by which deadlines are later than the policy alone would have them. */
  spells: procedure.query(({ ctx }) => readSpells(ctx.app.sql)),

  /** What a change would do, in numbers; writes nothing. */
  preview: procedure
    .input(z.object({ changes }))
    .query(({ ctx, input }) => ctx.app.withSession((session) => previewPolicy(ctx.app, session, input.changes))),

  set: procedure.input(z.object({ changes, reason })).mutation(({ ctx, input }) => changePolicy(ctx.app, input)),

  /** What was changed, by whom and why, the latest first. */
  record: procedure
    .input(z.object({ beforeId: z.int().positive().nullable(), limit: pageSize }))
    .query(({ ctx, input }) => listPolicyRecord(ctx.app.sql, input)),

  /** The names of teams. */
  teams: procedure
    .input(z.object({ ids: z.array(id).max(maxTeams) }))
    .query(({ ctx, input }) => listTeams(ctx.app.sql, input.ids)),

  /** The one team of a slug or an id. */
  findTeam: procedure.input(z.object({ name: text(200) })).query(async ({ ctx, input }) => {
    const [team] = await findTeams(ctx.app.sql, [input.name.trim()])
    return team ?? null
  }),
})
