import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  findHolder,
  isServerCommand,
  parsePostmasterFile,
  readPostmasterFile,
  removeEmptyPostmasterFile,
} from './postmaster.ts'

describe('postmaster.pid', () => {
  const lines = ['4242', '/data/postgres', '1750000000', '5432', '/data/run', '', '  1234   5678', 'ready   ', '']

  it('of a server that is ready', () => {
    const file = { pid: 4242, port: 5432, socketDir: '/data/run', isReady: true }
    expect(parsePostmasterFile(lines.join('\n'))).toEqual(file)
  })

  it.each(['starting', 'stopping'])('of a server that is %s', (status) => {
    expect(parsePostmasterFile(lines.with(7, status).join('\n'))?.isReady).toBe(false)
  })

  it('of a server that listens by TCP only', () => {
    expect(parsePostmasterFile(lines.with(4, '').join('\n'))?.socketDir).toBe('')
  })

  it('that is only begun', () => {
    const begun = { pid: 4242, port: undefined, socketDir: '', isReady: false }
    expect(parsePostmasterFile('4242\n/data/postgres\n')).toEqual(begun)
  })

  it.each(['', '\n', 'garbage', '-4242\n', '0\n'])('that names no process: %j', (content) => {
    expect(parsePostmasterFile(content)).toBeUndefined()
  })
})

describe('a process number found there', () => {
  const clusterDir = '/home/ada/Vigie data/postgres'

  it.each([
    ['/opt/vigie/bin/postgres', `/opt/vigie/bin/postgres -D ${clusterDir} -c fsync=on`, true],
    ['/opt/vigie/bin/postgres', `/opt/vigie/bin/postgres -D ${clusterDir}`, true],
    ['postgres', 'postgres', true],
    ['/opt/vigie/bin/postgres', `/opt/vigie/bin/postgres -D ${clusterDir}-old -c fsync=on`, false],
    [
      '/usr/lib/postgresql/16/bin/postgres',
      '/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main',
      false,
    ],
    ['postgres: checkpointer ', 'postgres: checkpointer ', false],
    ['vim', `vim -D ${clusterDir} postgres`, false],
    ['', '', false],
  ])('of %s (%s) is this cluster’s server: %s', (program, commandLine, expected) => {
    expect(isServerCommand(program, commandLine, clusterDir)).toBe(expected)
  })

  it('is nobody’s when no process has it', async () => {
    expect(await findHolder(2 ** 30, clusterDir)).toBe('nobody')
  })

  it.skipIf(process.platform === 'win32')('is another’s when this process has it', async () => {
    expect(await findHolder(process.pid, clusterDir)).toBe('another')
  })
})

describe('an empty postmaster.pid', () => {
  let clusterDir: string

  beforeEach(async () => {
    clusterDir = await mkdtemp(path.join(tmpdir(), 'vigie-postmaster-'))
  })
  afterEach(async () => await rm(clusterDir, { recursive: true }))

  async function write(content: string, ageMs: number): Promise<void> {
    const file = path.join(clusterDir, 'postmaster.pid')
    await writeFile(file, content)
    const then = new Date(Date.now() - ageMs)
    await utimes(file, then, then)
  }

  it('says nothing', async () => {
    expect(await readPostmasterFile(clusterDir)).toBeUndefined()
    await write('', 0)
    expect(await readPostmasterFile(clusterDir)).toBeUndefined()
  })

  it.each([
    ['', 60_000, []],
    ['', 1_000, ['postmaster.pid']],
    ['4242\n', 60_000, ['postmaster.pid']],
  ])('with %j, %d ms old, leaves %j', async (content, ageMs, left) => {
    await write(content, ageMs)
    await removeEmptyPostmasterFile(clusterDir, 10_000)
    expect(await readdir(clusterDir)).toEqual(left)
  })

  it('is not missed', async () => {
    await expect(removeEmptyPostmasterFile(clusterDir)).resolves.toBeUndefined()
  })
})
