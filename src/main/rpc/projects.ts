import { z } from 'zod'
import { addNote, maxNoteLength, takeBackNote } from '../../core/notes.ts'
import { readProject } from '../../core/queries/project.ts'
import { listProjectContainers } from '../../core/queries/project-containers.ts'
import { listProjectHostnames } from '../../core/queries/project-hostnames.ts'
import { readProjectTraffic } from '../../core/queries/project-traffic.ts'
import { countProjects, listProjects, minSearchLength, projectSorts } from '../../core/queries/projects.ts'
import { readProspect } from '../../core/queries/prospect.ts'
import { searchTeams } from '../../core/queries/teams.ts'
import { readTimeline, timelineFilters } from '../../core/queries/timeline.ts'
import { reactivateProject } from '../../core/reactivate.ts'
import { id, instant, pageSize, projectFilter, reason, text } from './inputs.ts'
import { procedure, router } from './trpc.ts'

/** What a list of projects shows, and in which order. */
export const projectView = projectFilter.extend({
  sort: z.enum(projectSorts),
  direction: z.enum(['ascending', 'descending']),
})

export const projectsRouter = router({
  list: procedure
    .input(
      projectView.extend({
        cursor: z.object({ value: text(100), id }).nullable(),
        towards: z.enum(['forward', 'backward']),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listProjects(ctx.app.sql, input)),

  /** How many a list has, up to `projectCountLimit` + 1. */
  count: procedure
    .input(projectFilter.extend({ sort: z.enum(projectSorts) }))
    .query(({ ctx, input }) => countProjects(ctx.app.sql, input, input.sort)),

  /** Teams to filter by, by a part of their name. */
  teams: procedure
    .input(z.object({ part: text(100).trim().min(minSearchLength) }))
    .query(({ ctx, input }) => searchTeams(ctx.app.sql, input.part)),

  get: procedure
    .input(z.object({ projectId: text(200) }))
    .query(({ ctx, input }) => readProject(ctx.app.sql, input.projectId)),

  /** Hits by day and the last ones. */
  traffic: procedure
    .input(z.object({ projectId: id }))
    .query(({ ctx, input }) => readProjectTraffic(ctx.app.sql, input.projectId)),

  /** Its hostnames, with what visitors get now. */
  hostnames: procedure
    .input(z.object({ projectId: id }))
    .query(({ ctx, input }) => listProjectHostnames(ctx.app.sql, input.projectId)),

  containers: procedure
    .input(z.object({ projectId: id }))
    .query(({ ctx, input }) => listProjectContainers(ctx.app.sql, input.projectId)),

  timeline: procedure
    .input(
      z.object({
        projectId: id,
        filter: z.enum(timelineFilters).nullable(),
        before: z.object({ at: instant, id: z.int().positive() }).nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => readTimeline(ctx.app.sql, input)),

  /** Who would move it next, and by which night. */
  prospect: procedure
    .input(z.object({ projectId: text(200) }))
    .query(({ ctx, input }) => readProspect(ctx.app.sql, input.projectId)),

  addNote: procedure
    .input(z.object({ projectId: text(200), text: text(maxNoteLength) }))
    .mutation(({ ctx, input }) => addNote(ctx.app, input)),

  /** One's own note, which stays on record. */
  takeBackNote: procedure
    .input(z.object({ noteId: z.int().positive() }))
    .mutation(({ ctx, input }) => takeBackNote(ctx.app, input.noteId)),

  reactivate: procedure
    .input(z.object({ projectId: text(200), onBehalfOf: text(320), reason }))
    .mutation(({ ctx, input }) => reactivateProject(ctx.app, input)),
})
