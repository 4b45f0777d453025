import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planKinds, projectStatuses } from '../core/project.ts'
import { maxFilterNumber, projectSorts, projectTraits } from '../core/queries/projects.ts'
import { timelineFilters } from '../core/queries/timeline.ts'
import {
  allProjects,
  formatRoute,
  ignoredParams,
  type ProjectsRoute,
  parseRoute,
  type Route,
  sweepsStart,
} from './route.ts'

describe('the address', () => {
  const routes: Route[] = [
    { page: 'overview' },
    allProjects,
    {
      page: 'projects',
      statuses: ['inactive', 'permanently_disabled'],
      planKind: 'lapsed',
      teamId: 'a1',
      idleDays: 30,
      reactivations: 2,
      dueWithinDays: 0,
      traits: ['mailFailed', 'pushedAsleep'],
      search: 'été & "co" #1?',
      sort: 'name',
      direction: 'ascending',
      projectId: 'beef',
      activity: 'notes',
    },
    sweepsStart,
    { ...sweepsStart, view: 'runs', job: 'revert', runId: 12 },
    { ...sweepsStart, view: 'disable', scope: 'gone', grouping: 'team', openGroups: ['beef', '-', 'a1'] },
    { ...sweepsStart, view: 'what-if', inactiveAfterDays: 3, disabledAfterDays: 3_650 },
    { page: 'policy' },
    { page: 'agents' },
    { page: 'team', teamId: 'a1' },
    { page: 'mail', status: null, mailId: null },
    { page: 'mail', status: 'dead', mailId: 41 },
  ]

  it.each(routes)('says $page and reads it back', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it('cuts a search that no project could have', () => {
    expect(parseRoute(`#/projects?q=${'x'.repeat(1_000_000)}`)).toEqual({ ...allProjects, search: 'x'.repeat(255) })
  })

  it('holds nothing that goes without saying', () => {
    expect(formatRoute(allProjects)).toBe('#/projects')
  })

  it('leaves out what it does not know', () => {
    expect(
      parseRoute('#/projects?status=asleep&plan=gold&team=../x&idle=0&due=-1&reactivated=1e9&with=luck&sort=rank'),
    ).toEqual(allProjects)
    expect(parseRoute('#/sweeps?view=later&since=ever&by=mood&open=A!+b2&inactive=0&disabled=4000&run=-1')).toEqual({
      ...sweepsStart,
      openGroups: ['b2'],
    })
    expect(parseRoute('#/mail?status=lost&mail=1e3')).toEqual({ page: 'mail', status: null, mailId: null })
    expect(parseRoute('#/nowhere')).toEqual({ page: 'nowhere' })
    expect(parseRoute('')).toEqual({ page: 'overview' })
  })

  it('names what it leaves out', () => {
    expect(ignoredParams('#/projects?status=asleep&plan=paid&colour=red&colour=blue')).toEqual(['status', 'colour'])
    expect(ignoredParams('#/sweeps?view=runs&run=-1&lang=fr')).toEqual(['run'])
    expect(ignoredParams('#/policy?x=1')).toEqual(['x'])
    for (const hash of ['', '#/', '#/projects?sort=lastActivity&q=', '#/mail?mail=3', '#/nowhere?a=1']) {
      expect(ignoredParams(hash)).toEqual([])
    }
  })

  it('of any list of projects is read back as it was (property)', () => {
    const number = (min: number) => fc.option(fc.integer({ min, max: maxFilterNumber }))
    const asked = fc.record<ProjectsRoute>({
      page: fc.constant('projects'),
      statuses: fc.subarray([...projectStatuses]),
      planKind: fc.option(fc.constantFrom(...planKinds)),
      teamId: fc.option(fc.stringMatching(/^[0-9a-f]{1,32}$/)),
      idleDays: number(1),
      reactivations: number(1),
      dueWithinDays: number(0),
      traits: fc.subarray([...projectTraits]),
      search: fc.string({ unit: 'grapheme', maxLength: 60 }),
      sort: fc.constantFrom(...projectSorts),
      direction: fc.constantFrom('ascending', 'descending'),
      projectId: fc.option(fc.stringMatching(/^[0-9a-f]{1,32}$/)),
      activity: fc.option(fc.constantFrom(...timelineFilters)),
    })
    fc.assert(
      fc.property(asked, (given) => {
        // Without a project there is no activity to narrow.
        const route = given.projectId === null ? { ...given, activity: null } : given
        const address = formatRoute(route)
        expect(parseRoute(address)).toEqual(route)
        expect(ignoredParams(address)).toEqual([])
      }),
    )
  })
})
