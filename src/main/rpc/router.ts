import { VigieError } from '../../core/errors.ts'
import { agentsRouter } from './agents.ts'
import { bulkRouter } from './bulk.ts'
import { connectionRouter } from './connection.ts'
import { exclusionsRouter } from './exclusions.ts'
import { exemptionsRouter } from './exemptions.ts'
import { exportsRouter } from './exports.ts'
import { holdsRouter } from './holds.ts'
import { mailRouter } from './mail.ts'
import { overviewRouter } from './overview.ts'
import { paletteRouter } from './palette.ts'
import { pausesRouter } from './pauses.ts'
import { policyRouter } from './policy.ts'
import { projectsRouter } from './projects.ts'
import { sweepsRouter } from './sweeps.ts'
import { teamsRouter } from './teams.ts'
import { bareProcedure, router } from './trpc.ts'

/** Everything that the renderer can ask for. Two adapters serve it: desktop/ipc.ts and console/server.ts. */
export const appRouter = router({
  /** Who and where Vigie is, and whether its database can be worked with. Answers while the database does not. */
  status: bareProcedure.query(async ({ ctx }) => {
    const { app } = ctx
    const about = {
      ...app.origin,
      database: app.databaseTarget,
      deployDomain: app.deployDomain,
      platformUrl: app.mailer.platformUrl,
    }
    try {
      return { ...about, facts: await app.checkDatabase(), error: null }
    } catch (error) {
      if (!(error instanceof VigieError)) throw error
      return { ...about, facts: null, error: error.toShape() }
    }
  }),
  /** Of a desktop: which database it works on. */
  connection: connectionRouter,
  policy: policyRouter,
  pauses: pausesRouter,
  agents: agentsRouter,
  overview: overviewRouter,
  projects: projectsRouter,
  teams: teamsRouter,
  bulk: bulkRouter,
  exports: exportsRouter,
  sweeps: sweepsRouter,
  holds: holdsRouter,
  exclusions: exclusionsRouter,
  exemptions: exemptionsRouter,
  mail: mailRouter,
  palette: paletteRouter,
  /** The one subscription of a window: what changed, so that it reads again what it shows. */
  changes: bareProcedure.subscription(async function* ({ ctx, signal }) {
    for await (const change of ctx.app.watchChanges(signal ?? new AbortController().signal)) yield change
  }),
})

export type AppRouter = typeof appRouter
