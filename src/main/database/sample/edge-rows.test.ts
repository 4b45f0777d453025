import { describe, expect, it } from 'vitest'
import { edgeTeams } from './edge-cases.ts'
import { layOutEdges } from './edge-rows.ts'
import type { EdgeTeam } from './edge-team.ts'

const julie = { name: 'Julie', login: 'julie' }
const karim = { name: 'Karim', login: 'karim' }
const cases: readonly EdgeTeam[] = [
  {
    name: 'One',
    plan: 'free',
    members: [{ user: julie, role: 'owner' }],
    projects: [{ name: 'a', domains: [{ hostname: 'a.example' }] }, { name: 'b' }],
  },
  {
    name: 'Two',
    plan: 'paid',
    members: [{ user: julie, role: 'admin' }],
    creator: karim,
    projects: [{ name: 'a', domains: [{ hostname: 'c.example' }] }],
  },
]

describe('layOutEdges', () => {
  it('numbers teams, people, projects and domains in their order', () => {
    expect(layOutEdges(cases, 10)).toEqual({
      users: [
        { id: 1, name: 'Julie', login: 'julie' },
        { id: 2, name: 'Karim', login: 'karim' },
      ],
      teams: [
        { n: 1, name: 'One', plan: 'free', creatorId: 1, firstProject: 1, projects: 2 },
        { n: 2, name: 'Two', plan: 'paid', creatorId: 2, firstProject: 3, projects: 1 },
      ],
      members: [
        { teamN: 1, userId: 1, role: 'owner' },
        { teamN: 2, userId: 1, role: 'admin' },
      ],
      projects: [
        { n: 1, teamN: 1, creatorId: 1, domains: 1, name: 'a' },
        { n: 2, teamN: 1, creatorId: 1, domains: 0, name: 'b' },
        { n: 3, teamN: 2, creatorId: 2, domains: 1, name: 'a' },
      ],
      domains: [
        { id: 1, n: 1, hostname: 'a.example' },
        { id: 2, n: 3, hostname: 'c.example' },
      ],
    })
  })

  it('takes no more projects than asked for, and nobody whose team has none of them', () => {
    const { users, teams, projects, domains } = layOutEdges(cases, 1)
    expect(users).toEqual([{ id: 1, name: 'Julie', login: 'julie' }])
    expect(teams).toMatchObject([{ n: 1, projects: 1 }])
    expect(projects).toHaveLength(1)
    expect(domains).toHaveLength(1)
    expect(layOutEdges(cases, 0)).toEqual({ users: [], teams: [], members: [], projects: [], domains: [] })
  })
})

describe('edgeTeams', () => {
  const projects = edgeTeams.flatMap((team) => team.projects.map((project) => ({ team, project })))

  it('leaves room for the drawn projects of the default sample', () => {
    expect(projects.length).toBeGreaterThan(80)
    expect(projects.length).toBeLessThan(150)
  })

  it('has names that are unique in their team and fit the column, up to its last character', () => {
    for (const team of edgeTeams) {
      const names = team.projects.map((project) => project.name)
      expect(new Set(names).size, team.name).toBe(names.length)
    }
    expect(Math.max(...projects.map(({ project }) => [...project.name].length))).toBe(100)
  })

  it('uses hostnames that are reserved for examples', () => {
    const hostnames = projects.flatMap(({ project }) => (project.domains ?? []).map((domain) => domain.hostname))
    expect(hostnames.length).toBeGreaterThan(30)
    for (const hostname of hostnames)
      expect(hostname).toMatch(/\.(example|test|example\.(com|org|net))$|^[^.]+\.example$/)
  })

  it('has somebody to ask for every reactivation on record', () => {
    const woken = projects.filter(({ project }) => project.lastWakingNight !== undefined)
    expect(woken.length).toBeGreaterThan(3)
    for (const { team } of woken)
      expect(team.members.some(({ user, role }) => role !== 'member' && user.isDeleted !== true)).toBe(true)
  })

  it('lets nobody fall asleep in a night whose sweep did nothing, or be disabled within seven nights', () => {
    for (const { project } of projects) {
      expect([0, 37]).not.toContain(project.sleptNight)
      expect([0, 37]).not.toContain(project.disabledNight)
      if (project.sleptNight !== undefined && project.disabledNight !== undefined)
        expect(project.sleptNight - project.disabledNight).toBeGreaterThanOrEqual(7)
    }
  })
})
