import { createHash } from 'node:crypto'
import { chmod, lchown, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedDatabase } from './embedded.ts'

let dataDir: string
let clusterDir: string

beforeEach(async () => {
  dataDir = await realpath(await mkdtemp(path.join(tmpdir(), 'vigie-refusal-')))
  clusterDir = path.join(dataDir, 'postgres')
})
afterEach(async () => await rm(dataDir, { recursive: true }))

/** Everything about every file below a folder that a program could have changed. */
async function fingerprint(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort()
  return await Promise.all(
    [folder, ...names.map((name) => path.join(folder, name))].map(async (file) => {
      const { mode, uid, gid, mtimeMs, ctimeMs } = await lstat(file)
      const content = (await lstat(file)).isFile()
        ? createHash('sha256')
            .update(await readFile(file))
            .digest('hex')
        : ''
      return [file, mode, uid, gid, mtimeMs, ctimeMs, content].join(' ')
    }),
  )
}

async function expectRefused(sentence: RegExp): Promise<void> {
  const before = await fingerprint(dataDir)
  const opening = openEmbeddedDatabase({ dataDir, startTimeoutMs: 20_000 })
  await expect(opening).rejects.toMatchObject({
    code: 'DATA_FOLDER_UNUSABLE',
    message: expect.stringMatching(sentence),
  })
  expect(await fingerprint(dataDir)).toEqual(before)
}

/** The outside of a cluster of Vigie's, as far as it is looked at before PostgreSQL is started. */
async function layOutCluster(files: Record<string, string | undefined> = {}): Promise<void> {
  await mkdir(path.join(clusterDir, 'global'), { recursive: true })
  const whole = { PG_VERSION: '18\n', 'vigie.json': '{"format":1}\n', 'global/pg_control': 'control', ...files }
  for (const [name, content] of Object.entries(whole)) {
    if (content !== undefined) await writeFile(path.join(clusterDir, name), content)
  }
  if (process.getuid?.() === 0) await lchown(clusterDir, 65_534, 65_534)
}

describe('a folder that is refused is not touched', () => {
  it('with a file in the place of the database', async () => {
    await writeFile(clusterDir, 'notes')
    await expectRefused(/is not a database that this Vigie made|belongs to root/)
  })

  it('with an empty folder there', async () => {
    await mkdir(clusterDir)
    await expectRefused(/is not a database that this Vigie made|belongs to root/)
  })

  it('with somebody’s files there', async () => {
    await layOutCluster({ PG_VERSION: undefined, 'vigie.json': undefined, 'thesis.txt': 'chapter one' })
    await expectRefused(/is not a database that this Vigie made.*VIGIE_DATA_DIR/)
  })

  it('with a PostgreSQL cluster that Vigie did not make', async () => {
    await layOutCluster({ 'vigie.json': undefined })
    await expectRefused(/is not a database that this Vigie made/)
  })

  it('with a marker that says nothing', async () => {
    await layOutCluster({ 'vigie.json': 'null' })
    await expectRefused(/is not a database that this Vigie made/)
  })

  it('with a later format of ours', async () => {
    await layOutCluster({ 'vigie.json': '{"format":2}' })
    await expectRefused(/is not a database that this Vigie made/)
  })

  it('without PG_VERSION', async () => {
    await layOutCluster({ PG_VERSION: undefined })
    await expectRefused(/is damaged \(files are missing\)/)
  })

  it('with garbage in PG_VERSION', async () => {
    await layOutCluster({ PG_VERSION: '\0\0\0\0' })
    await expectRefused(/is damaged \(its PG_VERSION is not a version\)/)
  })

  it('without pg_control', async () => {
    await layOutCluster({ 'global/pg_control': undefined })
    await expectRefused(/is damaged \(files are missing\)/)
  })

  it.each(['17', '19', '9.6'])('made by PostgreSQL %s', async (version) => {
    await layOutCluster({ PG_VERSION: `${version}\n` })
    await expectRefused(new RegExp(`was made by PostgreSQL ${version} and this Vigie runs PostgreSQL 18`))
  })

  it('which is itself a PostgreSQL data folder', async () => {
    await writeFile(path.join(dataDir, 'PG_VERSION'), '18\n')
    await expectRefused(/is itself a PostgreSQL data folder/)
  })
})

it('refuses a data folder that cannot be made', async () => {
  await writeFile(path.join(dataDir, 'file'), '')
  const opening = openEmbeddedDatabase({ dataDir: path.join(dataDir, 'file', 'vigie') })
  await expect(opening).rejects.toMatchObject({
    code: 'DATA_FOLDER_UNUSABLE',
    message: expect.stringContaining('ENOTDIR'),
  })
})

it('says in one sentence why PostgreSQL did not start on a cluster that is damaged inside', async () => {
  await layOutCluster()
  await chmod(dataDir, 0o711)
  await expect(openEmbeddedDatabase({ dataDir })).rejects.toMatchObject({
    code: 'EMBEDDED_DATABASE_FAILED',
    message: expect.stringContaining('postgres.log'),
  })
  expect(await readFile(path.join(clusterDir, 'global/pg_control'), 'utf8')).toBe('control')
})
