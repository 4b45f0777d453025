import { expect, it } from 'vitest'
import { inheritedVariables, runTied } from './tied-process.ts'

it('is given no variable that would change the server or betray a secret', () => {
  const env = {
    PATH: '/bin',
    PGDATA: '/else',
    PGPORT: '1',
    SMTP_PASSWORD: 'secret',
    TZ: 'Asia/Kolkata',
    LC_ALL: 'fr_FR',
  }
  expect(inheritedVariables(env)).toEqual({ PATH: '/bin', TZ: 'UTC', LC_ALL: 'C' })
})

it('gives its exit code and its output', async () => {
  const args = ['-e', 'process.stdin.pipe(process.stdout); process.stdin.on("end", () => { process.exitCode = 3 })']
  const { exit, output } = await runTied({ command: process.execPath, args, user: undefined }, 'spoken')
  expect(exit).toEqual({ code: 3, signal: null })
  expect(output).toBe('spoken')
})

it('says which program could not be run', async () => {
  const { exit, output } = await runTied({ command: '/missing/initdb', args: [], user: undefined })
  expect(exit.code).toBe(127)
  expect(output).toContain('/missing/initdb')
})
