import { randomBytes } from 'node:crypto'
import { lchown, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { markerFormat, markerName, passwordName } from './cluster.ts'
import { type DataFolder, errorCode } from './data-folder.ts'
import { type PostgresRelease, programPath } from './release.ts'
import type { ServerUser } from './server-user.ts'
import { runTied, type TiedCommand } from './tied-process.ts'

export interface NewCluster {
  readonly folder: DataFolder
  readonly release: PostgresRelease
  readonly user: ServerUser | undefined
  /** By Unix socket everybody who reaches it is trusted, by loopback a password is asked. */
  readonly transport: 'socket' | 'loopback'
  /** False leaves out fsync: for clusters that are thrown away. */
  readonly isDurable: boolean
}

/**
 * Initialises the cluster in a temporary folder beside its place and renames it, so that a half-made one never stands
 * there. Returns false when another process had put one there first, which is then left alone.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when PostgreSQL's initdb fails.
 */
export async function createCluster(cluster: NewCluster): Promise<boolean> {
  const { clusterDir, dataDir } = cluster.folder
  const unfinished = `${clusterDir}.initialising-${randomBytes(8).toString('hex')}`
  try {
    await mkdir(unfinished, { mode: 0o700 })
    await giveTo(cluster.user, unfinished)
    await runInitdb(cluster, unfinished)
    await addOwnFiles(cluster, unfinished)
    await rename(unfinished, clusterDir)
    await syncFolder(dataDir)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  } finally {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 5 })
  }
}

const leftover = /^postgres(\.initialising|ql-.+\.copying)-[0-9a-f]{16}$/

/** Removes what a killed Vigie left unfinished. Call it under the start lock only: nobody is making one then. */
export async function removeLeftovers({ dataDir }: DataFolder): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (leftover.test(name)) await rm(path.join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** `--locale-provider=builtin` exists since PostgreSQL 17; sorting is by code point with both. */
export function initdbArguments(directory: string, major: number, isDurable: boolean): string[] {
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const sync = isDurable ? [] : ['--no-sync']
  return ['-D', directory, '-U', 'vigie', '-E', 'UTF8', '--locale=C', ...locale, '-A', 'trust', ...sync]
}

async function runInitdb({ release, user, isDurable }: NewCluster, directory: string): Promise<void> {
  const command = programPath(release, 'initdb')
  await runToSuccess({ command, args: initdbArguments(directory, release.major, isDurable), user }, '')
}

async function addOwnFiles({ release, user, transport, isDurable }: NewCluster, directory: string): Promise<void> {
  const password = randomBytes(24).toString('hex')
  const command = programPath(release, 'postgres')
  const settings = ['-c', 'exit_on_error=on', '-c', `fsync=${isDurable ? 'on' : 'off'}`]
  const setPassword = transport === 'loopback' ? `alter role vigie password '${password}'\n` : ''
  const single = { command, args: ['--single', '-D', directory, ...settings, 'postgres'], user }
  await runToSuccess(single, `create database vigie\n${setPassword}`)

  if (transport === 'loopback') await addFile(directory, passwordName, password, user)
  const access = transport === 'socket' ? 'local all all trust' : 'host all all 127.0.0.1/32 scram-sha-256'
  await writeDurably(path.join(directory, 'pg_hba.conf'), `${access}\n`, 'w')
  await addFile(directory, markerName, `${JSON.stringify({ format: markerFormat })}\n`, user)
}

async function runToSuccess(command: TiedCommand, input: string): Promise<void> {
  const { exit, output } = await runTied(command, input)
  if (exit.code === 0) return
  const program = path.basename(command.command)
  const reason = output.trimEnd().split('\n').at(-1) || `exit ${exit.code ?? exit.signal}`
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `A new database could not be made (${program}: ${reason}): remove the cause and try again, or set DATABASE_URL.`,
    { output },
  )
}

async function addFile(directory: string, name: string, content: string, user: ServerUser | undefined): Promise<void> {
  const file = path.join(directory, name)
  await writeDurably(file, content, 'wx')
  await giveTo(user, file)
}

async function writeDurably(file: string, content: string, flag: 'w' | 'wx'): Promise<void> {
  await writeFile(file, content, { flag, mode: 0o600, flush: true })
}

async function giveTo(user: ServerUser | undefined, file: string): Promise<void> {
  if (user !== undefined) await lchown(file, user.uid, user.gid)
}

/** Makes the rename itself durable; Windows has no way to sync a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isTaken(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOTEMPTY' || code === 'EEXIST'
}
