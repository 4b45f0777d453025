import { expect, it } from 'vitest'
import { noteOpenedProject, readRecentProjects } from './recent-projects.ts'

it('keeps the last ones, each once, with the name of now and nothing else', () => {
  for (let number = 0; number < 20; number += 1) noteOpenedProject({ id: `p${number}`, name: `Project ${number}` })
  const opened = { id: 'p15', name: 'Renamed', email: 'ana@example.org' }
  noteOpenedProject(opened)
  const recent = readRecentProjects()
  expect(recent.map(({ id }) => id)).toEqual(['p15', 'p19', 'p18', 'p17', 'p16', 'p14', 'p13', 'p12'])
  expect(recent[0]).toEqual({ id: 'p15', name: 'Renamed' })
})
